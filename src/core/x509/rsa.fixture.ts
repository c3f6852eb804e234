import { bits, integer, oid, sequence, tlv } from './der.fixture.ts';

/** Object identifiers of RSA by what they stand for; content octets in hex. */
export const rsaOids = {
  rsaEncryption: '2a864886f70d010101',
  mgf1: '2a864886f70d010108',
  rsaPss: '2a864886f70d01010a',
  sha256WithRsa: '2a864886f70d01010b',
  sha256: '608648016503040201',
  sha384: '608648016503040202',
} as const;

export const derNull = tlv(0x05);

/** Parts of the parameters of RSASSA-PSS, each of which a test may replace or leave out. */
export interface PssParts {
  readonly hash: Uint8Array;
  readonly mask: Uint8Array;
  readonly salt: Uint8Array;
  readonly trailer: Uint8Array;
  readonly behind: Uint8Array;
}

const nothing = new Uint8Array();
const digest = (id: string, ...parameters: readonly Uint8Array[]) => sequence(oid(id), ...parameters);

export const pssHash = (id: string, ...parameters: readonly Uint8Array[]) => tlv(0xa0, digest(id, ...parameters));
export const pssMask = (id: string, mask: string = rsaOids.mgf1) => tlv(0xa1, sequence(oid(mask), digest(id, derNull)));
export const pssSalt = (length: number) => tlv(0xa2, integer(length));
export const pssTrailer = (value: number) => tlv(0xa3, integer(value));

/** As AMD writes them: SHA-384, MGF1 over it, 48 bytes of salt. */
export function pssAlgorithm(changes: Partial<PssParts> = {}): Uint8Array {
  const parts: PssParts = {
    hash: pssHash(rsaOids.sha384, derNull),
    mask: pssMask(rsaOids.sha384),
    salt: pssSalt(48),
    trailer: nothing,
    behind: nothing,
    ...changes,
  };
  return sequence(oid(rsaOids.rsaPss), sequence(parts.hash, parts.mask, parts.salt, parts.trailer, parts.behind));
}

/** A SubjectPublicKeyInfo of RSA with these numbers. */
export function rsaSpki(modulus: Uint8Array, exponent: Uint8Array, parameters: Uint8Array = derNull): Uint8Array {
  const key = sequence(tlv(0x02, modulus), tlv(0x02, exponent));
  return sequence(sequence(oid(rsaOids.rsaEncryption), parameters), bits(0, key));
}
