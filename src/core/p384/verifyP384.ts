import { toHex } from '../bytes/hex.ts';
import type { Point } from './curve.ts';
import { makeP384Kernel } from './p384Kernel.ts';
import { places, RepeatedKeys, type P384Key } from './repeatedKeys.ts';

/** SubjectPublicKeyInfo of P-384 up to the two coordinates: id-ecPublicKey, secp384r1, an uncompressed point (RFC 5480 §2). */
const head = '3076301006072a8648ce3d020106052b8104002203620004';
const coordinateDigits = 96;

/** One kernel for a thread: its table of the base point serves all keys. */
const repeated = new RepeatedKeys(() => makeP384Kernel(places));

/** The points of keys, which a CryptoKey does not tell. */
const known = new WeakMap<CryptoKey, P384Key>();

/** Remembers what a key of P-384 was imported from; of another form than the usual one it is left alone. */
export function rememberP384Key(key: CryptoKey, spki: Uint8Array): void {
  const hex = toHex(spki);
  if (!hex.startsWith(head) || hex.length !== head.length + 2 * coordinateDigits) return;
  const name = hex.slice(head.length);
  const coordinate = (from: number) => BigInt(`0x${name.slice(from, from + coordinateDigits)}`);
  const point: Point = { x: coordinate(0), y: coordinate(coordinateDigits) };
  known.set(key, { name, point });
}

/**
 * Whether r ‖ s is a signature of ECDSA with SHA-384 under the key: by `platform`, or for a remembered key that signs again and again by a table.
 * @throws AuditorError (internal) where the two are seen to differ
 */
export function verifyP384(
  key: CryptoKey,
  signature: Uint8Array,
  data: Uint8Array,
  platform: () => Promise<boolean>,
): Promise<boolean> {
  const remembered = known.get(key);
  return remembered ? repeated.verify(remembered, signature, data, platform) : platform();
}
