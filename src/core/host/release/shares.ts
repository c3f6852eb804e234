import { combine } from 'shamir-secret-sharing';
import { utf8 } from '../../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../../bytes/cbor.ts';
import { sha3, sha3Hex } from '../../bytes/hash.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import { isDigest } from '../hostValues.ts';

/**
 * One part of an image's key. Shamir's sharing says nothing about whether a share is right, so each names the image, carries its number, and its digest stands in its validator's signed proof.
 * As a file: strict CBOR of `["affidavit/image-share/1", image digest: bstr32, index: uint, share: bstr33]`.
 */
export interface KeyShare {
  /** Digest of the encrypted image, hex. */
  readonly image: string;
  /** From 1. */
  readonly index: number;
  /** 32 bytes of values and the place (a number of GF(256), not zero). */
  readonly share: Uint8Array;
}

const domain = 'affidavit/image-share/1';
const shareLength = 33;

export function encodeShare({ image, index, share }: KeyShare): Uint8Array<ArrayBuffer> {
  return encodeCbor([domain, fromHex(image), index, share]);
}

/** @throws FormatError */
export function parseShare(bytes: Uint8Array): KeyShare {
  const value = decodeCbor(bytes, { maximumLength: 256, maximumDepth: 1, maximumItems: 5 });
  const [name, image, index, share, ...rest] = Array.isArray(value) ? value : [];
  const right = name === domain && rest.length === 0 && image instanceof Uint8Array && image.length === 32;
  if (!right || typeof index !== 'number' || index < 1 || index > 255) throw fault('an image and a number from 1');
  if (!(share instanceof Uint8Array) || share.length !== shareLength || share.at(-1) === 0) {
    throw fault(`${shareLength} bytes, the last not zero`);
  }
  return { image: toHex(image), index, share };
}

/** As a proof names it: SHA3-256 of the encoded share. */
export const shareDigest = (share: KeyShare): string => sha3Hex(encodeShare(share));

/** Who gets what: made by the image's owner, who keeps none of it. */
export interface DealOptions {
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly image: string;
  readonly shares: number;
  readonly threshold: number;
  /** 32 random bytes that are used for nothing else, and forgotten. */
  readonly random: Uint8Array;
}

/**
 * Shares of a key, any `threshold` of which give it back and fewer of which say nothing. Over GF(256) with the polynomial of `shamir-secret-sharing`, which takes them together; dealt here because
 * the core has no randomness of its own: coefficients are SHA3-256 of `random`, byte, degree.
 * @throws AuditorError `usage` for numbers outside of 2 ≤ threshold ≤ shares ≤ 255
 */
export function dealShares({ key, image, shares, threshold, random }: DealOptions): readonly KeyShare[] {
  const right = Number.isInteger(shares) && Number.isInteger(threshold) && threshold >= 2 && shares >= threshold;
  if (!right || shares > 255 || key.length !== 32 || random.length !== 32 || !isDigest(image)) {
    throw new AuditorError(
      'usage',
      'SHARES',
      'Shares need a key and random bytes of 32 each, and 2 ≤ threshold ≤ shares ≤ 255.',
    );
  }
  const coefficients = Array.from(key, (byte, at) => [byte, ...coefficientsOf(random, at, threshold - 1)]);
  return Array.from({ length: shares }, (_, place) => {
    const x = place + 1;
    const share = new Uint8Array(shareLength);
    for (const [at, own] of coefficients.entries()) share[at] = evaluate(own, x);
    share[shareLength - 1] = x;
    return { image, index: x, share };
  });
}

/** The key that shares give, right or wrong: whoever calls this has compared their digests, and compares the key's commitment. @throws AuditorError `usage` for fewer than two, or two of one place */
export async function combineShares(shares: readonly KeyShare[]): Promise<Uint8Array> {
  const places = new Set(shares.map(({ share }) => share.at(-1)));
  if (shares.length < 2 || places.size !== shares.length) {
    throw new AuditorError('usage', 'SHARES', 'A key needs two shares or more, each of another place.');
  }
  return combine(shares.map(({ share }) => Uint8Array.from(share)));
}

function coefficientsOf(random: Uint8Array, at: number, count: number): number[] {
  const found: number[] = [];
  for (let block = 0; found.length < count; block += 1) {
    found.push(...sha3(Uint8Array.of(...utf8('affidavit/deal/1'), ...random, at, block)));
  }
  return found.slice(0, count);
}

/** Horner's rule in GF(2⁸) under x⁸ + x⁴ + x³ + x + 1. */
function evaluate(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => multiply(sum, x) ^ coefficient, 0);
}

function multiply(a: number, b: number): number {
  let [left, right, product] = [a, b, 0];
  for (; right > 0; right >>= 1) {
    if (right & 1) product ^= left;
    left = left & 0x80 ? ((left << 1) ^ 0x11b) & 0xff : left << 1;
  }
  return product;
}

function fault(expected: string): FormatError {
  return new FormatError(`Share of a key: expected ${expected}.`, 0);
}
