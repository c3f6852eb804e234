import { b, inverse, modulo, p } from './curve.ts';
import { limbBits, limbs, type FieldFunction } from './fieldCode.ts';
import { freeAt, oneAt, zeroAt } from './p384Module.ts';

/** What the module exports, over addresses in its memory: where the result goes comes first. */
export interface FieldExports extends Readonly<Record<FieldFunction, (...addresses: number[]) => number>> {
  readonly memory: WebAssembly.Memory;
  readonly sum: (list: number, end: number) => void;
}

/** Bytes of a page of memory. */
export const pageSpan = 65_536;
const radix = 1n << BigInt(limbBits * limbs);
const inverseRadix = inverse(radix, p) as bigint;
const limbMask = (1n << BigInt(limbBits)) - 1n;

/** Numbers of 384 bits in the module's memory, and some that are always there. */
export class FieldArithmetic {
  readonly exports: FieldExports;
  readonly zero = zeroAt;
  readonly one = oneAt;
  readonly three = freeAt;
  /** −b of the curve. */
  readonly coefficient = freeAt + 64;
  /** 2⁷⁸⁴: what is multiplied with it becomes an element. */
  readonly radixSquare = freeAt + 128;
  /** Room for elements in between. */
  readonly room = [192, 256, 320, 384, 448].map((offset) => freeAt + offset) as readonly number[] as readonly [
    number,
    number,
    number,
    number,
    number,
  ];
  /** Behind this, memory is free. */
  static readonly end = freeAt + 512;
  #view: DataView;

  constructor(exports: FieldExports) {
    this.exports = exports;
    this.#view = new DataView(exports.memory.buffer);
    this.write(this.one, 1n);
    this.write(this.three, 3n);
    this.write(this.coefficient, p - b);
    this.write(this.radixSquare, radix);
  }

  /** The memory, which moves when it grows. */
  get view(): DataView {
    return this.#view;
  }

  /** Lets the memory grow to so many bytes. False where there is no more of it. */
  reach(end: number): boolean {
    const { memory } = this.exports;
    const missing = Math.ceil((end - this.#view.byteLength) / pageSpan);
    if (missing <= 0) return true;
    try {
      memory.grow(missing);
    } catch {
      return false;
    }
    this.#view = new DataView(memory.buffer);
    return true;
  }

  /** As an element. */
  write(at: number, value: bigint): void {
    this.writePlain(at, modulo(value * radix, p));
  }

  /** The number's own limbs. */
  writePlain(at: number, value: bigint): void {
    for (let limb = 0; limb < limbs; limb++) {
      this.view.setInt32(at + 4 * limb, Number((value >> BigInt(limbBits * limb)) & limbMask), true);
    }
  }

  /** From 0 to p − 1. */
  read(at: number): bigint {
    let value = 0n;
    for (let limb = limbs - 1; limb >= 0; limb--) {
      value = (value << BigInt(limbBits)) + BigInt(this.view.getInt32(at + 4 * limb, true));
    }
    return modulo(value * inverseRadix, p);
  }
}
