import { sha3Hex } from '../../core/bytes/hash.ts';

/** Finds the bytes that an evidence entry names by digest, among what is at hand. */
export type EvidenceSource = (digest: string) => Uint8Array | undefined;

/** Longer objects are hashed in a worker: here they would hold the page up. */
const hashedHere = 2 * 1024 * 1024;

/**
 * The objects are gathered and hashed only once somebody asks.
 * @param known what a worker has found of long objects; one that is not there yet is not found
 */
export function evidenceSource(
  objects: () => readonly Uint8Array[],
  known: ReadonlyMap<Uint8Array, string> = new Map(),
): EvidenceSource {
  let byDigest: Map<string, Uint8Array> | undefined;
  return (digest) => {
    byDigest ??= new Map(
      objects().flatMap((bytes) => {
        const found = known.get(bytes) ?? (bytes.length <= hashedHere ? sha3Hex(bytes) : undefined);
        return found === undefined ? [] : [[found, bytes] as const];
      }),
    );
    return byDigest.get(digest);
  };
}
