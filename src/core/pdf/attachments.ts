import { inflate } from '../archive/inflate.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** A file that is attached to a PDF. */
export interface Attachment {
  readonly bytes: Uint8Array;
  /** Where its stream begins in the PDF. */
  readonly offset: number;
}

const maximum = { pdf: 32 * 1024 * 1024, attachments: 16, output: 4 * 1024 * 1024, dictionary: 4096 } as const;

export function isPdf(bytes: Uint8Array): boolean {
  return startsWith(bytes, '%PDF-', 0);
}

/** Whether anything in it says that files are attached: the cheap question before the others. */
export function mayHaveAttachments(bytes: Uint8Array): boolean {
  return isPdf(bytes) && bytes.length <= maximum.pdf && find(bytes, '/EmbeddedFile', 0) >= 0;
}

/**
 * The attached files of a PDF (ISO 32000-1 §7.11.4): every stream whose dictionary has the type `EmbeddedFile`, plain or with FlateDecode. The file is not otherwise
 * understood: no object table is followed, so that none can lead astray; what is attached is judged by itself, and the drawn pages are not.
 * @throws FormatError in words for a PDF that is encrypted, compresses in another way, or is cut off.
 */
export function readAttachments(bytes: Uint8Array): readonly Attachment[] {
  if (!isPdf(bytes)) throw new FormatError('PDF: expected %PDF- at byte 0.', 0);
  if (bytes.length > maximum.pdf) throw new FormatError(`PDF: at most ${maximum.pdf} bytes are read.`, maximum.pdf);
  const encrypted = find(bytes, '/Encrypt', 0);
  if (encrypted >= 0 && !isNameCharacter(bytes[encrypted + 8])) {
    throw new FormatError(
      'The PDF is encrypted. Save it without a password, or give the certificate itself as JSON.',
      encrypted,
    );
  }
  const found: Attachment[] = [];
  for (let at = find(bytes, 'stream', 0); at >= 0; at = find(bytes, 'stream', at + 6)) {
    if (startsWith(bytes, 'endstream', at - 3)) continue;
    const dictionary = dictionaryBefore(bytes, at);
    if (dictionary === undefined || !/\/Type\s*\/EmbeddedFile(?![A-Za-z])/.test(dictionary)) continue;
    if (found.length >= maximum.attachments) {
      throw new FormatError(`PDF: expected at most ${maximum.attachments} attached files.`, at);
    }
    found.push({ bytes: readStream(bytes, at, dictionary), offset: at });
  }
  return found;
}

/** What the stream says whose keyword `stream` stands at `keyword`, behind its dictionary. @throws FormatError as `readAttachments` */
export function readStream(bytes: Uint8Array, keyword: number, dictionary: string): Uint8Array {
  let start = keyword + 6;
  if (bytes[start] === 0x0d) start += 1;
  if (bytes[start] !== 0x0a) throw new FormatError(`PDF: expected a line end behind "stream" at byte ${start}.`, start);
  start += 1;
  const filters = /\/Filter\s*(\[[^\]]*\]|\/[A-Za-z0-9]+)/.exec(dictionary)?.[1]?.match(/[A-Za-z0-9]+/g) ?? [];
  if (/\/DecodeParms/.test(dictionary))
    throw new FormatError('PDF: the attached file is predicted before it is compressed, which is not read.', start);
  if (filters.length === 0) {
    // A length that stands elsewhere in the file is not followed: the stream then ends where it says so.
    const stated = /\/Length\s+(\d{1,9})(?!\s+\d+\s+R)/.exec(dictionary)?.[1];
    const end = stated === undefined ? find(bytes, 'endstream', start) : start + Number(stated);
    if (end < start || end > bytes.length) throw new FormatError('PDF: the attached file is cut off.', bytes.length);
    return trimEnd(bytes.subarray(start, end));
  }
  if (filters.length > 1 || filters[0] !== 'FlateDecode') {
    throw new FormatError(
      `PDF: the attached file is packed with ${filters.join(', ')}, of which FlateDecode alone is read.`,
      start,
    );
  }
  const [method = 0, flags = 0] = bytes.subarray(start, start + 2);
  if ((method & 15) !== 8 || ((method << 8) | flags) % 31 !== 0 || (flags & 0x20) !== 0) {
    throw new FormatError(`PDF: expected zlib data at byte ${start}.`, start);
  }
  const { output, length } = inflate(bytes.subarray(start + 2), maximum.output);
  const check = start + 2 + length;
  const stated = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (check + 4 > bytes.length || stated.getUint32(check) !== adler32(output)) {
    throw new FormatError(`PDF: the check sum of the attached file is wrong at byte ${check}.`, check);
  }
  return output;
}

/** What stands between `obj` and the keyword: in all writers the stream's own dictionary. */
function dictionaryBefore(bytes: Uint8Array, keyword: number): string | undefined {
  const from = Math.max(0, keyword - maximum.dictionary);
  const text = Array.from(bytes.subarray(from, keyword), (byte) => String.fromCharCode(byte)).join('');
  const opening = Math.max(text.lastIndexOf('obj'), text.lastIndexOf('endstream'));
  const dictionary = text.slice(opening < 0 ? 0 : opening);
  return /^obj\s*<<[^]*>>\s*$/.test(dictionary) ? dictionary : undefined;
}

/** A line end before `endstream` is no part of the data. */
function trimEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  if (bytes[end - 1] === 0x0a) end -= 1;
  if (bytes[end - 1] === 0x0d) end -= 1;
  return bytes.subarray(0, end);
}

function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return high * 65_536 + low;
}

function isNameCharacter(byte: number | undefined): boolean {
  return byte !== undefined && /[A-Za-z]/.test(String.fromCharCode(byte));
}

function startsWith(bytes: Uint8Array, text: string, at: number): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text.charCodeAt(index)) return false;
  return true;
}

function find(bytes: Uint8Array, text: string, from: number): number {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (startsWith(bytes, text, at)) return at;
  }
  return -1;
}
