import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { encodeCbor } from '../bytes/cbor.ts';
import { CborReader } from '../bytes/cborReader.ts';
import { sha3 } from '../bytes/hash.ts';
import { AuditorError, FormatError } from '../verdict/auditorError.ts';
import { combine, determinant, type Sources, type Vector } from './gf256.ts';
import { limits } from './limits.ts';

/** Shards of an object (n), one a bucket, in the writer's order of the buckets. */
export const shardCount = 6;
/** Shards that give the object back (k), and pieces it is cut into. */
export const pieceCount = 3;

/** `shard = [1, object: bstr32, length: uint, coefficients: bstr3, payload: bstr]`; nothing in it is signed. */
export interface Shard {
  /** H(object bytes), as the shard says. */
  readonly object: Uint8Array;
  /** Length of the object in bytes, as the shard says. */
  readonly length: number;
  readonly coefficients: Vector;
  /** The combination of the pieces, `ceil(length / 3)` bytes: a view on the shard's bytes. */
  readonly payload: Uint8Array;
}

/** Every choice of three of six, in lexicographic order. */
export const triples: readonly (readonly [number, number, number])[] = chooseThree(shardCount);

function chooseThree(count: number): [number, number, number][] {
  const chosen: [number, number, number][] = [];
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) for (let c = b + 1; c < count; c++) chosen.push([a, b, c]);
  }
  return chosen;
}

/** Length of each piece, and of each shard's payload. */
export function pieceLength(objectLength: number): number {
  return Math.ceil(objectLength / pieceCount);
}

/**
 * The six coefficient vectors that a writer uses for an object (CHAIN.md 16): fixed by its hash, so that a retry after a crash writes
 * identical bytes. Readers take the header's instead.
 * @param object H(object bytes), 32 bytes
 */
export function coefficientsFor(object: Uint8Array): Vector[] {
  if (object.length !== 32) {
    throw new AuditorError('internal', 'SHARD_OBJECT', `An object's hash has 32 bytes, not ${object.length}.`);
  }
  const input = concatBytes(utf8('affidavit/rlnc/1'), object, new Uint8Array(5));
  const view = new DataView(input.buffer);
  const indexAt = input.length - 5;
  for (let counter = 0; ; counter++) {
    view.setUint32(indexAt + 1, counter);
    const vectors = Array.from({ length: shardCount }, (_, index) => {
      view.setUint8(indexAt, index);
      return sha3(input).slice(0, pieceCount);
    });
    // About one set in twelve has a dependent triple, so a second or third draw is rare and a hundredth does not happen.
    if (triples.every(([a, b, c]) => determinant(vectors[a]!, vectors[b]!, vectors[c]!) !== 0)) return vectors;
  }
}

/**
 * The six shards of an object, encoded; the same bytes every time.
 * @throws AuditorError (usage) for an empty object or one above the bound of CHAIN.md 19.
 */
export function encodeShards(objectBytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
  const length = objectBytes.length;
  if (length < 1 || length > limits.object) {
    throw new AuditorError(
      'usage',
      'SHARD_LENGTH',
      `An object to be stored has 1 to ${limits.object} bytes, not ${length}.`,
    );
  }
  const object = sha3(objectBytes);
  const vectors = coefficientsFor(object) as [Vector, Vector, Vector, Vector, Vector, Vector];
  const size = pieceLength(length);
  const pieces = cutIntoPieces(objectBytes, size);
  const payloads = Array.from({ length: shardCount }, () => new Uint8Array(size));
  const [p0, p1, p2, p3, p4, p5] = payloads as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  combine([vectors[0], vectors[1], vectors[2]], pieces, [p0, p1, p2]);
  combine([vectors[3], vectors[4], vectors[5]], pieces, [p3, p4, p5]);
  return payloads.map((payload, index) => encodeCbor([1, object, length, vectors[index]!, payload]));
}

/** Views on the object, or copies filled up with zeros where it ends within a piece. */
function cutIntoPieces(bytes: Uint8Array, size: number): Sources {
  const cut = (index: number) => {
    const piece = bytes.subarray(index * size, (index + 1) * size);
    if (piece.length === size) return piece;
    const padded = new Uint8Array(size);
    padded.set(piece);
    return padded;
  };
  return [cut(0), cut(1), cut(2)];
}

/**
 * A shard as one bucket gave it. Nothing is allocated by what its fields say; the payload is a view.
 * @throws FormatError with the offset of whatever is not as CHAIN.md 17 and 19 want it.
 */
export function parseShard(bytes: Uint8Array): Shard {
  const reader = new CborReader(bytes, { maximumDepth: 1, maximumLength: limits.shard, canonical: true });
  const fields = reader.readArrayHeader();
  if (fields !== 5) throw fault('an array of five', `one of ${fields}`, 0);
  const versionAt = reader.offset;
  const version = reader.readUint();
  if (version !== 1) throw fault('version 1', `version ${version}`, versionAt);
  const object = readBytes(reader, 'the object hash', 32);
  const lengthAt = reader.offset;
  const length = reader.readUint();
  if (length < 1 || length > limits.object) {
    throw fault(`an object length from 1 to ${limits.object}`, `${length}`, lengthAt);
  }
  const coefficients = readBytes(reader, 'the coefficients', pieceCount);
  const payload = readBytes(reader, 'the payload', pieceLength(length));
  reader.finish();
  return { object, length, coefficients, payload };
}

function readBytes(reader: CborReader, what: string, length: number): Uint8Array {
  const offset = reader.offset;
  const { bytes } = reader.readBytes();
  if (bytes.length !== length) throw fault(`${length} bytes of ${what}`, `${bytes.length}`, offset);
  return bytes;
}

function fault(expected: string, found: string, offset: number): FormatError {
  return new FormatError(`Shard: expected ${expected} at byte ${offset}, found ${found}.`, offset);
}
