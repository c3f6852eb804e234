/** What a section may be; the number in the file is the place in this list, counted from 1. */
export const sectionTypes = ['kernel', 'cmdline', 'ramdisk', 'signature', 'metadata'] as const;

export type EifSectionType = (typeof sectionTypes)[number];

/** One section where it stands in the file: 12 bytes of header at `offset`, then `size` bytes. */
export interface EifSection {
  readonly type: EifSectionType;
  readonly offset: number;
  readonly size: number;
  /** The size that the header of the file states for it; other than `size` only for a signature that was made anew. */
  readonly statedSize: number;
}

/** An enclave image as its headers describe it; nothing is measured yet. */
export interface EifImage {
  readonly version: number;
  readonly architecture: 'x86_64' | 'aarch64';
  /** What the builder would give it, in bytes and processors. Not measured. */
  readonly defaultMemory: bigint;
  readonly defaultProcessors: bigint;
  /** CRC-32 of everything but itself. */
  readonly crc: number;
  /** All of them, in the order of the file, without a gap. */
  readonly sections: readonly EifSection[];
  /** The first 548 bytes. */
  readonly header: Uint8Array;
  /** Of the file. */
  readonly size: number;
}

export const headerLength = 548;
export const sectionHeaderLength = 12;
export const maximumSections = 32;
/** No longer signature is read: a certificate takes some kilobytes, even with each byte written as a number. */
export const maximumSignatureLength = 256 * 1024;
/** No longer metadata is read. */
export const maximumMetadataLength = 4 * 1024 * 1024;
