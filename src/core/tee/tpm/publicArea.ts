import { toBase64Url } from '../../bytes/base64.ts';
import { ByteReader } from '../../bytes/byteReader.ts';
import { idText, tpmAlgorithm, tpmCurves } from './algorithms.ts';
import type { PublicKeyJwk } from './attestationKey.ts';
import { sized } from './parseQuote.ts';

/** A key as its TPM describes it (TPMT_PUBLIC, Part 2 §12.2.4), with what it may be used for. */
export interface PublicArea {
  readonly jwk: PublicKeyJwk;
  /** Why a key with these attributes does not vouch for what it signs, or undefined where it does. */
  readonly attributeFault: string | undefined;
}

/** TPMA_OBJECT (Part 2 §8.3). A restricted signing key signs what its TPM made and nothing else that begins like that. */
const attributes = [
  { bit: 1, name: 'fixedTPM', wanted: true },
  { bit: 5, name: 'sensitiveDataOrigin', wanted: true },
  { bit: 16, name: 'restricted', wanted: true },
  { bit: 17, name: 'decrypt', wanted: false },
  { bit: 18, name: 'sign', wanted: true },
] as const;

const defaultExponent = 65_537;

/** @throws FormatError (offset in `bytes`) for anything but an RSA or elliptic-curve key that WebCrypto can verify with. */
export function parsePublicArea(bytes: Uint8Array): PublicArea {
  const reader = new ByteReader(bytes, 'TPM public area', 'big');
  const type = reader.u16('the type of key');
  reader.u16('the digest of its name');
  const bits = reader.u32('the attributes');
  sized(reader, 'the policy');
  readSymmetric(reader);
  readScheme(reader, 'the scheme');
  const jwk = type === tpmAlgorithm.rsa ? readRsa(reader) : type === tpmAlgorithm.ecc ? readEcc(reader) : undefined;
  if (!jwk) throw reader.fault('an RSA (0x0001) or elliptic-curve (0x0023) key', idText(type), 0);
  reader.finish('the public area');
  return { jwk, attributeFault: faultOf(bits) };
}

function faultOf(bits: number): string | undefined {
  const wrong = attributes.find(({ bit, wanted }) => (((bits >>> bit) & 1) === 1) !== wanted);
  return wrong && `Its attribute ${wrong.name} is ${wrong.wanted ? 'not set' : 'set'}.`;
}

/** Only a storage key has one; a signing key says TPM_ALG_NULL. */
function readSymmetric(reader: ByteReader): void {
  if (reader.u16('the symmetric algorithm') === tpmAlgorithm.null) return;
  reader.u16('its key length');
  reader.u16('its mode');
}

function readScheme(reader: ByteReader, what: string): void {
  if (reader.u16(what) !== tpmAlgorithm.null) reader.u16(`the digest of ${what}`);
}

function readRsa(reader: ByteReader): PublicKeyJwk {
  reader.u16('the key length');
  const exponent = reader.u32('the exponent') || defaultExponent;
  const modulus = sized(reader, 'the modulus', 512);
  return { kty: 'RSA', n: toBase64Url(modulus), e: toBase64Url(shortest(exponent)) };
}

function shortest(value: number): Uint8Array {
  const bytes = Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
  return bytes.subarray(bytes.findIndex((byte) => byte !== 0));
}

function readEcc(reader: ByteReader): PublicKeyJwk {
  const offset = reader.position;
  const id = reader.u16('the curve');
  const curve = tpmCurves[id];
  if (!curve) throw reader.fault('P-256, P-384 or P-521', idText(id), offset);
  readScheme(reader, 'the key derivation');
  const x = sized(reader, 'x');
  const y = sized(reader, 'y');
  if (x.length > curve.length || y.length > curve.length) {
    throw reader.fault(`coordinates of ${curve.length} bytes`, `${Math.max(x.length, y.length)}`, offset);
  }
  const padded = (value: Uint8Array): string => {
    const whole = new Uint8Array(curve.length);
    whole.set(value, curve.length - value.length);
    return toBase64Url(whole);
  };
  return { kty: 'EC', crv: curve.name, x: padded(x), y: padded(y) };
}
