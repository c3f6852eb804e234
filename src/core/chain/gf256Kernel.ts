import { gf256Module, sourcesAt, span } from './gf256Module.ts';

type Three = readonly [Uint8Array, Uint8Array, Uint8Array];

/** The arithmetic of `gf256.ts` on sixteen bytes at once. */
export interface Gf256Kernel {
  /** `outputs[r] = Σ rows[r][j] · sources[j]`, all six of one length. */
  combine(rows: Three, sources: Three, outputs: Three): void;
  /** Bit r is set where `expected[r]` is not `Σ rows[r][j] · sources[j]`. */
  differ(rows: Three, sources: Three, expected: Three): number;
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly combine: (length: number) => void;
  readonly differ: (length: number) => number;
}

/** Nothing where a content policy or the engine does not let it be compiled. */
export function makeGf256Kernel(multiply: (a: number, b: number) => number): Gf256Kernel | undefined {
  let exports: Exports;
  try {
    exports = new WebAssembly.Instance(new WebAssembly.Module(gf256Module())).exports as unknown as Exports;
  } catch {
    return undefined;
  }
  const memory = new Uint8Array(exports.memory.buffer);
  const halves = makeHalves(multiply);
  const setTables = (rows: Three): void => {
    rows.forEach((row, r) => {
      for (let j = 0; j < 3; j++) memory.set(halves[row[j] as number] as Uint8Array, 32 * (3 * r + j));
    });
  };
  const place = (index: number, bytes: Uint8Array, from: number, to: number, whole: number): void => {
    const at = sourcesAt + index * span;
    memory.set(to - from === bytes.length ? bytes : bytes.subarray(from, to), at);
    memory.fill(0, at + to - from, at + whole);
  };
  return {
    combine(rows, sources, outputs) {
      setTables(rows);
      const { length } = sources[0];
      for (let from = 0; from < length; from += span) {
        const to = Math.min(length, from + span);
        const whole = wholeSixteens(to - from);
        for (let j = 0; j < 3; j++) place(j, sources[j] as Uint8Array, from, to, whole);
        exports.combine(whole);
        for (let r = 0; r < 3; r++) {
          const at = sourcesAt + (3 + r) * span;
          (outputs[r] as Uint8Array).set(memory.subarray(at, at + to - from), from);
        }
      }
    },
    differ(rows, sources, expected) {
      setTables(rows);
      const { length } = sources[0];
      let different = 0;
      for (let from = 0; from < length && different !== 7; from += span) {
        const to = Math.min(length, from + span);
        const whole = wholeSixteens(to - from);
        for (let j = 0; j < 3; j++) {
          place(j, sources[j] as Uint8Array, from, to, whole);
          place(3 + j, expected[j] as Uint8Array, from, to, whole);
        }
        different |= exports.differ(whole);
      }
      return different;
    },
  };
}

function wholeSixteens(length: number): number {
  return (length + 15) & ~15;
}

/** For each coefficient its products with every low half of a byte, then those with every high half. */
function makeHalves(multiply: (a: number, b: number) => number): Uint8Array[] {
  return Array.from({ length: 256 }, (_, coefficient) =>
    Uint8Array.from({ length: 32 }, (_half, index) => multiply(coefficient, index < 16 ? index : (index - 16) << 4)),
  );
}
