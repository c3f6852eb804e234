import { fromBase64, fromBase64Url } from '../../bytes/base64.ts';
import { fromHex } from '../../bytes/hex.ts';
import { parseJson, type JsonObject, type JsonValue } from '../../bytes/json.ts';
import type { Content } from '../../kinds/content.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { hashById } from './algorithms.ts';
import { isHclReport } from './hclReport.ts';
import { tpmMagic } from './parseQuote.ts';
import { readMessage, type ProtobufField } from './protobuf.ts';

/** Bytes and where they stand: `object` is the file, or something decoded out of it. */
export interface Found {
  readonly bytes: Uint8Array;
  readonly object: Uint8Array;
  readonly offset: number;
}

/** One statement of a TPM with what came for it. */
export interface FoundQuote {
  readonly statement: Found;
  readonly signature?: Found;
  /** Bank and values of the registers, as whoever made the file says: nothing of it is signed by itself. */
  readonly values?: { readonly bank: string; readonly registers: ReadonlyMap<number, Uint8Array> };
}

/** A file taken apart, nothing in it believed yet. */
export interface TpmEvidence {
  readonly form: 'quote' | 'go-tpm-tools' | 'azure' | 'hcl';
  readonly quotes: readonly FoundQuote[];
  /** TPMT_PUBLIC of the attestation key. */
  readonly publicArea?: Found;
  readonly eventLog?: Found;
  readonly hcl?: Found;
  /** DER of certificates for the hardware's key. */
  readonly hardwareCertificates: readonly Uint8Array[];
  /** DER of a certificate that names the attestation key. */
  readonly keyCertificate?: Found;
}

const maximum = { file: 4 * 1024 * 1024, quotes: 16, registers: 32 } as const;

/** Whether a file begins like a statement of a TPM, with or without its length before it. */
export function opensLikeQuote(bytes: Uint8Array): boolean {
  return startsWithMagic(bytes, 0) || (startsWithMagic(bytes, 2) && lengthBefore(bytes) === bytes.length - 2);
}

/** A message whose first field is a key as its TPM describes it, with a statement of a TPM behind it. */
export function opensLikeAttestation(bytes: Uint8Array): boolean {
  const [tag, first, second, third] = bytes;
  if (tag !== 0x0a || first === undefined || second === undefined || third === undefined) return false;
  const at = first < 0x80 ? 2 : 3;
  return (
    bytes[at] === 0 &&
    (bytes[at + 1] === 0x01 || bytes[at + 1] === 0x23) &&
    bytes[at + 2] === 0 &&
    indexOfMagic(bytes) > 0
  );
}

