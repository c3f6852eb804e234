import { ByteReader } from '../../bytes/byteReader.ts';
import { toHex } from '../../bytes/hex.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { parseCertificate } from '../../x509/parse.ts';
import { SnpFormError } from './parse.ts';

/** An entry of a certificate table: what it is called, and where its head and its bytes stand in the file. */
export interface TableEntry {
  readonly name: string;
  readonly headOffset: number;
  readonly offset: number;
  readonly length: number;
  /** Undefined in an entry of something else. */
  readonly certificate?: Certificate;
}

export interface CertificateTable {
  readonly entries: readonly TableEntry[];
  /** Where the heads end, the zero entry included. */
  readonly headEnd: number;
}

/** GUIDs of the GHCB specification (AMD 56421 §4.1.8.1 "SNP Extended Guest Request"), in the order in which they are written down. */
const names: Readonly<Record<string, string>> = {
  '63da758de6644564adc5f4b93be8accd': 'VCEK',
  a8074bc2a25a483eaae639c045a0b8a1: 'VLEK',
  '4ab7b379bbac4fe4a02f05aef327c782': 'ASK',
  c0b406a4a803495297433fb6014cd0ae: 'ARK',
};

const headLength = 24;
const maximumEntries = 16;

/**
 * Reads the certificate table behind a report: heads of GUID, offset and length (from the table's start), ended by one of zeros, then the certificates.
 * It is the host's and not signed: entries stay inside it and do not overlap, what belongs to none is zero. A table of nothing but zeros is empty.
 * @throws SnpFormError with the offset in `bytes`.
 */
export function parseCertificateTable(bytes: Uint8Array, start: number): CertificateTable {
  const reader = new ByteReader(bytes, 'Certificate table', 'little', start);
  const heads: { guid: string; headOffset: number; offset: number; length: number }[] = [];
  for (;;) {
    const headOffset = reader.position;
    if (reader.left < headLength) throw refused('a head of 24 bytes', `${reader.left} bytes`, headOffset);
    const guid = toHex(reader.run(16, 'a GUID'));
    const offset = reader.u32('an offset');
    const length = reader.u32('a length');
    if (/^0+$/.test(guid) && offset === 0 && length === 0) break;
    if (heads.length === maximumEntries) throw refused(`at most ${maximumEntries} entries`, 'more', headOffset);
    heads.push({ guid, headOffset, offset: start + offset, length });
  }
  const headEnd = reader.position;
  let end = headEnd;
  for (const { headOffset, offset, length } of heads.toSorted((one, other) => one.offset - other.offset)) {
    if (offset < end)
      throw refused('an entry behind the heads and the one before it', `it at byte ${offset}`, headOffset);
    if (offset + length > bytes.length) throw refused('an entry inside of the file', 'its end beyond', headOffset);
    requireZeros(bytes, end, offset);
    end = offset + length;
  }
  requireZeros(bytes, end, bytes.length);
  return {
    headEnd,
    entries: heads.map(({ guid, ...place }) => readEntry(bytes, names[guid] ?? names[swapped(guid)], place)),
  };
}

function readEntry(
  bytes: Uint8Array,
  name: string | undefined,
  place: Omit<TableEntry, 'name' | 'certificate'>,
): TableEntry {
  if (!name) return { ...place, name: 'other' };
  try {
    return { ...place, name, certificate: parseCertificate(bytes.subarray(place.offset, place.offset + place.length)) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new SnpFormError(
      'certificates',
      `The ${name} in the certificate table cannot be read. ${error.message}`,
      place.offset + error.offset,
    );
  }
}

/** Some tools write the first three parts of a GUID with the least byte first. */
function swapped(guid: string): string {
  const reverse = (part: string): string => (part.match(/../g) ?? []).toReversed().join('');
  return reverse(guid.slice(0, 8)) + reverse(guid.slice(8, 12)) + reverse(guid.slice(12, 16)) + guid.slice(16);
}

function requireZeros(bytes: Uint8Array, from: number, to: number): void {
  const found = bytes.subarray(from, to).findIndex((byte) => byte !== 0);
  if (found >= 0) throw refused('zeros where no entry is', 'something else', from + found);
}

function refused(expected: string, found: string, offset: number): SnpFormError {
  return new SnpFormError(
    'certificates',
    `Certificate table: expected ${expected} at byte ${offset}, found ${found}.`,
    offset,
  );
}
