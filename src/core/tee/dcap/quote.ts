import type { LayoutField } from './layouts.ts';

/** Where something stands in the quote, in bytes. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

export type TeeName = 'SGX' | 'TDX';

/** A part of fixed layout as it was read: its bytes, where they stand, and the layout by which they are read further. */
export interface Part {
  readonly layout: readonly LayoutField[];
  readonly range: Range;
  /** The bytes of a field, by its name in the layout. */
  readonly get: (name: string) => Uint8Array;
  /** A field as a whole number, least significant byte first. */
  readonly number: (name: string) => number;
}

/** What certification data of a type is (Intel SGX ECDSA Quote Library API, A.4, table 9; type 7 in the TDX DCAP Quoting Library API). */
export const certificationTypes: Readonly<Record<number, string>> = {
  1: 'platform id (PPID) in plain text, CPUSVN, PCESVN, PCEID',
  2: 'platform id (PPID) encrypted with RSA-2048-OAEP, CPUSVN, PCESVN, PCEID',
  3: 'platform id (PPID) encrypted with RSA-3072-OAEP, CPUSVN, PCESVN, PCEID',
  4: 'PCK certificate alone',
  5: 'PCK certificate with its chain, PEM',
  6: 'report of the quoting enclave with its own certification data',
  7: 'platform manifest',
};

export interface CertificationData {
  readonly type: number;
  /** Type and size. */
  readonly head: Range;
  readonly data: Range;
  readonly bytes: Uint8Array;
}

/** A DCAP quote as it was read. Nothing in it is believed until its signatures have been verified. */
export interface Quote {
  /** The whole quote, padding included. */
  readonly bytes: Uint8Array;
  readonly version: 3 | 4 | 5;
  readonly tee: TeeName;
  readonly header: Part;
  /** Type and size of the body, in version 5. */
  readonly bodyHead: Range | undefined;
  readonly body: Part;
  /** What the attestation key signed: header and body, with the body's head between them in version 5. */
  readonly signed: Range;
  readonly signatureSize: Range;
  readonly signature: Range;
  /** x ‖ y on P-256. */
  readonly attestationKey: Range;
  /** Type and size of the certification data that wraps the report of the quoting enclave, from version 4 on. */
  readonly wrapperHead: Range | undefined;
  readonly qeReport: Part;
  readonly qeSignature: Range;
  readonly qeAuthSize: Range;
  readonly qeAuth: Range;
  readonly certification: CertificationData;
  /** What stands behind the quote; real ones end in zeros of the buffer that they were made in. */
  readonly padding: Range;
}

export function bytesOf(quote: Quote, { offset, length }: Range): Uint8Array {
  return quote.bytes.subarray(offset, offset + length);
}
