/** A sum of signals, each with its factor. */
export type Sum = readonly (readonly [signal: number, factor: bigint])[];

/** The constraints of a compiled circuit: for each, product of the first two sums = third. */
export interface Constraints {
  readonly prime: bigint;
  readonly signals: number;
  /** Signal 0 is one; then public outputs and inputs, then private ones. */
  readonly publicSignals: number;
  readonly list: readonly (readonly [Sum, Sum, Sum])[];
}

/**
 * Reads the compiler's `.r1cs` (iden3 "R1CS binary format", version 1): sections 1 (header) and 2 (constraints); little endian.
 * @throws RangeError where it is not one
 */
export function readConstraints(bytes: Uint8Array): Constraints {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const number = (at: number) => view.getUint32(at, true);
  if (number(0) !== 0x73633172) throw new RangeError('no r1cs');
  const sections = new Map<number, number>();
  for (let at = 12, left = number(8); left > 0; left -= 1) {
    sections.set(number(at), at + 12);
    at += 12 + Number(view.getBigUint64(at + 4, true));
  }
  const [header, start] = [sections.get(1), sections.get(2)];
  if (header === undefined || start === undefined) throw new RangeError('no header or no constraints');
  const width = number(header);
  const element = (at: number) => {
    let value = 0n;
    for (let index = width - 8; index >= 0; index -= 8) value = (value << 64n) | view.getBigUint64(at + index, true);
    return value;
  };
  const counts = header + 4 + width;
  let at = start;
  const sum = (): Sum => {
    const terms = number(at);
    at += 4;
    return Array.from({ length: terms }, () => {
      const term = [number(at), element(at + 4)] as const;
      at += 4 + width;
      return term;
    });
  };
  return {
    prime: element(header + 4),
    signals: number(counts),
    publicSignals: number(counts + 4) + number(counts + 8),
    list: Array.from({ length: number(counts + 24) }, () => [sum(), sum(), sum()] as const),
  };
}

/** Numbers of the constraints that values of all signals do not meet. */
export function brokenConstraints({ list, prime }: Constraints, values: readonly bigint[]): number[] {
  return list.flatMap((constraint, index) => (holds(constraint, values, prime) ? [] : [index]));
}

function holds([a, b, c]: Constraints['list'][number], values: readonly bigint[], prime: bigint): boolean {
  return (total(a, values) * total(b, values) - total(c, values)) % prime === 0n;
}

function total(sum: Sum, values: readonly bigint[]): bigint {
  let all = 0n;
  for (const [signal, factor] of sum) all += factor * (values[signal] as bigint);
  return all;
}

/** The signals' values out of snarkjs's `.wtns` (sections 1 and 2). */
export function readWitness(bytes: Uint8Array): bigint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = view.getUint32(24, true);
  const count = view.getUint32(28 + width, true);
  const start = 28 + width + 4 + 12;
  return Array.from({ length: count }, (_, index) => {
    let value = 0n;
    for (let at = width - 8; at >= 0; at -= 8) {
      value = (value << 64n) | view.getBigUint64(start + index * width + at, true);
    }
    return value;
  });
}

/** Signals that can be changed alone without breaking a constraint: what none of them says anything of. */
export function freeSignals({ list, prime, signals }: Constraints, values: readonly bigint[]): number[] {
  const touching = Array.from({ length: signals }, (): number[] => []);
  for (const [index, sums] of list.entries()) {
    for (const signal of new Set(sums.flatMap((sum) => sum.map(([each]) => each)))) touching[signal]?.push(index);
  }
  const changed = [...values];
  const free: number[] = [];
  for (let signal = 1; signal < signals; signal += 1) {
    changed[signal] = ((values[signal] as bigint) + 1n) % prime;
    const own = touching[signal] as readonly number[];
    if (own.every((index) => holds(list[index] as Constraints['list'][number], changed, prime))) free.push(signal);
    changed[signal] = values[signal] as bigint;
  }
  return free;
}

/** Numbers of signals by their names, out of the compiler's `.sym`: label, signal, component, name; signal −1 where it was put into others. */
export function readNames(text: string): ReadonlyMap<string, number> {
  const rows = text.split('\n').map((line) => line.split(','));
  return new Map(rows.flatMap(([, signal, , name]) => (name === undefined ? [] : [[name, Number(signal)] as const])));
}
