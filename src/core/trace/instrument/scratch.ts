import type { WasmWriter } from './wasmWriter.ts';

/** Locals added to a function, by type and slot: values stay there only from one instruction to the next. */
export class Scratch {
  readonly #first: number;
  readonly #types: number[] = [];
  readonly #places = new Map<number, number>();

  /** `first`: how many parameters and locals the function has. */
  constructor(first: number) {
    this.#first = first;
  }

  local(type: number, slot = 0): number {
    const key = type * 65536 + slot;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.#first + this.#types.push(type) - 1;
    this.#places.set(key, place);
    return place;
  }

  /** How many groups `write` writes. */
  get groups(): number {
    return this.#types.length;
  }

  write(writer: WasmWriter): void {
    for (const type of this.#types) writer.bytes(1, type);
  }
}
