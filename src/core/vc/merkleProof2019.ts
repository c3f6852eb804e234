import { CborReader } from '../bytes/cborReader.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fromBase58 } from './base58.ts';
import { maximumAnchors, maximumPath, type Anchor, type MerkleProof, type MerkleStep } from './merkleProof.ts';

const maximumLength = 16 * 1024;

/** Keys of the pairs, by their numbers (Keymap of lds-merkle-proof-2019). */
const key = { root: 0, target: 1, anchors: 2, path: 3 } as const;

/**
 * Reads the `proofValue` of a MerkleProof2019: multibase `z`, and in it CBOR with every map written as a list of pairs. A hash is 32 bytes, or (in all that
 * Python issued) a CBOR text of 64 hex digits inside a byte string. @throws FormatError with the offset in the CBOR.
 */
export function parseMerkleProof2019(proofValue: string): MerkleProof {
  if (!proofValue.startsWith('z')) {
    throw new FormatError(
      `MerkleProof2019: expected "z" before base58, found ${JSON.stringify(proofValue.slice(0, 1))}.`,
      0,
    );
  }
  const reader = new CborReader(fromBase58(proofValue.slice(1)), { maximumDepth: 8, maximumLength, canonical: true });
  let root: Uint8Array | undefined;
  let target: Uint8Array | undefined;
  let path: readonly MerkleStep[] | undefined;
  let anchors: readonly Anchor[] | undefined;
  const count = list(reader, 4);
  for (let index = 0; index < count; index++) {
    const offset = reader.offset;
    pair(reader);
    const name = reader.readUint();
    const once = (value: unknown): void => {
      if (value !== undefined) throw reader.fault('each part of the proof once', `part ${name} again`, offset);
    };
    if (name === key.root) {
      once(root);
      root = readHash(reader);
    } else if (name === key.target) {
      once(target);
      target = readHash(reader);
    } else if (name === key.path) {
      once(path);
      path = many(reader, maximumPath, readStep);
    } else if (name === key.anchors) {
      once(anchors);
      anchors = many(reader, maximumAnchors, readAnchor);
    } else {
      throw reader.fault('a part of the proof, 0 to 3', String(name), offset);
    }
  }
  reader.finish();
  if (!root || !target || !path || !anchors?.length) {
    throw new FormatError('MerkleProof2019: expected a root, a target, a path and at least one anchor.', 0);
  }
  return { root, target, path, anchors };
}

function list(reader: CborReader, maximum: number): number {
  const offset = reader.offset;
  const count = reader.readArrayHeader();
  if (count > maximum) throw reader.fault(`a list of at most ${maximum}`, String(count), offset);
  return count;
}

function pair(reader: CborReader): void {
  const offset = reader.offset;
  const count = reader.readArrayHeader();
  if (count !== 2) throw reader.fault('a pair', `a list of ${count}`, offset);
}

function many<T>(reader: CborReader, maximum: number, read: (reader: CborReader) => T): readonly T[] {
  return Array.from({ length: list(reader, maximum) }, () => read(reader));
}

/** `[side, hash]`: 0 is left, 1 is right. */
function readStep(reader: CborReader): MerkleStep {
  pair(reader);
  const offset = reader.offset;
  const side = reader.readUint();
  if (side > 1) throw reader.fault('a side, 0 or 1', String(side), offset);
  return { side: side === 0 ? 'left' : 'right', hash: readHash(reader) };
}

/** `[[0, chain], [1, network], [2, transaction]]`. */
function readAnchor(reader: CborReader): Anchor {
  const offset = reader.offset;
  const found = new Map<number, number | string>();
  const count = list(reader, 3);
  for (let index = 0; index < count; index++) {
    pair(reader);
    const name = reader.readUint();
    if (name > 2 || found.has(name)) throw reader.fault('chain, network and transaction once each', String(name));
    found.set(name, readAnchorValue(reader));
  }
  const [chain, network, transaction] = [found.get(0), found.get(1), found.get(2)];
  if (chain === undefined) throw reader.fault('the chain of an anchor', 'none', offset);
  if (typeof transaction === 'number') throw reader.fault('a transaction as text', 'a number', offset);
  return { chain, network: network ?? '', transaction };
}

function shortText(reader: CborReader): string {
  const offset = reader.offset;
  const text = reader.readText();
  if (text.length > 512) throw reader.fault('a text of at most 512 characters', String(text.length), offset);
  return text;
}

/** A number, a text, or a text or bytes as CBOR inside a byte string. */
function readAnchorValue(reader: CborReader): number | string {
  const type = reader.peekType();
  if (type === 'text') return shortText(reader);
  if (type !== 'bytes') return reader.readInt();
  const value = unwrapped(reader, reader.offset);
  return typeof value === 'string' ? value : toHex(value);
}

function readHash(reader: CborReader): Uint8Array {
  const offset = reader.offset;
  const value = unwrapped(reader, offset);
  if (typeof value !== 'string' && value.length === 32) return value.slice();
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return fromHex(value);
  throw reader.fault('a hash of 32 bytes or 64 hex digits', `${value.length} of them`, offset);
}

/** What a byte string holds: 32 bytes as they are, else one CBOR text or byte string. */
function unwrapped(reader: CborReader, offset: number): string | Uint8Array {
  const { bytes } = reader.readBytes();
  if (bytes.length === 32) return bytes;
  if (bytes.length > 600) throw reader.fault('at most 600 bytes', String(bytes.length), offset);
  const inner = new CborReader(bytes, { maximumDepth: 1, maximumLength, canonical: true });
  const value = inner.peekType() === 'bytes' ? inner.readBytes().bytes : inner.readText();
  inner.finish();
  return value;
}
