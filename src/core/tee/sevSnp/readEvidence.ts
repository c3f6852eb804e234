import { gunzipped } from '../../archive/gunzipped.ts';
import { fromBase64 } from '../../bytes/base64.ts';
import { equalBytes } from '../../bytes/bytes.ts';
import { parseJson, type JsonValue } from '../../bytes/json.ts';
import { unwrapText } from '../../bytes/unwrap.ts';
import type { Content } from '../../kinds/content.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { certificatesIn, certificatesInText } from '../../x509/certificatesIn.ts';
import { parseCertificateTable, type CertificateTable } from './certificateTable.ts';
import { looksLikeReport } from './looksLikeReport.ts';
import { parseReport, SnpFormError } from './parse.ts';
import { reportLength, type SnpReport } from './report.ts';
import { isStructuredReport, writeStructuredReport } from './structuredReport.ts';

/** A report as it was found: in a file of its own, with a certificate table behind it, or as a text inside JSON. */
export interface SnpEvidence {
  readonly report: SnpReport;
  /** What the report's offsets count in: the file's bytes, or those decoded out of it, the report first. */
  readonly object: Uint8Array;
  /** Path of the member that holds it, where it is inside JSON. */
  readonly member?: string;
  readonly table?: CertificateTable;
  /** Those that came with it, in any order. */
  readonly certificates: readonly Certificate[];
}

/** JSON around a report is certificates and some text; more than this is not read. */
export const maximumJsonLength = 1024 * 1024;

/** Behind a report: a certificate table has 4 pages at most. */
export const maximumExtendedLength = 64 * 1024;

/** Texts that are looked at for a certificate or a report. */
const maximumTexts = 256;

/**
 * Finds the report in a file and what certificates come with it.
 * @throws SnpFormError with the rule that is broken, and the offset in the bytes of the report or the text of the JSON.
 */
export async function readEvidence(content: Pick<Content, 'bytes' | 'encoding' | 'text'>): Promise<SnpEvidence> {
  const { bytes, encoding, text } = content;
  if (encoding === 'raw' && text !== undefined && /^\s*[{[]/.test(text)) return readJson(text);
  return readBytes(bytes);
}

function readBytes(bytes: Uint8Array): SnpEvidence {
  if (bytes.length <= reportLength) return { report: parseReport(bytes), object: bytes, certificates: [] };
  if (bytes.length > maximumExtendedLength) {
    const message = `A report with certificates has at most ${maximumExtendedLength} bytes, here are ${bytes.length}.`;
    throw new SnpFormError('length', message, maximumExtendedLength);
  }
  const report = parseReport(bytes.subarray(0, reportLength));
  const table = parseCertificateTable(bytes, reportLength);
  const certificates = table.entries.flatMap(({ certificate }) => (certificate ? [certificate] : []));
  return { report, object: bytes, table, certificates };
}

interface Text {
  readonly path: string;
  readonly value: string | Uint8Array;
}

/**
 * Tools name their members as they like, so what a text holds is known by its content: a report in hex or base64 (gzip taken off), certificates in PEM,
 * hex or base64. Two different reports in one file are refused: two readers could take different ones.
 */
async function readJson(text: string): Promise<SnpEvidence> {
  const json = readValue(text);
  const found: { object: Uint8Array; path: string }[] = [];
  const certificates: Certificate[] = [];
  for (const { path, value } of collect(json)) {
    const object = await reportIn(value);
    if (object) found.push({ object, path });
    else if (typeof value === 'string') certificates.push(...certificatesInText(value));
    else certificates.push(...certificatesInText(new TextDecoder().decode(value)), ...certificatesInBytes(value));
  }
  const [first] = found;
  if (!first) throw new SnpFormError('json', 'The JSON holds no text with an attestation report in it.', 0);
  if (found.some(({ object }) => !equalBytes(object, first.object))) {
    throw new SnpFormError(
      'json',
      `The JSON holds two different reports: ${found.map(({ path }) => path).join(', ')}.`,
      0,
    );
  }
  const evidence = readBytes(first.object);
  return { ...evidence, member: first.path, certificates: [...evidence.certificates, ...certificates] };
}

function readValue(text: string): JsonValue {
  try {
    return parseJson(text, { maximumDepth: 16, maximumLength: maximumJsonLength });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new SnpFormError('json', error.message, error.offset);
  }
}

/** Every text that is long enough to hold something, every list of bytes and every report written field by field, with its path. */
function collect(json: JsonValue): Text[] {
  const found: Text[] = [];
  const visit = (value: JsonValue, path: string): void => {
    if (found.length >= maximumTexts) return;
    if (typeof value === 'string') {
      if (value.length >= 256) found.push({ path, value: plainBase64(value) });
    } else if (Array.isArray(value)) {
      if (value.length >= 256 && value.every(isByte)) found.push({ path, value: Uint8Array.from(value) });
      else for (const [index, item] of value.entries()) visit(item, `${path}[${index}]`);
    } else if (value !== null && typeof value === 'object') {
      if (isStructuredReport(value)) found.push({ path, value: writeStructuredReport(value) });
      else for (const [name, item] of Object.entries(value)) visit(item, path === '' ? name : `${path}.${name}`);
    }
  };
  visit(json, '');
  return found;
}

/** Some tools write base64url with its padding, which is neither of the two forms. */
function plainBase64(text: string): string {
  return /^[\w-]+={1,2}$/.test(text) ? text.replace(/-/g, '+').replace(/_/g, '/') : text;
}

function isByte(value: JsonValue): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}

async function reportIn(value: string | Uint8Array): Promise<Uint8Array | undefined> {
  const bytes = typeof value === 'string' ? decode(value) : value;
  const plain = bytes && ((await gunzipped(bytes, maximumExtendedLength)) ?? bytes);
  return plain && looksLikeReport(plain) ? plain : undefined;
}

function decode(text: string): Uint8Array | undefined {
  const unwrapped = unwrapText(text);
  if (unwrapped || !text.startsWith('H4sI')) return unwrapped?.bytes;
  // Compressed bytes need not look like bytes to `unwrapText`, which leaves words alone.
  try {
    return fromBase64(text);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function certificatesInBytes(bytes: Uint8Array): Certificate[] {
  return certificatesIn({ bytes, encoding: 'hex', text: undefined });
}
