import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Elsewhere } from '../../audit/pool/judgeElsewhere.ts';
import { fill } from '../../core/verdict/messages.ts';
import { fetchProgram } from '../pins/fetchProgram.ts';
import { pinModules } from '../pins/pinModules.ts';
import type { Digests, Pins } from '../../audit/pool/pins.ts';
import type { EmbedWords } from '../words.en.ts';

/** What is loaded later than the part itself, each compared with its digest before it runs. */
export interface Pinned {
  readonly german: () => Promise<void>;
  readonly judging: Elsewhere;
}

/** Without pins, in development and in the frame, nothing is compared: there all is of one site. */
export function pinned(pins: Pins | undefined, site: URL, words: EmbedWords, system: string | undefined): Pinned {
  if (!pins) return { german: async () => undefined, judging: {} };
  const modules = (digests: Digests) => async () => {
    try {
      await pinModules(site, digests);
    } catch (cause) {
      throw new AuditorError('source', 'EMBED_PART', fill(words.noPart, { site: site.origin }), { cause });
    }
  };
  const worker = pins.workers[system ?? 'other'] ?? pins.workers['other'];
  return {
    german: modules(pins.german),
    judging: {
      ...(worker && {
        worker: { name: worker.name, program: (signal) => fetchProgram(site, worker, signal) },
      }),
      beforeHere: modules(pins.judging),
    },
  };
}
