import { sha3Hex } from '../../core/bytes/hash.ts';

/** Finds the bytes that an evidence entry names by digest, among what is at hand. */
export type EvidenceSource = (digest: string) => Uint8Array | undefined;

/** The objects are gathered and hashed only once somebody asks. */
export function evidenceSource(objects: () => readonly Uint8Array[]): EvidenceSource {
  let byDigest: Map<string, Uint8Array> | undefined;
  return (digest) => {
    byDigest ??= new Map(objects().map((bytes) => [sha3Hex(bytes), bytes]));
    return byDigest.get(digest);
  };
}
