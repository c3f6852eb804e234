import type { Source } from '../../kinds/source.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import {
  headerLength,
  maximumMetadataLength,
  maximumSections,
  maximumSignatureLength,
  sectionHeaderLength,
  sectionTypes,
  type EifImage,
  type EifSection,
  type EifSectionType,
} from './image.ts';

const arm64 = 1;

/**
 * Reads the headers of an enclave image, versions 2 to 4. AWS's own reader walks the sections one after the other to the end of the file and ignores
 * the table in the header; QEMU follows the table. An image in which the two differ would be measured as one thing and loaded as
 * another, so they must agree: sections in the order of the table, without gaps, to the very end.
 * @throws FormatError with the offset in the file; AuditorError `source` where the file cannot be read.
 */
export async function parseEif(source: Source): Promise<EifImage> {
  if (source.size < headerLength) {
    throw new FormatError(`EIF: expected a header of ${headerLength} bytes, found ${source.size}.`, source.size);
  }
  const header = await readExactly(source, 0, headerLength);
  const view = new DataView(header.buffer, header.byteOffset, headerLength);
  if (view.getUint32(0) !== 0x2e656966) throw new FormatError('EIF: expected ".eif" at byte 0.', 0);
  const version = view.getUint16(4);
  if (version < 2 || version > 4) throw fault(4, 'a version from 2 to 4', version);
  const flags = view.getUint16(6);
  if ((flags & ~arm64) !== 0) throw fault(6, 'no flag but that of the processor (1)', flags);
  const count = view.getUint16(26);
  if (count === 0 || count > maximumSections) throw fault(26, `1 to ${maximumSections} sections`, count);
  const sections: EifSection[] = [];
  let offset = headerLength;
  for (let index = 0; index < count; index++) {
    const section = await readSection(source, view, index, offset);
    sections.push(section);
    offset += sectionHeaderLength + section.size;
  }
  if (offset !== source.size) {
    const left = source.size - offset;
    throw fault(offset, 'the end behind the last section', `${left} more ${left === 1 ? 'byte' : 'bytes'}`);
  }
  checkTypes(sections);
  return {
    version,
    architecture: flags & arm64 ? 'aarch64' : 'x86_64',
    defaultMemory: view.getBigUint64(8),
    defaultProcessors: view.getBigUint64(16),
    crc: view.getUint32(544),
    sections,
    header,
    size: source.size,
  };
}

/** @throws AuditorError `source` where fewer bytes come than were there when the file was opened, or none */
export async function readExactly(source: Source, offset: number, length: number): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await source.read(offset, length);
  } catch (cause) {
    if (cause instanceof AuditorError || (cause instanceof Error && cause.name === 'AbortError')) throw cause;
    throw unreadable(offset, { cause });
  }
  if (bytes.length !== length) throw unreadable(offset);
  return bytes;
}

function unreadable(offset: number, options?: ErrorOptions): AuditorError {
  const words = `The file could not be read at byte ${offset}: it was changed or taken away meanwhile. Give it again.`;
  return new AuditorError('source', 'FILE_CHANGED', words, options);
}

async function readSection(source: Source, table: DataView, index: number, offset: number): Promise<EifSection> {
  const tableAt = 28 + 8 * index;
  const stated = table.getBigUint64(tableAt);
  if (stated !== BigInt(offset)) {
    throw fault(tableAt, `section ${index + 1} at byte ${offset}, where the one before it ends`, stated);
  }
  if (source.size - offset < sectionHeaderLength) throw fault(offset, `section ${index + 1}`, 'the end');
  const header = await readExactly(source, offset, sectionHeaderLength);
  const view = new DataView(header.buffer, header.byteOffset, sectionHeaderLength);
  const number = view.getUint16(0);
  const type = sectionTypes[number - 1];
  if (!type) throw fault(offset, `a type of section from 1 to ${sectionTypes.length}`, number);
  if (view.getUint16(2) !== 0) throw fault(offset + 2, 'no flags of a section', view.getUint16(2));
  const size = view.getBigUint64(4);
  const left = source.size - offset - sectionHeaderLength;
  if (size > BigInt(left)) throw fault(offset + 4, `a section of at most the ${left} bytes that are left`, size);
  const statedSize = table.getBigUint64(284 + 8 * index);
  // AWS's own tool writes a new signature over an old one and forgets its size here; the signature is not measured.
  if (statedSize !== size && type !== 'signature') {
    throw fault(284 + 8 * index, `the size of section ${index + 1}, ${size}`, statedSize);
  }
  checkLength(type, Number(size), offset + 4);
  return { type, offset, size: Number(size), statedSize: Number(statedSize) };
}

function checkLength(type: EifSectionType, size: number, offset: number): void {
  const limit =
    type === 'signature'
      ? maximumSignatureLength
      : type === 'metadata'
        ? maximumMetadataLength
        : Number.MAX_SAFE_INTEGER;
  if (size > limit) throw fault(offset, `at most ${limit} bytes of ${type}`, size);
}

function checkTypes(sections: readonly EifSection[]): void {
  for (const type of sectionTypes) {
    const found = sections.filter((section) => section.type === type);
    const second = found[1];
    if (second && type !== 'ramdisk') throw fault(second.offset, `one section of type ${type}`, 'another');
    if (found.length === 0 && type !== 'signature' && type !== 'metadata') {
      throw new FormatError(`EIF: expected a section of type ${type}, found none.`, headerLength);
    }
  }
}

function fault(offset: number, expected: string, found: number | bigint | string): FormatError {
  return new FormatError(`EIF: expected ${expected} at byte ${offset}, found ${found}.`, offset);
}
