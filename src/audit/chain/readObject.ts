import { toHex } from '../../core/bytes/hex.ts';
import { decodeShards } from '../../core/chain/decodeShards.ts';
import type { OmcState } from '../../core/chain/omc.ts';
import type { BucketAnswer } from '../../core/chain/types.ts';

/** Where an audit reads documents again that it has let go of. */
export interface DocumentPlaces {
  /** All buckets' answers for `seq/<k>`. */
  readonly attestation: (k: number) => Promise<readonly BucketAnswer[]>;
  /** All buckets' answers for each `hold/<bucket index>`. */
  readonly holds: () => Promise<readonly (readonly BucketAnswer[])[]>;
}

/**
 * The bytes of a document that checks name by its digest: an audit keeps none, so they are read again from the buckets, whoever has them still.
 * @param digest SHA3-256, hex
 * @returns undefined where no bucket hands it over any more
 */
export async function readObject(
  digest: string,
  state: Pick<OmcState, 'numbers' | 'seen'>,
  { attestation, holds }: DocumentPlaces,
): Promise<Uint8Array | undefined> {
  const storedAt = placeOf(digest, state);
  const groups = storedAt === undefined ? await holds() : [await attestation(storedAt)];
  for (const answers of groups) {
    const found = decodeShards(answers).objects.find((object) => toHex(object.digest) === digest);
    if (found) return found.bytes;
  }
  return undefined;
}

function placeOf(digest: string, { numbers, seen }: Pick<OmcState, 'numbers' | 'seen'>): number | undefined {
  for (const { sequences } of numbers.values()) {
    for (const { object, storedAt } of sequences) if (object === digest) return storedAt;
  }
  for (const sequences of seen.values()) {
    for (const { object, storedAt } of sequences) if (object === digest) return storedAt;
  }
  return undefined;
}
