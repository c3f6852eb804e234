import { FormatError } from '../verdict/auditorError.ts';

/** Whether both have the same length and bytes. Not constant time: nothing here is secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** Whether two views have the same bytes from `from` up to `to`; four at a time, for comparing whole documents. */
export function equalRange(a: DataView, b: DataView, from: number, to: number): boolean {
  let at = from;
  for (; at + 4 <= to; at += 4) if (a.getUint32(at) !== b.getUint32(at)) return false;
  for (; at < to; at += 1) if (a.getUint8(at) !== b.getUint8(at)) return false;
  return true;
}

/** A new array with all parts one after the other. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** All parts one after the other at the beginning of `room`; undefined where they do not fit. */
export function joinInto(
  room: Uint8Array<ArrayBuffer>,
  parts: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> | undefined {
  let at = 0;
  for (const part of parts) {
    if (at + part.length > room.length) return undefined;
    room.set(part, at);
    at += part.length;
  }
  return room.subarray(0, at);
}

const encoder = new TextEncoder();
// A byte order mark is kept: it is part of what was signed or hashed.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * UTF-8 of a text.
 * @throws FormatError with the index of a lone surrogate: the platform's encoder would silently write U+FFFD, so that two texts would hash alike.
 */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = encoder.encode(text) as Uint8Array<ArrayBuffer>;
  // As long as the text: ASCII, in which there is nothing to look for.
  if (bytes.length === text.length) return bytes;
  const lone = text.search(/\p{Surrogate}/u);
  if (lone >= 0) {
    throw new FormatError(`Expected text of whole characters, found half of a surrogate pair at offset ${lone}.`, lone);
  }
  return bytes;
}

/**
 * Text of strict UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF); a byte order mark is kept.
 * @throws FormatError with the offset of the first byte that does not belong.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  // A call of the platform's decoder costs more than a short name has letters.
  if (bytes.length <= shortText && isAscii(bytes)) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  try {
    return decoder.decode(bytes);
  } catch {
    const offset = validUtf8Length(bytes);
    const found = offset < bytes.length ? `byte 0x${bytes[offset]!.toString(16).padStart(2, '0')}` : 'the end';
    throw new FormatError(
      `Expected UTF-8 text, found ${found} at byte ${offset}, where no character can go on so.`,
      offset,
    );
  }
}

const shortText = 48;

function isAscii(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index++) if ((bytes[index] as number) > 0x7f) return false;
  return true;
}

/** Length of the longest prefix that a strict decoder reads without a fault, for the offset in an error. */
function validUtf8Length(bytes: Uint8Array): number {
  let index = 0;
  while (index < bytes.length) {
    const lead = bytes[index]!;
    const length =
      lead < 0x80
        ? 1
        : lead >= 0xc2 && lead < 0xe0
          ? 2
          : lead >= 0xe0 && lead < 0xf0
            ? 3
            : lead >= 0xf0 && lead < 0xf5
              ? 4
              : 0;
    if (length === 0) return index;
    for (let step = 1; step < length; step++) {
      const next = bytes[index + step];
      // RFC 3629 §4: the second byte alone tells overlong forms, surrogates and what is above U+10FFFF.
      const lowest = step > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
      const highest = step > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
      if (next === undefined || next < lowest || next > highest) return index + step;
    }
    index += length;
  }
  return index;
}
