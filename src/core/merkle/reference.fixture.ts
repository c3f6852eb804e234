import { concatBytes } from '../bytes/bytes.ts';
import type { Hash } from '../bytes/hash.ts';

/** RFC 6962 §2.1, written down as the text has it, over leaf hashes: slow, and the measure of everything else here. */
export function referenceRoot(leaves: readonly Uint8Array[], hash: Hash): Uint8Array {
  if (leaves.length === 0) return hash(new Uint8Array(0));
  if (leaves.length === 1) return leaves[0]!;
  const k = split(leaves.length);
  return hash(
    concatBytes(Uint8Array.of(1), referenceRoot(leaves.slice(0, k), hash), referenceRoot(leaves.slice(k), hash)),
  );
}

/** RFC 6962 §2.1.1: PATH(m, D[n]). */
export function referencePath(m: number, leaves: readonly Uint8Array[], hash: Hash): Uint8Array[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...referencePath(m, leaves.slice(0, k), hash), referenceRoot(leaves.slice(k), hash)]
    : [...referencePath(m - k, leaves.slice(k), hash), referenceRoot(leaves.slice(0, k), hash)];
}

/** RFC 6962 §2.1.2: PROOF(m, D[n]) = SUBPROOF(m, D[n], true). */
export function referenceConsistency(m: number, leaves: readonly Uint8Array[], hash: Hash, b = true): Uint8Array[] {
  if (m === leaves.length) return b ? [] : [referenceRoot(leaves, hash)];
  const k = split(leaves.length);
  return m <= k
    ? [...referenceConsistency(m, leaves.slice(0, k), hash, b), referenceRoot(leaves.slice(k), hash)]
    : [...referenceConsistency(m - k, leaves.slice(k), hash, false), referenceRoot(leaves.slice(0, k), hash)];
}

/** The largest power of two smaller than n. */
function split(n: number): number {
  return 2 ** (Math.ceil(Math.log2(n)) - 1);
}
