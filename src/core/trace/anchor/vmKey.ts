import { concatBytes, equalBytes } from '../../bytes/bytes.ts';
import { fromHex } from '../../bytes/hex.ts';
import { sha3 } from '../../bytes/hash.ts';
import { FormatError } from '../../verdict/auditorError.ts';

/** Curves that a machine may sign on; both ECDSA. */
export type VmAlgorithm = 'p256' | 'secp256k1';

/** A machine's public key: a point, each coordinate in 32 bytes. */
export interface VmKey {
  readonly algorithm: VmAlgorithm;
  readonly x: Uint8Array;
  readonly y: Uint8Array;
}

/** All of an SPKI before the point (RFC 5480): one length, one form, for keys on the two curves. */
const heads: Readonly<Record<VmAlgorithm, Uint8Array>> = {
  p256: fromHex('3059301306072a8648ce3d020106082a8648ce3d03010703420004'),
  secp256k1: fromHex('3056301006072a8648ce3d020106052b8104000a03420004'),
};

/** SubjectPublicKeyInfo in DER with an uncompressed point: 91 bytes for P-256, 88 for secp256k1. */
export function encodeVmKey({ algorithm, x, y }: VmKey): Uint8Array<ArrayBuffer> {
  return concatBytes(heads[algorithm], x, y);
}

/**
 * Reads a machine's key. That the point is on its curve is said by whoever verifies with it.
 * @param spki DER, exactly as `encodeVmKey` writes it
 * @throws FormatError
 */
export function parseVmKey(spki: Uint8Array): VmKey {
  for (const algorithm of ['p256', 'secp256k1'] as const) {
    const head = heads[algorithm];
    if (spki.length !== head.length + 64 || !equalBytes(spki.subarray(0, head.length), head)) continue;
    return { algorithm, x: spki.slice(head.length, head.length + 32), y: spki.slice(head.length + 32) };
  }
  throw new FormatError(
    `The key of a machine: an SPKI of P-256 or secp256k1 with an uncompressed point was expected, ${spki.length} bytes were found.`,
    0,
  );
}

/** What stands for the key where only 32 bytes have room: H of its SPKI. */
export function vmKeyDigest(key: VmKey): Uint8Array<ArrayBuffer> {
  return sha3(encodeVmKey(key));
}
