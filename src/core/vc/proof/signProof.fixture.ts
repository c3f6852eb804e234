import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256, sha384 } from '@noble/hashes/sha2.js';
import { toBase64Url } from '../../bytes/base64.ts';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { encodeCbor } from '../../bytes/cbor.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { canonicalQuads } from '../canonicalQuads.ts';
import { contextSource } from '../contextSource.ts';
import { hmacNames, issuedStatements } from './selective.ts';
import type { Curve } from './key.ts';

/** Keys and proofs for tests: made by the definition of each suite, with the library's own signing. */
export interface Signer {
  readonly curve: Curve;
  /** `did:key:z…` */
  readonly did: string;
  readonly method: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

const codecs = {
  Ed25519: [0xed, 0x01],
  'P-256': [0x80, 0x24],
  'P-384': [0x81, 0x24],
  secp256k1: [0xe7, 0x01],
} as const;

export function makeSigner(curve: Exclude<Curve, 'BLS12-381-G2'>, seed = 1): Signer {
  const secret = new Uint8Array(curve === 'P-384' ? 48 : 32).fill(seed);
  const options = { prehash: false, lowS: false } as const;
  const { publicKey, sign } = {
    Ed25519: () => ({ publicKey: ed25519.getPublicKey(secret), sign: (m: Uint8Array) => ed25519.sign(m, secret) }),
    'P-256': () => ({
      publicKey: p256.getPublicKey(secret),
      sign: (m: Uint8Array) => p256.sign(sha256(m), secret, options),
    }),
    'P-384': () => ({
      publicKey: p384.getPublicKey(secret),
      sign: (m: Uint8Array) => p384.sign(sha384(m), secret, options),
    }),
    secp256k1: () => ({
      publicKey: secp256k1.getPublicKey(secret),
      sign: (m: Uint8Array) => secp256k1.sign(sha256(m), secret, options),
    }),
  }[curve]();
  const name = `z${base58(concatBytes(Uint8Array.from(codecs[curve]), publicKey))}`;
  return { curve, did: `did:key:${name}`, method: `did:key:${name}#${name}`, sign };
}

export const unsigned: JsonObject = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  type: ['VerifiableCredential'],
  name: 'A host',
  description: 'Of nobody in particular.',
  issuer: 'did:example:issuer',
  validFrom: '2025-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:host', type: 'VerifiableCredential' },
};

/** The older suite stands in the older context alone. */
export const unsignedV1: JsonObject = {
  '@context': ['https://www.w3.org/2018/credentials/v1'],
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  type: ['VerifiableCredential'],
  issuer: 'did:example:issuer',
  issuanceDate: '2025-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:host' },
};

export const noFiles = contextSource({ trust: {}, companions: [], now: 0 }, []);

/** A proof over a document, on top of those of its proofs that it names. */
export async function makeProof(
  document: JsonObject,
  suite: string,
  signer: Signer,
  more: JsonObject = {},
  previous: readonly JsonObject[] = [],
): Promise<JsonObject> {
  const { proof: _, ...bare } = document;
  const isOld = suite === 'EcdsaSecp256k1Signature2019';
  const options: JsonObject = {
    ...(isOld ? { type: suite } : { type: 'DataIntegrityProof', cryptosuite: suite }),
    created: '2025-02-01T00:00:00Z',
    verificationMethod: signer.method,
    proofPurpose: 'assertionMethod',
    ...more,
  };
  const input: JsonObject = previous.length > 0 ? { ...bare, proof: [...previous] } : bare;
  const isJcs = suite.includes('-jcs-');
  const hash = signer.curve === 'P-384' ? 'SHA-384' : 'SHA-256';
  const digest = hash === 'SHA-384' ? sha384 : sha256;
  const config = isJcs ? options : { ...options, '@context': document['@context'] as JsonObject };
  const canonical = (value: JsonObject): string | Promise<string> =>
    isJcs ? canonicalJson(value) : canonicalQuads(value, noFiles, undefined, { safe: !isOld, hash });
  const hashes = concatBytes(digest(utf8(await canonical(config))), digest(utf8(await canonical(input))));
  if (isOld) {
    const head = toBase64Url(utf8('{"alg":"ES256K","b64":false,"crit":["b64"]}'));
    return { ...options, jws: `${head}..${toBase64Url(signer.sign(concatBytes(utf8(`${head}.`), hashes)))}` };
  }
  if (suite === 'ecdsa-sd-2023') {
    const hmacKey = new Uint8Array(32).fill(7);
    const own = makeSigner('P-256', 9);
    const ownKey = concatBytes(Uint8Array.from(codecs['P-256']), p256.getPublicKey(new Uint8Array(32).fill(9)));
    const given = { document: input, proof: options, key: undefined as never, source: noFiles };
    const { all, mandatory } = await issuedStatements(given, hmacNames(hmacKey), ['/issuer']);
    const fixed = new Set(mandatory);
    const joined = sha256(utf8(all.filter((_line, place) => fixed.has(place)).join('')));
    const base = signer.sign(concatBytes(hashes.subarray(0, 32), ownKey, joined));
    const each = all.flatMap((line, place) => (fixed.has(place) ? [] : [own.sign(utf8(line))]));
    const value = encodeCbor([base, ownKey, hmacKey, each, ['/issuer']]);
    return { ...options, proofValue: `u${toBase64Url(concatBytes(Uint8Array.of(0xd9, 0x5d, 0), value))}` };
  }
  return { ...options, proofValue: `z${base58(signer.sign(hashes))}` };
}

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

export function base58(bytes: Uint8Array): string {
  let value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let text = '';
  for (; value > 0n; value /= 58n) text = `${alphabet[Number(value % 58n)]}${text}`;
  return '1'.repeat(bytes.findIndex((byte) => byte !== 0)) + text;
}
