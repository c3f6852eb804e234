import { isPdf, readAttachments, readStream } from '../pdf/attachments.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { shownName } from './shownName.ts';

/** A file attached to a PDF, or why it cannot be read. */
export type PdfFile =
  { readonly name: string; readonly bytes: Uint8Array } | { readonly name: string; readonly fault: FormatError };

const limits = { pdf: 32 * 1024 * 1024, objects: 100_000, objectStreams: 64, files: 64, dictionary: 8192 } as const;

/** The objects of a PDF by number: as text, or where their text begins in the file. */
type Objects = ReadonlyMap<number, { readonly text: string; readonly start: number | undefined }>;

/** Whether a PDF says anywhere in the clear, or may say inside its packed objects, that files are attached. Cheap. */
export function mayHavePdfFiles(bytes: Uint8Array): boolean {
  return isPdf(bytes) && bytes.length <= limits.pdf && /\/(EmbeddedFile|EF\b|ObjStm)/.test(latin1(bytes));
}

/**
 * The files attached to a PDF (ISO 32000-1 §7.11.4): what file specifications name (`/EF`, wherever they are reached from: the name tree, an annotation,
 * associated files; object streams are opened for them), and every other stream that calls itself an embedded file. Objects are found by looking through the file,
 * not by its table, and the last of a number counts, so that a broken or lying table hides nothing. The drawn pages are not looked at.
 * @throws FormatError for what is no PDF, is too long, or is encrypted
 */
export function readPdfFiles(bytes: Uint8Array): readonly PdfFile[] {
  if (!isPdf(bytes)) throw new FormatError('PDF: expected %PDF- at byte 0.', 0);
  if (bytes.length > limits.pdf) throw new FormatError(`PDF: at most ${limits.pdf} bytes are read.`, limits.pdf);
  const text = latin1(bytes);
  const encrypted = text.search(/\/Encrypt(?![A-Za-z])/);
  if (encrypted >= 0) {
    throw new FormatError('PDF: it is encrypted. Save it without a password, or give the attached file.', encrypted);
  }
  const objects = findObjects(bytes, text);
  const found: PdfFile[] = [];
  const taken = new Set<number>();
  for (const { text: object } of objects.values()) {
    if (found.length >= limits.files) break;
    const reference = streamOf(object, objects);
    const stream = reference === undefined ? undefined : objects.get(reference);
    if (reference === undefined || stream?.start === undefined || taken.has(reference)) continue;
    taken.add(reference);
    const start = stream.start;
    const name = shownName(nameOf(object) ?? `attachment ${found.length + 1}`);
    found.push(attempt(name, () => readStreamOf(bytes, text, start)));
  }
  // Those that no specification names, as some writers leave them.
  const known = new Set(found.flatMap((file) => ('bytes' in file ? digestKey(file.bytes) : [])));
  const others = attempt('attachments', () => readAttachments(bytes).map((attachment) => attachment.bytes));
  if ('fault' in others) {
    if (found.length === 0) found.push(others);
    return found;
  }
  for (const other of others.bytes) {
    if (known.has(digestKey(other)) || found.length >= limits.files) continue;
    found.push({ name: `attachment ${found.length + 1}`, bytes: other });
  }
  return found;
}

function findObjects(bytes: Uint8Array, text: string): Objects {
  const objects = new Map<number, { text: string; start: number | undefined }>();
  const heads = /(?<![0-9])(\d{1,7})[ \t\r\n]{1,4}\d{1,5}[ \t\r\n]{1,4}obj(?![A-Za-z])/g;
  let count = 0;
  for (let head = heads.exec(text); head !== null && count < limits.objects; head = heads.exec(text), count++) {
    const start = head.index + head[0].length;
    const limit = text.slice(start, start + limits.dictionary);
    const end = limit.search(/endobj|stream(?=\r?\n)/);
    objects.set(Number(head[1]), { text: end < 0 ? limit : limit.slice(0, end), start });
  }
  let opened = 0;
  for (const { text: dictionary, start } of Array.from(objects.values())) {
    if (start === undefined || opened >= limits.objectStreams || !/\/Type\s*\/ObjStm/.test(dictionary)) continue;
    opened += 1;
    const stream = attempt('', () => readStreamOf(bytes, text, start));
    if ('bytes' in stream) openObjectStream(latin1(stream.bytes), dictionary, objects);
  }
  return objects;
}

