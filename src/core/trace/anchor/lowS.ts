import { concatBytes } from '../../bytes/bytes.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** A signature on secp256k1 as contracts take it: of it and its twin the one with s in the lower half (EIP-2). Tokens give either. @param signature r ‖ s */
export function lowS(signature: Uint8Array): Uint8Array {
  const s = BigInt(`0x${toHex(signature.subarray(32, 64))}`);
  if (s <= order / 2n || s >= order) return signature.subarray(0, 64);
  return concatBytes(signature.subarray(0, 32), fromHex((order - s).toString(16).padStart(64, '0')));
}
