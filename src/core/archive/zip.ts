import { equalBytes } from '../bytes/bytes.ts';
import type { Source } from '../kinds/source.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { crc32 } from './crc32.ts';
import { inflateStream } from './inflateStream.ts';
import { archiveLimits, type Budget } from './limits.ts';
import { decodeName, shownName } from './shownName.ts';

/** An entry of a ZIP archive, as its central directory names it. */
export interface ZipEntry {
  /** As it may be shown. */
  readonly name: string;
  readonly nameBytes: Uint8Array;
  readonly isFolder: boolean;
  readonly isLink: boolean;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedLength: number;
  readonly length: number;
  /** Of its local header. */
  readonly offset: number;
  /** Where the next thing in the archive begins: what belongs to this entry ends there, so that no two entries share bytes. */
  readonly end: number;
}

const endLength = 22;
const centralLength = 46;
const localLength = 30;

/**
 * The central directory of a ZIP archive (PKWARE APPNOTE 6.3.10 §4.3), read from its end. What the local headers say counts nowhere on its own: they must agree.
 * @throws FormatError for what is no such archive, has several parts, is in the 64-bit form, or has too many entries
 */
export async function readZipDirectory(source: Source): Promise<readonly ZipEntry[]> {
  const tailLength = Math.min(source.size, endLength + 65_535);
  const tailStart = source.size - tailLength;
  const tail = await source.read(tailStart, tailLength);
  const at = findEnd(tail);
  if (at < 0) throw new FormatError('ZIP: no end of a central directory was found; it may be cut off.', source.size);
  const end = view(tail, at, endLength);
  const count = end.getUint16(10, true);
  const size = end.getUint32(12, true);
  const start = end.getUint32(16, true);
  if (count === 0xffff || size === 0xffffffff || start === 0xffffffff) {
    throw new FormatError('ZIP: the 64-bit form is not read. Pack fewer or smaller files.', tailStart + at);
  }
  if (end.getUint16(4, true) !== 0 || end.getUint16(6, true) !== 0 || end.getUint16(8, true) !== count) {
    throw new FormatError('ZIP: archives in several parts are not read.', tailStart + at);
  }
  if (count > archiveLimits.entries) {
    throw new FormatError(`ZIP: it has ${count} entries, of which at most ${archiveLimits.entries} are read.`, 0);
  }
  if (start + size !== tailStart + at) {
    throw new FormatError(
      `ZIP: the central directory was expected to end at byte ${tailStart + at}, found ${start + size}.`,
      start,
    );
  }
  // 4096 entries with the longest names, extra fields and comments there are.
  if (size > 64 * 1024 * 1024) throw new FormatError('ZIP: its central directory is too long.', start);
  return readEntries(await source.read(start, size), start, count);
}