/** The JSON in which Azure's guests carry quote, hardware report and certificate. */
export function opensLikeAzure(text: string | undefined): boolean {
  if (text === undefined || text.length > maximum.file || !/^\s*\{/.test(text)) return false;
  return /"tpm_quote"\s*:/.test(text) && /"hcl_report"\s*:/.test(text);
}

/** @throws FormatError */
export function readEvidence(content: Content): TpmEvidence {
  const { bytes, text } = content;
  if (bytes.length > maximum.file) {
    throw new FormatError(
      `The file has ${bytes.length} bytes; quotes with their logs have at most ${maximum.file}.`,
      maximum.file,
    );
  }
  if (text !== undefined && opensLikeAzure(text)) return readAzure(text);
  if (isHclReport(bytes)) return { form: 'hcl', quotes: [], hcl: whole(bytes), hardwareCertificates: [] };
  if (opensLikeAttestation(bytes)) return readAttestation(bytes);
  const offset = startsWithMagic(bytes, 0) ? 0 : 2;
  const statement = { bytes: bytes.subarray(offset), object: bytes, offset };
  return { form: 'quote', quotes: [{ statement }], hardwareCertificates: [] };
}

/** `Attestation` of google/go-tpm-tools, proto/attest.proto and proto/tpm.proto. */
function readAttestation(bytes: Uint8Array): TpmEvidence {
  const fields = readMessage(bytes);
  const found = (field: ProtobufField | undefined): Found | undefined =>
    field && field.value instanceof Uint8Array
      ? { bytes: field.value, object: bytes, offset: field.offset }
      : undefined;
  const quotes = fields.filter(({ number }) => number === 2);
  if (quotes.length > maximum.quotes)
    throw new FormatError(`Attestation: at most ${maximum.quotes} quotes are read, found ${quotes.length}.`, 0);
  const publicArea = found(only(fields, 1));
  const eventLog = found(only(fields, 3));
  const keyCertificate = found(only(fields, 6));
  return {
    form: 'go-tpm-tools',
    quotes: quotes.map((field) => readQuote(field, bytes)),
    ...(publicArea && { publicArea }),
    ...(eventLog && eventLog.bytes.length > 0 && { eventLog }),
    ...(keyCertificate && keyCertificate.bytes.length > 0 && { keyCertificate }),
    hardwareCertificates: [],
  };
}

function readQuote({ value, offset }: ProtobufField, object: Uint8Array): FoundQuote {
  if (!(value instanceof Uint8Array))
    throw new FormatError(`Attestation: expected a quote at byte ${offset}, found a number.`, offset);
  const fields = readMessage(value, offset);
  const bytesOf = (number: number): Found | undefined => {
    const field = only(fields, number);
    return field?.value instanceof Uint8Array ? { bytes: field.value, object, offset: field.offset } : undefined;
  };
  const statement = bytesOf(1);
  if (!statement)
    throw new FormatError(`Attestation: expected a statement in the quote at byte ${offset}, found none.`, offset);
  const signature = bytesOf(2);
  const values = bytesOf(3);
  return { statement, ...(signature && { signature }), ...(values && { values: readRegisters(values) }) };
}

/** `PCRs`: the bank's algorithm, and a map from number to value. */
function readRegisters({ bytes, offset }: Found): NonNullable<FoundQuote['values']> {
  const fields = readMessage(bytes, offset);
  const bank = hashById(Number(only(fields, 1)?.value ?? 0));
  if (!bank) throw new FormatError(`Attestation: expected a bank that is known at byte ${offset}.`, offset);
  const registers = new Map<number, Uint8Array>();
  for (const entry of fields.filter(({ number }) => number === 2)) {
    const parts = entry.value instanceof Uint8Array ? readMessage(entry.value, entry.offset) : [];
    // A key of zero is left out, as protobuf does with every default.
    const register = Number(only(parts, 1)?.value ?? 0n);
    const value = only(parts, 2)?.value;
    if (
      !(value instanceof Uint8Array) ||
      value.length !== bank.length ||
      register >= maximum.registers ||
      registers.has(register)
    ) {
      throw new FormatError(
        `Attestation: expected a register from 0 to 31, once, with ${bank.length} bytes at byte ${entry.offset}.`,
        entry.offset,
      );
    }
    registers.set(register, value);
  }
  return { bank: bank.name, registers };
}

/** Of fields that must not repeat the usual readers take the last, which lets two readers see two messages: refused. */
function only(fields: readonly ProtobufField[], number: number): ProtobufField | undefined {
  const found = fields.filter((field) => field.number === number);
  const [, second] = found;
  if (second)
    throw new FormatError(
      `Attestation: field ${number} is given twice, again at byte ${second.offset}.`,
      second.offset,
    );
  return found[0];
}

function readAzure(text: string): TpmEvidence {
  const json = parseJson(text, { maximumDepth: 6, maximumLength: maximum.file });
  const outer = objectAt(json, 'the file');
  const evidence = outer['evidence'] === undefined ? outer : objectAt(outer['evidence'], 'evidence');
  const quote = objectAt(evidence['tpm_quote'], 'tpm_quote');
  const message = fromHex(textAt(quote, 'message'));
  const signature = fromHex(textAt(quote, 'signature'));
  const hcl = decoded(textAt(evidence, 'hcl_report'));
  const vcek = evidence['vcek'];
  const pcrs = quote['pcrs'];
  return {
    form: 'azure',
    quotes: [
      {
        statement: whole(message),
        signature: whole(signature),
        ...(Array.isArray(pcrs) && { values: readList(pcrs) }),
      },
    ],
    hcl: whole(hcl),
    hardwareCertificates: typeof vcek === 'string' ? [decoded(vcek)] : [],
  };
}

function readList(list: readonly JsonValue[]): NonNullable<FoundQuote['values']> {
  const values = list.map((value, register): [number, Uint8Array] => {
    const bytes = typeof value === 'string' ? fromHex(value) : undefined;
    if (bytes?.length !== 32 || register >= maximum.registers) {
      throw new FormatError(
        `Azure evidence: expected at most 32 registers of 32 bytes in hex, found another at number ${register}.`,
        0,
      );
    }
    return [register, bytes];
  });
  return { bank: 'sha256', registers: new Map(values) };
}

/** Both alphabets of base64 are in use, with padding and without. */
function decoded(text: string): Uint8Array {
  return /[+/]/.test(text) || (text.endsWith('=') && !/[-_]/.test(text))
    ? fromBase64(text)
    : fromBase64Url(text.replace(/={1,2}$/, ''));
}

function textAt(object: JsonObject, member: string): string {
  const value = object[member];
  if (typeof value !== 'string') throw new FormatError(`Azure evidence: expected "${member}" as text.`, 0);
  return value;
}

function objectAt(value: JsonValue | undefined, what: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FormatError(`Azure evidence: expected an object for ${what}.`, 0);
  }
  return value;
}

function whole(bytes: Uint8Array): Found {
  return { bytes, object: bytes, offset: 0 };
}

function startsWithMagic(bytes: Uint8Array, offset: number): boolean {
  return [24, 16, 8, 0].every((shift, index) => bytes[offset + index] === ((tpmMagic >>> shift) & 0xff));
}

function lengthBefore(bytes: Uint8Array): number {
  return ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
}

/** Within the first kilobytes, where the first quote stands. */
function indexOfMagic(bytes: Uint8Array): number {
  for (let at = 0; at < Math.min(bytes.length, 4096); at++) if (startsWithMagic(bytes, at)) return at;
  return -1;
}
