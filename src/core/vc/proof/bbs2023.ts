import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64Url } from '../../bytes/base64.ts';
import { concatBytes, equalBytes, utf8 } from '../../bytes/bytes.ts';
import { CborReader } from '../../bytes/cborReader.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { canonicalQuads } from '../canonicalQuads.ts';
import { text } from '../credential.ts';
import { verifyBbsProof, verifyBbsSignature } from './bbs.ts';
import { disclosedStatements, issuedStatements, shuffledNames } from './selective.ts';
import { proofOptions, UnknownVariant, type SuiteInput } from './suites.ts';

const maximum = { value: 1024 * 1024, statements: 4096 } as const;

/**
 * bbs-2023 (VC-DI-BBS §3.3), baseline: one BBS signature over all statements, as issued (base proof) or shown as a proof of knowledge of it with some left out
 * (derived proof). Holder binding and pseudonyms (further headers) are not verified.
 */
export async function bbs2023({ key, proof, document, source, signal }: SuiteInput): Promise<boolean> {
  if (key.curve !== 'BLS12-381-G2') throw fault(`a key of BLS12-381 G2, found one of ${key.curve}`);
  const value = text(proof, 'proofValue') ?? '';
  if (!value.startsWith('u') || value.length > maximum.value) throw fault('base64url behind u as “proofValue”');
  const bytes = fromBase64Url(value.slice(1));
  const [first, second, variant = 0] = bytes;
  if (first !== 0xd9 || second !== 0x5d || variant < 2 || variant > 9) throw fault('a proof of bbs-2023');
  if (variant > 3)
    throw new UnknownVariant('It is bound to a holder or a pseudonym; bbs-2023 is verified here without these.');
  const reader = new CborReader(bytes.subarray(3), { maximumDepth: 4 });
  if (reader.readArrayHeader() !== 5) throw fault('five parts');
  const input = { key, proof, document, source, signal };
  const options = await canonicalQuads(proofOptions(proof, document, true), source, signal, { safe: true });
  const headerOf = (mandatory: readonly string[]): Uint8Array =>
    concatBytes(sha256(utf8(options)), sha256(utf8(mandatory.join(''))));

  if (variant === 2) {
    const [signature, header, publicKey, hmacKey] = [80, 64, 96, 32].map((length) => sized(reader, length)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const pointers = list(reader, () => reader.readText());
    reader.finish();
    const { all, mandatory } = await issuedStatements(input, shuffledNames(hmacKey), pointers);
    const split = divided(all, mandatory);
    if (!equalBytes(publicKey, key.bytes) || !equalBytes(header, headerOf(split.mandatory))) return false;
    return verifyBbsSignature({ publicKey: key.bytes, header, messages: split.free }, signature);
  }
  const { bytes: shown } = reader.readBytes();
  const count = reader.readMapHeader();
  if (count > maximum.statements) throw fault(`at most ${maximum.statements} names`);
  const labels = new Map<string, string>();
  for (let index = 0; index < count; index += 1) {
    const name = `c14n${reader.readUint()}`;
    if (labels.has(name)) throw fault('each name once');
    labels.set(name, `b${reader.readUint()}`);
  }
  if (new Set(labels.values()).size !== labels.size) throw fault('a name of its own for each node');
  const mandatory = list(reader, () => reader.readUint());
  const places = list(reader, () => reader.readUint());
  const { bytes: presentation } = reader.readBytes();
  reader.finish();
  if (new Set(mandatory).size !== mandatory.length) throw fault('each place once');
  const statements = await disclosedStatements(input, labels, mandatory);
  const split = divided(statements.all, statements.mandatory);
  const header = headerOf(split.mandatory);
  return verifyBbsProof({ publicKey: key.bytes, header, messages: split.free }, shown, places, presentation);
}

function divided(all: readonly string[], mandatory: readonly number[]) {
  const fixed = new Set(mandatory);
  return {
    mandatory: mandatory.map((place) => all[place] ?? ''),
    free: all.filter((_, place) => !fixed.has(place)).map(utf8),
  };
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
  return new FormatError(`bbs-2023: expected ${expected}.`, 0);
}
