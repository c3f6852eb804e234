import { maximumFileLength, readContent, type Content } from '../../core/kinds/content.ts';
import { judge, type Report } from '../../core/kinds/judge.ts';
import type { Context } from '../../core/kinds/kind.ts';
import { kinds } from '../../core/kinds/registry.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';

/** A file by its bytes; a name is only for messages, since what a file is, its content says. */
export type GivenFile = Uint8Array | { readonly name: string; readonly bytes: Uint8Array };

export interface CheckOptions extends Pick<Context, 'signal' | 'onProgress'> {
  /** What is trusted: a trust file as text or bytes, or what `parseTrust` made of one. Without it nothing but the built-in public roots is. */
  readonly trust?: Trust | Uint8Array | string;
  /** What goes with the evidence: collateral, a status list, the data that it speaks of. */
  readonly companions?: readonly GivenFile[];
  /** The time to judge at, where the evidence has no signed time of its own. Default: the present. */
  readonly at?: Date;
  /** Of reports of audits: how many auditors are asked for, from 1 to 99. Default: one. */
  readonly threshold?: number;
}

/**
 * Judges any evidence, as `npx affidavit check` does: what kind it is, is found from its content; nothing is fetched. Bad evidence is a report, never a throw.
 * @throws AuditorError `usage` where the trust file does not parse, a time or a threshold is none or a file is longer than 96 MiB; the signal's reason when aborted
 */
export async function check(file: GivenFile, options: CheckOptions = {}): Promise<Report> {
  const { trust = {}, companions = [], at, threshold, ...watched } = options;
  if (at && Number.isNaN(at.getTime())) throw new AuditorError('usage', 'TIME', 'The given time is no time.');
  if (threshold !== undefined && !(Number.isInteger(threshold) && threshold >= 1 && threshold <= 99)) {
    throw new AuditorError('usage', 'THRESHOLD', 'A threshold is a whole number from 1 to 99.');
  }
  const context: Context = {
    ...watched,
    trust: typeof trust === 'string' || trust instanceof Uint8Array ? parseTrust(trust) : trust,
    companions: companions.map(contentOf),
    now: Date.now(),
    ...(at ? { givenTime: at.getTime() } : {}),
    ...(threshold === undefined ? {} : { threshold }),
  };
  return judge(contentOf(file), context, kinds);
}

function contentOf(file: GivenFile): Content {
  const { name, bytes } = file instanceof Uint8Array ? { name: 'file', bytes: file } : file;
  if (bytes.length > maximumFileLength) {
    const words = `${name} is ${bytes.length} bytes long; more than ${maximumFileLength} are not judged at once.`;
    throw new AuditorError('usage', 'FILE_LENGTH', words);
  }
  return readContent(name, bytes);
}
