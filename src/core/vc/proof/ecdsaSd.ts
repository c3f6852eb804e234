import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64Url, toBase64Url } from '../../bytes/base64.ts';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { CborReader } from '../../bytes/cborReader.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { canonicalQuads } from '../canonicalQuads.ts';
import { text } from '../credential.ts';
import { keyOfCodec, type ProofKey } from './key.ts';
import { disclosedStatements, hmacNames, issuedStatements, type Statements } from './selective.ts';
import { proofOptions, type SuiteInput } from './suites.ts';
import { verify } from './verify.ts';

const maximum = { value: 1024 * 1024, statements: 4096 } as const;

interface Read {
  readonly baseSignature: Uint8Array;
  /** Made for this one proof: its signatures are the statements'. */
  readonly proofKey: Uint8Array;
  readonly signatures: readonly Uint8Array[];
  readonly rest:
    | { readonly base: true; readonly hmacKey: Uint8Array; readonly pointers: readonly string[] }
    | { readonly base: false; readonly labels: ReadonlyMap<string, string>; readonly mandatory: readonly number[] };
}

/**
 * ecdsa-sd-2023 (VC-DI-ECDSA §3.6), as issued (base proof) and as shown with some statements left out (derived proof): the issuer's P-256 key signs what is always
 * disclosed and a key of the proof's own, which signs each further statement.
 */
export async function ecdsaSd(input: SuiteInput): Promise<boolean> {
  const { key, proof, document, source, signal } = input;
  if (key.curve !== 'P-256') throw fault(`a key of P-256, found one of ${key.curve}`);
  const read = readValue(proof);
  const proofKey: ProofKey = keyOfCodec(read.proofKey);
  if (proofKey.curve !== 'P-256') throw fault('a proof’s own key of P-256');
  const options = await canonicalQuads(proofOptions(proof, document, true), source, signal, { safe: true });
  const { all, mandatory } = await statementsOf(input, read);
  const fixed = new Set(mandatory);
  const free = all.filter((_, place) => !fixed.has(place));
  if (free.length !== read.signatures.length) return false;
  const mandatoryHash = sha256(utf8([...fixed].map((place) => all[place]).join('')));
  const base = concatBytes(sha256(utf8(options)), read.proofKey, mandatoryHash);
  if (!(await verify(key, base, read.baseSignature))) return false;
  for (const [at, line] of free.entries()) {
    if (!(await verify(proofKey, utf8(line), read.signatures[at] as Uint8Array))) return false;
  }
  return true;
}

function statementsOf(input: SuiteInput, { rest }: Read): Promise<Statements> {
  return rest.base
    ? issuedStatements(input, hmacNames(rest.hmacKey), rest.pointers)
    : disclosedStatements(input, rest.labels, rest.mandatory);
}

function readValue(proof: JsonObject): Read {
  const value = text(proof, 'proofValue') ?? '';
  if (!value.startsWith('u') || value.length > maximum.value) throw fault('base64url behind u as “proofValue”');
  const bytes = fromBase64Url(value.slice(1));
  if (bytes[0] !== 0xd9 || bytes[1] !== 0x5d || (bytes[2] !== 0 && bytes[2] !== 1))
    throw fault('a proof of ecdsa-sd-2023');
  const reader = new CborReader(bytes.subarray(3), { maximumDepth: 4 });
  if (reader.readArrayHeader() !== 5) throw fault('five parts');
  const baseSignature = sized(reader, 64);
  const proofKey = sized(reader, 35);
  if (bytes[2] === 0) {
    const hmacKey = sized(reader, 32);
    const signatures = list(reader, () => sized(reader, 64));
    const pointers = list(reader, () => reader.readText());
    reader.finish();
    return { baseSignature, proofKey, signatures, rest: { base: true, hmacKey, pointers } };
  }
  const signatures = list(reader, () => sized(reader, 64));
  const count = reader.readMapHeader();
  if (count > maximum.statements) throw fault(`at most ${maximum.statements} names`);
  const labels = new Map<string, string>();
  for (let index = 0; index < count; index += 1) {
    const name = `c14n${reader.readUint()}`;
    if (labels.has(name)) throw fault('each name once');
    labels.set(name, `u${toBase64Url(sized(reader, 32))}`);
  }
  const mandatory = list(reader, () => reader.readUint());
  reader.finish();
  if (new Set(labels.values()).size !== labels.size) throw fault('a name of its own for each node');
  if (new Set(mandatory).size !== mandatory.length) throw fault('each place once');
  return { baseSignature, proofKey, signatures, rest: { base: false, labels, mandatory } };
}

function sized(reader: CborReader, length: number): Uint8Array {
  const { bytes } = reader.readBytes();
  if (bytes.length !== length) throw fault(`${length} bytes, found ${bytes.length}`);
  return bytes;
}

function list<T>(reader: CborReader, read: () => T): T[] {
  const count = reader.readArrayHeader();
  if (count > maximum.statements) throw fault(`at most ${maximum.statements} entries`);
  return Array.from({ length: count }, read);
}

function fault(expected: string): FormatError {
  return new FormatError(`ecdsa-sd-2023: expected ${expected}.`, 0);
}