/** §7.5.7: `N` pairs of number and offset, then the objects from `First` on. What stands in the clear is not replaced. */
function openObjectStream(
  text: string,
  dictionary: string,
  objects: Map<number, { text: string; start: number | undefined }>,
): void {
  const first = Number(/\/First\s+(\d{1,9})/.exec(dictionary)?.[1] ?? 0);
  const numbers = text.slice(0, first).match(/\d{1,9}/g) ?? [];
  for (let index = 0; index + 1 < numbers.length && objects.size < limits.objects; index += 2) {
    const number = Number(numbers[index]);
    const start = first + Number(numbers[index + 1]);
    const end = numbers[index + 3] === undefined ? text.length : first + Number(numbers[index + 3]);
    const length = Math.min(Math.max(0, end - start), limits.dictionary);
    if (!objects.has(number)) objects.set(number, { text: text.slice(start, start + length), start: undefined });
  }
}

/** The number of the stream that a file specification embeds. */
function streamOf(object: string, objects: Objects): number | undefined {
  const indirect = /\/EF\s+(\d{1,7})\s+\d{1,5}\s+R/.exec(object);
  const files = indirect ? objects.get(Number(indirect[1]))?.text : /\/EF\s*<<([^>]{0,400})>>/.exec(object)?.[1];
  const reference =
    /\/UF\s+(\d{1,7})\s+\d{1,5}\s+R/.exec(files ?? '') ?? /\/F\s+(\d{1,7})\s+\d{1,5}\s+R/.exec(files ?? '');
  return reference ? Number(reference[1]) : undefined;
}

/** Its name: `/UF` before `/F`, as a literal or a hexadecimal string. */
function nameOf(object: string): string | undefined {
  for (const key of ['UF', 'F']) {
    const literal = new RegExp(`/${key}\\s*\\(((?:[^()\\\\]|\\\\[^]){0,400})\\)`).exec(object)?.[1];
    if (literal !== undefined) return textString(literal.replace(/\\([0-7]{3}|[^])/g, unescape));
    const hex = new RegExp(`/${key}\\s*<([0-9A-Fa-f\\s]{2,800})>`).exec(object)?.[1]?.replace(/\s/g, '');
    if (hex !== undefined)
      return textString(hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))));
  }
  return undefined;
}

function unescape(_all: string, what: string): string {
  return what.length === 3 ? String.fromCharCode(Number.parseInt(what, 8) & 255) : what;
}

/** §7.9.2.2: UTF-16 where it begins with its mark, else one byte a character. */
function textString(characters: string): string {
  if (!characters.startsWith('\u00fe\u00ff')) return characters;
  const units = characters.slice(2).match(/[^][^]/g) ?? [];
  return String.fromCharCode(...units.map((unit) => unit.charCodeAt(0) * 256 + unit.charCodeAt(1)));
}

function readStreamOf(bytes: Uint8Array, text: string, start: number): Uint8Array {
  const ahead = text.slice(start, start + limits.dictionary);
  const at = ahead.search(/stream(?=\r?\n)/);
  const end = ahead.indexOf('endobj');
  if (at < 0 || (end >= 0 && end < at)) throw new FormatError(`PDF: expected a stream behind byte ${start}.`, start);
  return readStream(bytes, start + at, ahead.slice(0, at));
}

function attempt<T>(
  name: string,
  read: () => T,
): { readonly name: string; readonly bytes: T } | { readonly name: string; readonly fault: FormatError } {
  try {
    return { name, bytes: read() };
  } catch (error) {
    if (error instanceof FormatError) return { name, fault: error };
    throw error;
  }
}

/** The same stream read twice is the same bytes; told by length and some of them, which only saves showing it twice. */
function digestKey(bytes: Uint8Array): string {
  return `${bytes.length} ${bytes.subarray(0, 64).join()} ${bytes.subarray(-64).join()}`;
}

/** One character a byte, so that places in the text are places in the file. */
function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join('');
}
