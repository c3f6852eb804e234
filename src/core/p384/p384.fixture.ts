import { p384 } from '@noble/curves/nist.js';
import { sha384 } from '@noble/hashes/sha2.js';
import { utf8 } from '../bytes/bytes.ts';
import { fromHex } from '../bytes/hex.ts';
import { n, modulo, inverse, type Point } from './curve.ts';

/** Numbers that look like any, the same in every run. */
export function numbers(seed: string): () => bigint {
  let state = sha384(utf8(seed));
  return () => {
    state = sha384(state);
    return toNumber(state);
  };
}

export function toNumber(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

export function toBytes(value: bigint): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 48 }, (_, index) => Number((value >> BigInt(8 * (47 - index))) & 255n));
}

export function signatureOf(r: bigint, s: bigint): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(...toBytes(r), ...toBytes(s));
}

export function pointOf(secret: bigint): Point {
  const { x, y } = p384.Point.BASE.multiply(secret).toAffine();
  return { x, y };
}

/** ECDSA by hand: over this digest, with this nonce. */
export function sign(secret: bigint, nonce: bigint, digest: Uint8Array): Uint8Array<ArrayBuffer> {
  const r = pointOf(nonce).x % n;
  const s = modulo((inverse(nonce, n) as bigint) * (toNumber(digest) + r * secret), n);
  return signatureOf(r, s);
}

export const spkiOf = ({ x, y }: Point): Uint8Array<ArrayBuffer> =>
  Uint8Array.of(...fromHex('3076301006072a8648ce3d020106052b8104002203620004'), ...toBytes(x), ...toBytes(y));
