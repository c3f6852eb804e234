import { QrGrid } from './qrGrid.ts';
import { reedSolomon } from './reedSolomon.ts';

/** Error correction M, versions 1 to 10: codewords for correction in a block, and blocks (ISO/IEC 18004 table 9). */
const correction = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26] as const;
const blocks = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5] as const;

/**
 * A QR code (ISO/IEC 18004) of a text, in byte mode with error correction M: rows of dark and light modules, without the quiet zone.
 * @throws RangeError above 213 bytes
 */
export function qrCode(text: string): readonly (readonly boolean[])[] {
  const bytes = new TextEncoder().encode(text);
  const version = correction.findIndex((_, index) => capacity(index + 1) >= bytes.length) + 1;
  if (version === 0) throw new RangeError(`A QR code of at most 213 bytes is drawn, not of ${bytes.length}.`);
  const codewords = interleave(dataCodewords(bytes, version), version);
  const candidates = Array.from({ length: 8 }, (_, mask) => new QrGrid(version, codewords, mask));
  return candidates.reduce((best, next) => (next.penalty() < best.penalty() ? next : best)).rows();
}

/** Modules that are neither pattern nor information, in codewords. */
function rawCodewords(version: number): number {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const alignments = Math.floor(version / 7) + 2;
    modules -= (25 * alignments - 10) * alignments - 55;
    if (version >= 7) modules -= 36;
  }
  return Math.floor(modules / 8);
}

function dataLength(version: number): number {
  return rawCodewords(version) - (correction[version - 1] ?? 0) * (blocks[version - 1] ?? 0);
}

function lengthBits(version: number): number {
  return version < 10 ? 8 : 16;
}

/** Bytes of text that a version holds. */
function capacity(version: number): number {
  return Math.floor((dataLength(version) * 8 - 4 - lengthBits(version)) / 8);
}

/** Mode, length, text, end, padding. */
function dataCodewords(bytes: Uint8Array, version: number): Uint8Array {
  const bits: number[] = [];
  const push = (value: number, count: number): void => {
    for (let bit = count - 1; bit >= 0; bit -= 1) bits.push((value >>> bit) & 1);
  };
  push(0b0100, 4);
  push(bytes.length, lengthBits(version));
  for (const byte of bytes) push(byte, 8);
  const length = dataLength(version);
  push(0, Math.min(4, length * 8 - bits.length));
  while (bits.length % 8 !== 0) bits.push(0);
  for (let pad = 0xec; bits.length < length * 8; pad ^= 0xec ^ 0x11) push(pad, 8);
  return Uint8Array.from({ length }, (_, index) =>
    bits.slice(index * 8, index * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0),
  );
}

/** Splits into blocks, adds the correction of each, and takes one codeword of each block in turn. */
function interleave(data: Uint8Array, version: number): Uint8Array {
  const count = blocks[version - 1] ?? 1;
  const degree = correction[version - 1] ?? 0;
  const short = Math.floor(data.length / count);
  const longFrom = count - (data.length % count);
  let start = 0;
  const parts = Array.from({ length: count }, (_, index) => {
    const part = data.subarray(start, start + short + (index >= longFrom ? 1 : 0));
    start += part.length;
    return { part, check: reedSolomon(part, degree) };
  });
  const result: number[] = [];
  for (let at = 0; at <= short; at += 1) for (const { part } of parts) if (at < part.length) result.push(part[at] ?? 0);
  for (let at = 0; at < degree; at += 1) for (const { check } of parts) result.push(check[at] ?? 0);
  return Uint8Array.from(result);
}