/** The bytes of one entry, taken from the budget. @throws FormatError in words for what cannot be read of it; TooMuchError where it is more than it said */
export async function readZipEntry(
  source: Source,
  entry: ZipEntry,
  budget: Budget,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { offset, end, packedLength, length, method } = entry;
  if (entry.isLink) throw new FormatError('It is a link to another file, which is not followed.', offset);
  if (entry.flags & 0x2041) throw new FormatError('It is encrypted. Unpack the archive and give the files.', offset);
  if (method !== 0 && method !== 8) {
    throw new FormatError(`It is packed with method ${method}, of which 0 and 8 (DEFLATE) are read.`, offset);
  }
  if (method === 0 && packedLength !== length) {
    throw new FormatError(`It is stored as it is, yet ${packedLength} bytes are said to be ${length}.`, offset);
  }
  if (length > archiveLimits.free && length > packedLength * archiveLimits.ratio) {
    throw new FormatError(`It says that ${packedLength} bytes become ${length}, which is refused.`, offset);
  }
  if (length > budget.bytes)
    throw new FormatError(`With it more than ${archiveLimits.total} bytes would come out.`, offset);
  if (offset + localLength > end) throw new FormatError('ZIP: its local header is cut off.', offset);
  const header = await source.read(offset, Math.min(end - offset, localLength + 65_535));
  const local = view(header, 0, localLength);
  if (local.getUint32(0, true) !== 0x04034b50)
    throw new FormatError('ZIP: no local header is where it should be.', offset);
  const nameLength = local.getUint16(26, true);
  const start = offset + localLength + nameLength + local.getUint16(28, true);
  const name = header.subarray(localLength, localLength + nameLength);
  const agrees =
    (local.getUint16(6, true) & 9) === (entry.flags & 9) &&
    local.getUint16(8, true) === method &&
    equalBytes(name, entry.nameBytes) &&
    (entry.flags & 8 ||
      (local.getUint32(14, true) === entry.crc &&
        local.getUint32(18, true) === packedLength &&
        local.getUint32(22, true) === length));
  if (!agrees) throw new FormatError('ZIP: its two headers contradict each other.', offset);
  if (start + packedLength > end)
    throw new FormatError('ZIP: it is cut off, or shares bytes with another entry.', start);
  const packed = await source.read(start, packedLength);
  const bytes = method === 0 ? packed : await inflateStream(packed, 'deflate-raw', length, signal);
  if (bytes.length !== length)
    throw new FormatError(`It was said to have ${length} bytes, found ${bytes.length}.`, start);
  if (crc32(bytes) !== entry.crc) throw new FormatError('Its check sum is wrong: the archive is damaged.', start);
  budget.bytes -= length;
  return bytes;
}

function readEntries(directory: Uint8Array, start: number, count: number): readonly ZipEntry[] {
  const entries: Omit<ZipEntry, 'end'>[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    const place = start + at;
    if (at + centralLength > directory.length) throw new FormatError('ZIP: the central directory is cut off.', place);
    const header = view(directory, at, centralLength);
    if (header.getUint32(0, true) !== 0x02014b50) throw new FormatError('ZIP: expected the next entry.', place);
    const nameEnd = at + centralLength + header.getUint16(28, true);
    const next = nameEnd + header.getUint16(30, true) + header.getUint16(32, true);
    if (next > directory.length) throw new FormatError('ZIP: the central directory is cut off.', place);
    const nameBytes = directory.slice(at + centralLength, nameEnd);
    const name = decodeName(nameBytes);
    // Unix writes its file mode into the upper half; the kind of a file is in its top four bits.
    const mode = header.getUint8(5) === 3 ? header.getUint32(38, true) >>> 28 : 0;
    entries.push({
      name: shownName(name),
      nameBytes,
      isFolder: /[/\\]$/.test(name),
      isLink: mode === 0xa,
      flags: header.getUint16(8, true),
      method: header.getUint16(10, true),
      crc: header.getUint32(16, true),
      packedLength: header.getUint32(20, true),
      length: header.getUint32(24, true),
      offset: header.getUint32(42, true),
    });
    at = next;
  }
  if (at !== directory.length)
    throw new FormatError('ZIP: the central directory has more than its entries.', start + at);
  const offsets = entries.map(({ offset }) => offset).sort((a, b) => a - b);
  const next = new Map(offsets.map((offset, index) => [offset, offsets[index + 1] ?? start]));
  if (next.size < entries.length) throw new FormatError('ZIP: two entries share the same bytes.', start);
  return entries.map((entry) => ({ ...entry, end: Math.min(next.get(entry.offset) ?? start, start) }));
}

/** The last place where the end record stands with a comment of exactly the length that is left. */
function findEnd(tail: Uint8Array): number {
  for (let at = tail.length - endLength; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail[at + 1] !== 0x4b || tail[at + 2] !== 5 || tail[at + 3] !== 6) continue;
    if (at + endLength + view(tail, at, endLength).getUint16(20, true) === tail.length) return at;
  }
  return -1;
}

/** @throws FormatError where the file is shorter than it was said to be */
function view(bytes: Uint8Array, at: number, length: number): DataView {
  if (at + length > bytes.length) throw new FormatError('ZIP: it is cut off.', bytes.length);
  return new DataView(bytes.buffer, bytes.byteOffset + at, length);
}
