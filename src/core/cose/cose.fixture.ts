import { concatBytes, utf8 } from '../bytes/bytes.ts';

/**
 * CBOR written by hand for tests: other people's documents are maps and need not be deterministic, so the project's own strict
 * codec cannot make them.
 */
function head(major: number, value: number): Uint8Array {
  const type = major << 5;
  if (value < 24) return Uint8Array.of(type | value);
  if (value < 0x100) return Uint8Array.of(type | 24, value);
  if (value < 0x10000) return Uint8Array.of(type | 25, value >> 8, value & 0xff);
  const long = value >= 2 ** 32;
  const encoded = new Uint8Array(long ? 9 : 5);
  encoded[0] = type | (long ? 27 : 26);
  const view = new DataView(encoded.buffer);
  if (long) view.setBigUint64(1, BigInt(value));
  else view.setUint32(1, value);
  return encoded;
}

export const uint = (value: number) => head(0, value);
export const negative = (value: number) => head(1, -1 - value);
export const bytes = (value: Uint8Array) => concatBytes(head(2, value.length), value);
export const text = (value: string) => concatBytes(head(3, utf8(value).length), utf8(value));
export const array = (...items: readonly Uint8Array[]) => concatBytes(head(4, items.length), ...items);
export const tag = (number: number, item: Uint8Array) => concatBytes(head(6, number), item);
export const nil = Uint8Array.of(0xf6);

export type Pairs = readonly (readonly [key: Uint8Array, value: Uint8Array])[];

export const map = (...pairs: Pairs) => concatBytes(head(5, pairs.length), ...pairs.flat());
export const indefiniteMap = (...pairs: Pairs) =>
  concatBytes(Uint8Array.of(0xbf), ...pairs.flat(), Uint8Array.of(0xff));

/** How a COSE_Sign1 message differs from a right one. */
export interface MessageChanges {
  /** The content of the protected header's byte string; `{1: -35}` otherwise. */
  readonly protectedHeader?: Uint8Array;
  readonly unprotected?: Uint8Array;
  /** Changes the signature after signing. */
  readonly signature?: (signature: Uint8Array) => Uint8Array;
  /** Wraps or replaces the finished array. */
  readonly wrap?: (message: Uint8Array) => Uint8Array;
  readonly hash?: string;
}

export const es384Header = map([uint(1), negative(-35)]);

/** A COSE_Sign1 message over `payload`, signed by an ECDSA key. */
export async function signMessage(
  payload: Uint8Array,
  key: CryptoKey,
  changes: MessageChanges = {},
): Promise<Uint8Array> {
  const protectedHeader = changes.protectedHeader ?? es384Header;
  const signed = array(text('Signature1'), bytes(protectedHeader), bytes(new Uint8Array()), bytes(payload));
  const algorithm = { name: 'ECDSA', hash: changes.hash ?? 'SHA-384' };
  const signature = new Uint8Array(await crypto.subtle.sign(algorithm, key, signed));
  const message = array(
    bytes(protectedHeader),
    changes.unprotected ?? map(),
    bytes(payload),
    bytes(changes.signature?.(signature) ?? signature),
  );
  return changes.wrap?.(message) ?? message;
}
