import { FormatError } from '../verdict/auditorError.ts';
import { derTag, type DerReader } from './der.ts';

/** A bit string and how many bits at its end do not count. */
export interface BitString {
  readonly bytes: Uint8Array;
  readonly unused: number;
}

function fault(expected: string, what: string, offset: number, found: string): FormatError {
  return new FormatError(`DER: expected ${expected} for ${what} at byte ${offset}, found ${found}.`, offset);
}

/** BOOLEAN: DER allows 0x00 and 0xff only (X.690 §11.1). */
export function readBoolean(reader: DerReader, what: string): boolean {
  const element = reader.read(what, derTag.boolean);
  const content = reader.content(element);
  if (content.length === 1 && (content[0] === 0 || content[0] === 0xff)) return content[0] === 0xff;
  throw fault('one byte 0x00 or 0xff', what, element.contentStart, 'something else');
}

/** NULL, which has no content (X.690 §8.8.2). */
export function readNull(reader: DerReader, what: string): void {
  const element = reader.read(what, derTag.null);
  if (element.end !== element.contentStart) throw fault('an empty NULL', what, element.start, 'content in it');
}

/** The content of an INTEGER in its shortest two's complement form (X.690 §8.3.2). */
export function readInteger(reader: DerReader, what: string): Uint8Array {
  const element = reader.read(what, derTag.integer);
  const content = reader.content(element);
  const [first, second] = content;
  if (first === undefined) throw fault('an integer', what, element.contentStart, 'none');
  const padded = second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (padded) throw fault('the shortest form of an integer', what, element.contentStart, 'a byte too many');
  return content;
}

/** An INTEGER from 0 to 2^31 − 1. */
export function readSmallInteger(reader: DerReader, what: string): number {
  const offset = reader.position;
  const content = readInteger(reader, what);
  if ((content[0] ?? 0) >= 0x80) throw fault('a number from 0 on', what, offset, 'a negative one');
  if (content.length > 4) throw fault('a number below 2^31', what, offset, 'a greater one');
  return content.reduce((value, byte) => value * 256 + byte, 0);
}

/** OBJECT IDENTIFIER in dotted decimal (X.690 §8.19), arcs up to 2^53 − 1. */
export function readObjectIdentifier(reader: DerReader, what: string): string {
  const element = reader.read(what, derTag.objectIdentifier);
  const arcs: number[] = [];
  let arc = 0;
  let inside = false;
  for (const byte of reader.content(element)) {
    if (!inside && byte === 0x80) throw fault('the shortest form of an arc', what, element.start, 'a byte too many');
    arc = arc * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(arc)) throw fault('arcs below 2^53', what, element.start, 'a greater one');
    inside = byte >= 0x80;
    if (inside) continue;
    if (arcs.length === 0) {
      // The first two arcs share one number; only under 2 may the second exceed 39.
      const top = Math.min(2, Math.floor(arc / 40));
      arcs.push(top, arc - 40 * top);
    } else arcs.push(arc);
    arc = 0;
  }
  if (arcs.length === 0 || inside) throw fault('a whole object identifier', what, element.start, 'a part of one');
  return arcs.join('.');
}

/** BIT STRING; the bits that do not count are zero in DER (X.690 §11.2.1). */
export function readBitString(reader: DerReader, what: string): BitString {
  const element = reader.read(what, derTag.bitString);
  const content = reader.content(element);
  const unused = content[0];
  const bytes = content.subarray(1);
  const spare = (bytes.at(-1) ?? 0) & ((1 << (unused ?? 0)) - 1);
  if (unused === undefined || unused > 7 || (bytes.length === 0 && unused > 0) || spare !== 0) {
    throw fault('a bit string whose spare bits are zero', what, element.start, 'another');
  }
  return { bytes, unused };
}

/** A BIT STRING of whole bytes: a key, a signature. */
export function readBytesAsBits(reader: DerReader, what: string): Uint8Array {
  const offset = reader.position;
  const { bytes, unused } = readBitString(reader, what);
  if (unused !== 0) throw fault('whole bytes', what, offset, `${unused} spare bits`);
  return bytes;
}

/**
 * Time of a certificate in milliseconds since 1970 (RFC 5280 §4.1.2.5): UTCTime `YYMMDDHHMMSSZ` up to 2049,
 * GeneralizedTime `YYYYMMDDHHMMSSZ` from 2050 on, whole seconds, always UTC.
 */
export function readTime(reader: DerReader, what: string): number {
  const element = reader.read(what);
  const text = String.fromCharCode(...reader.content(element).subarray(0, 20));
  const isUtc = element.tag === derTag.utcTime;
  const match = (isUtc ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(
    text,
  );
  if (!match || !(isUtc || element.tag === derTag.generalizedTime)) {
    throw fault('a time in UTC with seconds', what, element.start, 'something else');
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const fullYear = isUtc ? year + (year < 50 ? 2000 : 1900) : year;
  if (!isUtc && fullYear < 2050) throw fault('a UTCTime before 2050', what, element.start, text);
  const date = new Date(Date.UTC(fullYear, month - 1, day, hour, minute, second));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  if (!exists || minute > 59 || second > 59) throw fault('a time of the calendar', what, element.start, text);
  return date.getTime();
}
