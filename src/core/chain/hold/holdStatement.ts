import { decodeCbor, encodeCbor, type CborValue } from '../../bytes/cbor.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { readFields, readString, readUint, readVersion } from '../fields.ts';

export const holdDomain = 'affidavit/hold/1';

/** The only mode in which nobody, the operator included, can delete or shorten. */
export const complianceMode = 'compliance';

/** The device takes no longer `user_data`, so a statement covers a sample of a chain's objects. Bytes. */
export const maximumHoldLength = 1024;

/** What an enclave with read-only credentials saw of one bucket (CHAIN.md 34). */
export interface HoldStatement {
  /** The bucket's url, as the trust file names it. */
  readonly bucket: string;
  /** Exact names of the objects asked about, `<chain>/seq/17`; there is no form for many at once. */
  readonly names: readonly string[];
  readonly mode: string;
  /** The least date until which any of them is held, seconds since 1970. */
  readonly until: number;
}

/** `["affidavit/hold/1", bucket: tstr, [* name: tstr], mode: tstr, until: uint]`. */
export function encodeHold({ bucket, names, mode, until }: HoldStatement): Uint8Array {
  return encodeCbor([holdDomain, bucket, names, mode, until]);
}

/** @throws FormatError for anything but the one deterministic encoding of a statement. */
export function parseHold(bytes: Uint8Array): HoldStatement {
  const value = decodeCbor(bytes, { maximumDepth: 2, maximumLength: maximumHoldLength });
  const fields = readFields('Hold statement', value, 5);
  readVersion('Hold statement', fields[0], holdDomain);
  const names = fields[2];
  if (!Array.isArray(names)) throw new FormatError('Hold statement field names: an array was expected.', 0);
  return {
    bucket: readString('Hold statement field bucket', fields[1]),
    names: (names as readonly CborValue[]).map((name, index) => readString(`Hold statement name ${index}`, name)),
    mode: readString('Hold statement field mode', fields[3]),
    until: readUint('Hold statement field until', fields[4]),
  };
}
