import { reportLength, signedLength } from './report.ts';

/**
 * Whether bytes open like an attestation report, right or broken: a version that could be one, and the small numbers and zeros that stand at fixed
 * places in all of them. Of a whole report one of these may be wrong, of one that was cut short or is followed by something none. Never throws.
 */
export function looksLikeReport(bytes: Uint8Array): boolean {
  if (bytes.length < signedLength) return false;
  const at = (offset: number): number => bytes[offset] ?? 0;
  const zeros = (from: number, to: number): boolean => bytes.subarray(from, to).every((byte) => byte === 0);
  const version = at(0);
  if (version < 1 || version > 15 || !zeros(1, 4)) return false;
  const marks = [
    (at(0x0a) & 2) !== 0 && zeros(0x0c, 0x10),
    (at(0x30) <= 3 && zeros(0x31, 0x34)) || bytes.subarray(0x30, 0x34).every((byte) => byte === 0xff),
    at(0x34) === 1 && zeros(0x35, 0x38),
    zeros(0x49, 0x50),
    !zeros(0x90, 0xc0),
  ];
  const wrong = marks.filter((mark) => !mark).length;
  return wrong === 0 || (bytes.length === reportLength && wrong === 1);
}
