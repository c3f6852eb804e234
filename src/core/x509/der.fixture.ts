import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { fromHex } from '../bytes/hex.ts';
import { derTag } from './der.ts';

/** One element in DER. */
export function tlv(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...contents);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return concatBytes(Uint8Array.of(tag, ...head), content);
}

export const sequence = (...contents: readonly Uint8Array[]) => tlv(derTag.sequence, ...contents);
export const integer = (...bytes: readonly number[]) => tlv(derTag.integer, Uint8Array.from(bytes));
export const boolean = (byte: number) => tlv(derTag.boolean, Uint8Array.of(byte));
export const octets = (...contents: readonly Uint8Array[]) => tlv(derTag.octetString, ...contents);
export const bits = (unused: number, bytes: Uint8Array) => tlv(derTag.bitString, Uint8Array.of(unused), bytes);
export const utcTime = (text: string) => tlv(derTag.utcTime, utf8(text));
export const generalizedTime = (text: string) => tlv(derTag.generalizedTime, utf8(text));

/** Object identifiers by what they stand for; the content octets in hex. */
export const oids = {
  ecdsaWithSha384: '2a8648ce3d040303',
  ecdsaWithSha256: '2a8648ce3d040302',
  ecPublicKey: '2a8648ce3d0201',
  p384: '2b81040022',
  commonName: '550403',
  basicConstraints: '551d13',
  keyUsage: '551d0f',
  crlDistributionPoints: '551d1f',
} as const;

export const oid = (content: string) => tlv(derTag.objectIdentifier, fromHex(content));

export const name = (text: string, tag: number = derTag.utf8String) =>
  sequence(tlv(derTag.set, sequence(oid(oids.commonName), tlv(tag, utf8(text)))));

export const extension = (id: string, value: Uint8Array, ...critical: readonly Uint8Array[]) =>
  sequence(oid(id), ...critical, octets(value));

/** Parts of a certificate, each of which a test may replace; nothing in it is signed. */
export interface CertificateParts {
  readonly version: Uint8Array;
  readonly serial: Uint8Array;
  readonly innerAlgorithm: Uint8Array;
  readonly issuer: Uint8Array;
  readonly validity: Uint8Array;
  readonly subject: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly extensions: Uint8Array;
  readonly outerAlgorithm: Uint8Array;
  readonly signature: Uint8Array;
  readonly afterSignature: Uint8Array;
}

const nothing = new Uint8Array();
const ecdsa = sequence(oid(oids.ecdsaWithSha384));

export const rightParts: CertificateParts = {
  version: tlv(0xa0, integer(2)),
  serial: integer(1),
  innerAlgorithm: ecdsa,
  issuer: name('issuer'),
  validity: sequence(utcTime('260301110000Z'), utcTime('260301140000Z')),
  subject: name('subject'),
  publicKey: sequence(
    sequence(oid(oids.ecPublicKey), oid(oids.p384)),
    bits(0, Uint8Array.of(4, ...new Uint8Array(96).fill(7))),
  ),
  extensions: tlv(0xa3, sequence(extension(oids.basicConstraints, sequence(), boolean(0xff)))),
  outerAlgorithm: ecdsa,
  signature: bits(0, Uint8Array.of(1, 2, 3)),
  afterSignature: nothing,
};

/** A certificate with some parts replaced. */
export function makeCertificate(changes: Partial<CertificateParts> = {}): Uint8Array {
  const parts = { ...rightParts, ...changes };
  const { version, serial, innerAlgorithm, issuer, validity, subject, publicKey, extensions } = parts;
  const tbs = sequence(version, serial, innerAlgorithm, issuer, validity, subject, publicKey, extensions);
  return sequence(tbs, parts.outerAlgorithm, parts.signature, parts.afterSignature);
}
