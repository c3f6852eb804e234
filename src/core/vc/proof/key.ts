import { bls12_381 } from '@noble/curves/bls12-381.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64Url, toBase64Url } from '../../bytes/base64.ts';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import type { JsonObject, JsonValue } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fromBase58 } from '../base58.ts';
import { isObject, text } from '../credential.ts';

export type Curve = 'P-256' | 'P-384' | 'secp256k1' | 'Ed25519' | 'BLS12-381-G2';

/** A public key that proofs are verified with. */
export interface ProofKey {
  readonly curve: Curve;
  /** Ed25519: 32 bytes; else the compressed point. */
  readonly bytes: Uint8Array;
  /** P-256 and P-384: the point uncompressed (SEC 1 §2.3.3), as every WebCrypto reads it. */
  readonly point?: Uint8Array;
  /** RFC 7638 over its JWK (OKP and EC; BLS by draft-ietf-cose-bls-key-representations), SHA-256, base64url: the same for the same key however it is written. */
  readonly thumbprint: string;
}

/** Multicodec numbers as unsigned varints (Controlled Identifiers 1.0 §2.2.2, did:key). */
const codecs: readonly (readonly [readonly number[], Curve, length: number])[] = [
  [[0xed, 0x01], 'Ed25519', 32],
  [[0x80, 0x24], 'P-256', 33],
  [[0x81, 0x24], 'P-384', 49],
  [[0xe7, 0x01], 'secp256k1', 33],
  [[0xeb, 0x01], 'BLS12-381-G2', 96],
];

/** A key with its codec in front, base58 behind `z`: `publicKeyMultibase`, or what stands behind `did:key:`. @throws FormatError */
export function readMultikey(name: string): ProofKey {
  if (!name.startsWith('z')) throw fault('base58 behind z');
  return keyOfCodec(fromBase58(name.slice(1)));
}

/** A key with its codec in front. @throws FormatError */
export function keyOfCodec(bytes: Uint8Array): ProofKey {
  const codec = codecs.find(
    ([prefix, , length]) => bytes.length === length + 2 && prefix.every((byte, at) => bytes[at] === byte),
  );
  if (!codec) throw fault('an Ed25519, P-256, P-384, secp256k1 or BLS12-381 G2 key with its codec');
  return keyOf(codec[1], bytes.subarray(2));
}

/** Keys that were read: a point is worked out from half of it once for all proofs of one key. */
const known = new Map<string, ProofKey>();
const knownLimit = 256;

/** @throws FormatError for what is no point of the curve */
export function keyOf(curve: Curve, bytes: Uint8Array): ProofKey {
  const name = `${curve} ${toHex(bytes)}`;
  const before = known.get(name);
  if (before) return before;
  const key = readKey(curve, bytes);
  if (known.size >= knownLimit) known.clear();
  known.set(name, key);
  return key;
}

function readKey(curve: Curve, bytes: Uint8Array): ProofKey {
  try {
    if (curve === 'BLS12-381-G2') {
      const point = bls12_381.G2.Point.fromBytes(bytes);
      point.assertValidity();
      if (point.is0()) throw fault('a key that is not zero');
      return make(curve, bytes, { crv: 'BLS12381G2', kty: 'OKP', x: toBase64Url(bytes) });
    }
    if (curve === 'Ed25519') {
      const point = ed25519.Point.fromBytes(bytes);
      if (point.isSmallOrder()) throw fault('a key of large order');
      return make(curve, bytes, { crv: 'Ed25519', kty: 'OKP', x: toBase64Url(bytes) });
    }
    const { Point } = { 'P-256': p256, 'P-384': p384, secp256k1 }[curve];
    const point = Point.fromBytes(bytes);
    point.assertValidity();
    const whole = point.toBytes(false).subarray(1);
    const half = whole.length / 2;
    const [x, y] = [toBase64Url(whole.subarray(0, half)), toBase64Url(whole.subarray(half))];
    const key = make(curve, point.toBytes(true), { crv: curve, kty: 'EC', x, y });
    return curve === 'secp256k1' ? key : { ...key, point: point.toBytes(false) };
  } catch (error) {
    if (error instanceof FormatError) throw error;
    // The library says by errors of its own that it is no point.
    throw fault(`a public key of ${curve}`);
  }
}

function make(curve: Curve, bytes: Uint8Array, jwk: Readonly<Record<string, string>>): ProofKey {
  return { curve, bytes: Uint8Array.from(bytes), thumbprint: toBase64Url(sha256(utf8(canonicalJson(jwk)))) };
}

const jwkCurves: Readonly<Record<string, Curve>> = {
  'P-256': 'P-256',
  'P-384': 'P-384',
  secp256k1: 'secp256k1',
  Ed25519: 'Ed25519',
};

/** RFC 7517, RFC 8037, RFC 8812. A key with its private half is refused: whoever has it has published it. @throws FormatError */
export function readJwk(jwk: JsonObject): ProofKey {
  const name = text(jwk, 'crv') ?? '';
  const curve = Object.hasOwn(jwkCurves, name) ? jwkCurves[name] : undefined;
  if (curve === undefined) throw fault('a JWK of P-256, P-384, secp256k1 or Ed25519');
  if (jwk['d'] !== undefined) throw fault('a public key, found a private one');
  if (text(jwk, 'kty') !== (curve === 'Ed25519' ? 'OKP' : 'EC')) throw fault('the “kty” of its curve');
  const size = curve === 'P-384' ? 48 : 32;
  const x = coordinate(jwk, 'x', size);
  if (curve === 'Ed25519') return keyOf(curve, x);
  return keyOf(curve, concatBytes(Uint8Array.of(4), x, coordinate(jwk, 'y', size)));
}

function coordinate(jwk: JsonObject, name: string, size: number): Uint8Array {
  const bytes = fromBase64Url(text(jwk, name) ?? '');
  if (bytes.length !== size) throw fault(`${size} bytes for “${name}”`);
  return bytes;
}

const base58Curves: Readonly<Record<string, Curve>> = {
  Ed25519VerificationKey2018: 'Ed25519',
  EcdsaSecp256k1VerificationKey2019: 'secp256k1',
  P256Key2021: 'P-256',
  P384Key2021: 'P-384',
};

/** The key of an entry of `verificationMethod`, in the forms that documents have: Multikey, JWK, and the older hex and base58. @throws FormatError */
export function readMethodKey(method: JsonObject): ProofKey {
  const multibase = text(method, 'publicKeyMultibase');
  if (multibase !== undefined) return readMultikey(multibase);
  const jwk: JsonValue | undefined = method['publicKeyJwk'];
  if (isObject(jwk)) return readJwk(jwk);
  const type = text(method, 'type') ?? '';
  const curve = Object.hasOwn(base58Curves, type) ? base58Curves[type] : undefined;
  const base58 = text(method, 'publicKeyBase58');
  if (curve !== undefined && base58 !== undefined) return keyOf(curve, fromBase58(base58));
  const hex = text(method, 'publicKeyHex');
  if (curve === 'secp256k1' && hex !== undefined) return keyOf(curve, fromHex(hex.toLowerCase()));
  throw fault('publicKeyMultibase or publicKeyJwk');
}

function fault(expected: string): FormatError {
  return new FormatError(`Key: expected ${expected}.`, 0);
}
