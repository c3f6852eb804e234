import { toBase64Url } from '../../core/bytes/base64.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { decodeShards } from '../../core/chain/decodeShards.ts';
import { limits } from '../../core/chain/limits.ts';
import type { AttestedSequence, BucketAnswer, Contradiction, Equivocation } from '../../core/chain/types.ts';

/** So many contradictions are kept with their documents; one is enough to reject a chain. */
const keptAtMost = 16;

/** Both documents of each contradiction, read again by their hashes, so that they can be shown to others (DESIGN §5). */
export async function keepDocuments(
  contradictions: readonly Contradiction[],
  read: (k: number) => Promise<readonly BucketAnswer[]>,
): Promise<Equivocation[]> {
  return Promise.all(
    contradictions.slice(0, keptAtMost).map(async ({ first, second }) => {
      const documents = await Promise.all([first, second].map((sequence) => documentOf(sequence, read)));
      return {
        k: [first.k, second.k] as const,
        y: [first.y, second.y] as const,
        documents: documents.every((document) => document !== undefined) ? documents : [],
      };
    }),
  );
}

async function documentOf(
  sequence: AttestedSequence,
  read: (k: number) => Promise<readonly BucketAnswer[]>,
): Promise<string | undefined> {
  const { objects } = decodeShards(await read(sequence.storedAt), limits.enclaveDocument);
  const found = objects.find((object) => toHex(object.digest) === sequence.object);
  return found && toBase64Url(found.bytes);
}
