import { useMemo } from 'react';
import { judgeInWorker } from '../../audit/pool/judgeInWorker.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { readContent } from '../../core/kinds/content.ts';
import type { FileBytes } from '../../core/kinds/protocol.ts';
import { attestationKinds } from '../../core/task/checkAttestation.ts';
import { fill } from '../../core/verdict/messages.ts';
import { explainedOf } from '../evidence/explainedOf.ts';
import { verdict as words } from '../words/verdict.en.ts';
import { encodedObject } from './encodedObject.ts';
import { evidenceSource, type EvidenceSource } from './evidence.ts';
import type { EvidenceKeeper } from './evidenceKeeper.ts';
import { objectsOfFile } from './objectsOfFile.ts';

/** Evidence that stands in files which a page holds: as they are, or taken out of a document in them when somebody asks. */
export function useFilesEvidence(files: readonly FileBytes[]): {
  readonly evidence: EvidenceSource;
  readonly keeper: EvidenceKeeper;
} {
  return useMemo(
    () => ({
      evidence: evidenceSource(() => files.flatMap(objectsOfFile)),
      keeper:
        files.length === 0
          ? { where: ({ name }) => inBuckets(name) ?? words.evidenceNoFile }
          : {
              where: ({ name }) => inBuckets(name) ?? words.evidenceInside,
              read: ({ digest }) => inside(files, digest),
              gone: words.evidenceNotInside,
            },
    }),
    [files],
  );
}

/** What stands encoded in a document; what its kind alone can take out of it a worker does, one file after the other. */
async function inside(files: readonly FileBytes[], digest: string): Promise<Uint8Array | undefined> {
  for (const { name, bytes } of files) {
    const content = readContent(name, bytes);
    const encoded = content.text === undefined ? undefined : encodedObject(content.text, digest);
    if (encoded) return encoded;
    if (!attestationKinds.some(({ recognise }) => recognise(content))) continue;
    const [outcome] = await judgeInWorker([{ name, bytes }], { trust: {}, now: Date.now() });
    const objects = outcome && 'report' in outcome ? explainedOf(outcome.report)?.objects : undefined;
    const found = objects?.find((object) => sha3Hex(object) === digest);
    if (found) return found;
  }
  return undefined;
}

/** A certificate of a chain names the documents of its numbers, of which it holds no more than it needs. */
function inBuckets(name: string | undefined): string | undefined {
  return name !== undefined && /^seq\/\d+$/.test(name) ? fill(words.evidenceInBuckets, { name }) : undefined;
}
