import { FormatError } from '../verdict/auditorError.ts';

/**
 * One record of a trace: 16 bytes, little endian. Byte 0 is the kind, bytes 1–3 the site, bytes 4–7 `a`, bytes 8–15 `v`.
 * A stream of records is their plain concatenation; what they mean together says `event.ts`.
 */
export interface TraceRecord {
  readonly kind: number;
  /** 24 bits: index of a function, number of a site, or a code, by the kind. */
  readonly site: number;
  /** 32 bits. */
  readonly a: number;
  /** 64 bits, unsigned. */
  readonly v: bigint;
}

export const recordLength = 16;
export const maximumSite = 0xffffff;

/** Kinds of records. All below 0x80 begin an event; 0x80 carries one value of the event before it. */
export const recordKinds = {
  call: 0x01,
  openCall: 0x02,
  hostCall: 0x03,
  load: 0x10,
  store: 0x11,
  memoryGrow: 0x12,
  memoryCopy: 0x13,
  memoryFill: 0x14,
  memoryInit: 0x15,
  tableGet: 0x18,
  tableSet: 0x19,
  tableGrow: 0x1a,
  tableFill: 0x1b,
  tableCopy: 0x1c,
  tableInit: 0x1d,
  localGet: 0x20,
  localSet: 0x21,
  globalGet: 0x22,
  globalSet: 0x23,
  block: 0x30,
  branchIf: 0x31,
  branchTable: 0x32,
  branch: 0x33,
  trap: 0x40,
  budget: 0x41,
  value: 0x80,
} as const;

/** Set in `a` of a value record that is a result. */
export const resultBit = 0x80000000;

/** Reads the record at `offset`. @throws FormatError where fewer than 16 bytes are left */
export function readRecord(bytes: Uint8Array, offset = 0): TraceRecord {
  if (offset < 0 || bytes.length - offset < recordLength) {
    throw new FormatError(
      `Record: expected ${recordLength} bytes at byte ${offset}, found ${Math.max(0, bytes.length - offset)}.`,
      offset,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = view.getUint32(offset, true);
  return {
    kind: head & 0xff,
    site: head >>> 8,
    a: view.getUint32(offset + 4, true),
    v: view.getBigUint64(offset + 8, true),
  };
}

/** Writes a record at `offset`; values are cut to their widths. */
export function writeRecord(bytes: Uint8Array, offset: number, { kind, site, a, v }: TraceRecord): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(offset, ((kind & 0xff) | (site << 8)) >>> 0, true);
  view.setUint32(offset + 4, a >>> 0, true);
  view.setBigUint64(offset + 8, BigInt.asUintN(64, v), true);
}
