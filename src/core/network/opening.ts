import { decodeCbor, encodeCbor, type CborValue } from '../bytes/cbor.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** What the file begins with that opens a commitment to whoever is to judge it. */
export const openingDomain = 'affidavit/network-opening/1';

/** The evidence of a request that hides its measurements, and the key of the salts that hide them. For nodes, and for auditors whom the machine's owner trusts; for nobody else. */
export interface Opening {
  /** 32 bytes. */
  readonly saltKey: Uint8Array;
  /** The file whose digest the request names. */
  readonly evidence: Uint8Array;
}

const limits = { maximumDepth: 1, maximumItems: 4, maximumLength: 1024 * 1024 };

/** CBOR `["affidavit/network-opening/1", saltKey, evidence]`. */
export function encodeOpening({ saltKey, evidence }: Opening): Uint8Array {
  return encodeCbor([openingDomain, saltKey, evidence]);
}

export function isOpening(bytes: Uint8Array): boolean {
  // An array of three whose first is a text of this length.
  const start = [0x83, 0x78, openingDomain.length, ...new TextEncoder().encode(openingDomain)];
  return start.every((byte, index) => bytes[index] === byte);
}

/** @throws FormatError for anything else */
export function parseOpening(bytes: Uint8Array): Opening {
  if (!isOpening(bytes)) throw new FormatError(`Opening: expected ["${openingDomain}", …] in CBOR.`, 0);
  const [, saltKey, evidence] = decodeCbor(bytes, limits) as readonly CborValue[];
  if (!(saltKey instanceof Uint8Array) || saltKey.length !== 32) {
    throw new FormatError('Opening: expected 32 bytes second.', 0);
  }
  if (!(evidence instanceof Uint8Array)) throw new FormatError('Opening: expected the bytes of the evidence third.', 0);
  return { saltKey, evidence };
}
