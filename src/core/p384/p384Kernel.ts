import { basePoint, n, p, type Point } from './curve.ts';
import { FieldArithmetic, pageSpan, type FieldExports } from './fieldArithmetic.ts';
import { knownAnswer } from './knownAnswer.ts';
import { orderInverse } from './orderInverse.ts';
import { p384Module, sumX, sumZ } from './p384Module.ts';
import { placeIn, tableSpan, windowBits, windowCount, windowPoints, writeTable } from './pointTable.ts';

/** That a signature holds, or nothing: what is `undecided` is for somebody else to decide. */
export type P384Outcome = 'holds' | 'undecided';

/** Signatures of P-384 under keys whose tables it has (README.md). It only verifies: nothing in it is secret, and its time may depend on everything. */
export interface P384Kernel {
  /** Puts the table of a key into one of its places, instead of what was there. False where it could not: then the place is empty. */
  learn(place: number, key: Point): boolean;
  /** Of ECDSA over a digest of 48 bytes; the signature is r ‖ s. */
  examine(place: number, digest: Uint8Array, signature: Uint8Array): P384Outcome;
}

const listAt = FieldArithmetic.end;
/** Tables begin behind everything else. The first is that of the curve's base point. */
const tablesAt = 4096;
const bytesOf = (tables: number) => tablesAt + tables * tableSpan;
const halfLength = 48;

/** A kernel with so many places; undefined where WebAssembly is missing or forbidden, or does not give the known answers. */
export function makeP384Kernel(places: number): P384Kernel | undefined {
  let exports: FieldExports;
  try {
    const pages = [1, 1 + places].map((tables) => Math.ceil(bytesOf(tables) / pageSpan)) as [number, number];
    exports = new WebAssembly.Instance(new WebAssembly.Module(p384Module(...pages))).exports as unknown as FieldExports;
  } catch {
    return undefined;
  }
  const kernel = new TableKernel(exports, places);
  return kernel.givesKnownAnswers() ? kernel : undefined;
}

class TableKernel implements P384Kernel {
  readonly #field: FieldArithmetic;
  readonly #hasBase: boolean;
  readonly #learned: boolean[];
  /** A number of 384 bits on its way, the lowest byte first; zeros behind it. */
  readonly #number = new DataView(new ArrayBuffer(56));

  constructor(exports: FieldExports, places: number) {
    this.#field = new FieldArithmetic(exports);
    this.#learned = Array.from({ length: places }, () => false);
    this.#hasBase = writeTable(this.#field, bytesOf(0), basePoint);
  }

  learn(place: number, key: Point): boolean {
    if (!(place in this.#learned)) return false;
    this.#learned[place] = false;
    const learned = this.#field.reach(bytesOf(place + 2)) && writeTable(this.#field, bytesOf(place + 1), key);
    this.#learned[place] = learned;
    return learned;
  }

  examine(place: number, digest: Uint8Array, signature: Uint8Array): P384Outcome {
    return this.#learned[place] ? this.#examineWith(bytesOf(place + 1), digest, signature) : 'undecided';
  }

  /** A signature of the key 1, whose point is the base point: it holds, and does not with another digest. */
  givesKnownAnswers(): boolean {
    if (!this.#hasBase) return false;
    const { digest, signature } = knownAnswer;
    const other = digest.slice();
    other[0] = (other[0] as number) ^ 1;
    const [good, bad] = [digest, other].map((each) => this.#examineWith(bytesOf(0), each, signature));
    return good === 'holds' && bad === 'undecided';
  }

  /** FIPS 186-5 §6.4.2, with r · Z² in place of a division by Z². */
  #examineWith(table: number, digest: Uint8Array, signature: Uint8Array): P384Outcome {
    if (digest.length !== halfLength || signature.length !== 2 * halfLength) return 'undecided';
    const r = this.#numberAt(signature, 0);
    const s = this.#numberAt(signature, halfLength);
    if (r === 0n || r >= n || s === 0n || s >= n) return 'undecided';
    const inverse = orderInverse(s);
    const first = this.#list(listAt, bytesOf(0), (this.#numberAt(digest, 0) * inverse) % n);
    const end = this.#list(first, table, (r * inverse) % n);
    if (end === listAt) return 'undecided';
    const { exports, room, view } = this.#field;
    const [square, wanted, difference] = room;
    exports.sum(listAt, end);
    // Infinity, or an addition that the formula is not for.
    if (exports.isZero(sumZ) !== 0) return 'undecided';
    exports.square(square, sumZ);
    writeHalf(view, wanted, signature);
    if (this.#isAbscissa(wanted, square, difference)) return 'holds';
    if (r + n >= p) return 'undecided';
    this.#field.writePlain(wanted, r + n);
    return this.#isAbscissa(wanted, square, difference) ? 'holds' : 'undecided';
  }

  /** Whether the plain number is x = X/Z² of the sum. */
  #isAbscissa(plain: number, square: number, difference: number): boolean {
    const { exports, radixSquare } = this.#field;
    exports.multiply(difference, plain, radixSquare);
    exports.multiplyLess(difference, difference, square, sumX);
    return exports.isZero(difference) === 1;
  }

  #numberAt(bytes: Uint8Array, from: number): bigint {
    const number = this.#number;
    for (let index = 0; index < halfLength; index++) number.setUint8(index, bytes[from + 47 - index] as number);
    let value = 0n;
    for (let word = 5; word >= 0; word--) value = (value << 64n) | number.getBigUint64(8 * word, true);
    return value;
  }

  /** Lists, from `at` on, the entries of a table whose sum is so many times its point. Returns the list's end. */
  #list(at: number, table: number, factor: bigint): number {
    const number = this.#number;
    for (let word = 0; word < 6; word++) number.setBigUint64(8 * word, factor >> BigInt(64 * word), true);
    const { view } = this.#field;
    let carry = 0;
    let end = at;
    for (let window = 0; window < windowCount; window++) {
      const bit = windowBits * window;
      let digit = carry + ((number.getUint16(bit >> 3, true) >> (bit & 7)) & (2 ** windowBits - 1));
      carry = digit > windowPoints ? 1 : 0;
      digit -= carry * 2 ** windowBits;
      if (digit === 0) continue;
      view.setInt32(end, digit > 0 ? placeIn(table, window, digit) : placeIn(table, window, -digit) | 1, true);
      end += 4;
    }
    return end;
  }
}

/** r of a signature as limbs of 28 bits: two of them are seven bytes. */
function writeHalf(view: DataView, at: number, signature: Uint8Array): void {
  const byte = (index: number): number => (index < halfLength ? (signature[halfLength - 1 - index] as number) : 0);
  for (let pair = 0; pair < 7; pair++) {
    const from = 7 * pair;
    const middle = byte(from + 3);
    const low = byte(from) | (byte(from + 1) << 8) | (byte(from + 2) << 16) | ((middle & 15) << 24);
    const high = (middle >> 4) | (byte(from + 4) << 4) | (byte(from + 5) << 12) | (byte(from + 6) << 20);
    view.setInt32(at + 8 * pair, low, true);
    view.setInt32(at + 8 * pair + 4, high, true);
  }
}
