import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { exampleSelection, exampleStatement } from '../../core/trace/zk/exampleTrace.fixture.ts';
import { limitsOf } from '../../core/trace/zk/range.ts';
import type { ZkStatement } from '../../core/trace/zk/statement.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { eventFiles } from '../../services/prover/circuitFiles.ts';
import { type Snarkjs, loadSnarkjs } from '../../services/prover/loadSnarkjs.ts';
import { type WitnessInput, calculateWitness } from '../../services/prover/makeProof.ts';
import { witnessInput } from '../../services/prover/proveEvent.ts';
import { compileCircuit } from './compileCircuit.ts';
import {
  type Constraints,
  brokenConstraints,
  freeSignals,
  readConstraints,
  readNames,
  readWitness,
} from './constraints.ts';

const selection = exampleSelection();
const root = BigInt(`0x${selection.root()}`);
const context = 77n;
/** Function 42: its call, an i32 of 1500, an i64 of −7, the result 2⁶³. Function 43: its call, −20, 0. */
const places = { thousands: 1, minusSeven: 2, half: 3, minusTwenty: 5 } as const;
const inputOf = (statement: ZkStatement, place: number = places.thousands): WitnessInput =>
  witnessInput(statement, root, context, selection.witness(place));
const honest = inputOf(exampleStatement);

describe('the circuit of events', () => {
  let snarkjs: Snarkjs | undefined;
  let constraints: Constraints;
  let folder: string;
  /** Numbers of signals by their names. */
  let names: ReadonlyMap<string, number>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'circuit-'));
    try {
      snarkjs = await loadSnarkjs();
    } catch (error) {
      if (!(error instanceof AuditorError)) throw error;
      process.stderr.write(`skipped: witnesses of circuits (${error.message})\n`);
    }
  });
  // The calculator says on the console, too, where an assertion failed.
  beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
  afterEach(() => void vi.restoreAllMocks());
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Its signals, or what the calculator says against them. */
  const witness = async (input: WitnessInput): Promise<bigint[] | string> => {
    try {
      const calculated = await calculateWitness(snarkjs as Snarkjs, eventFiles.program, input);
      return readWitness(calculated.data);
    } catch (error) {
      return (error as Error).message;
    }
  };

  it(
    'compiles to the witness calculator that comes with the project, byte for byte',
    { timeout: 600_000 },
    async () => {
      const compiled = await compileCircuit('event', folder);
      const [made, kept] = await Promise.all([readFile(compiled.program), readFile(eventFiles.program)]);
      expect(made.equals(kept), 'run `npm run circuits -- --program`').toBe(true);
      constraints = readConstraints(await readFile(compiled.constraints));
      names = readNames(await readFile(compiled.names, 'utf8'));
      expect([constraints.list.length, constraints.signals, constraints.publicSignals]).toEqual([3823, 3852, 5]);
    },
  );

  it('has a witness for what is so, on the bounds too, signed and unsigned, of both widths', async ({ skip }) => {
    if (!snarkjs) return skip();
    const i32 = exampleStatement;
    const i64 = { ...i32, position: 1, type: 'i64' } as const;
    const result = { ...i64, part: 'result', position: 0 } as const;
    const other = { ...i32, function: 43 };
    const truths: (readonly [ZkStatement, number])[] = [
      [i32, places.thousands],
      [{ ...i32, lo: 1500n }, places.thousands],
      [{ ...i32, hi: 1500n }, places.thousands],
      [{ ...i64, lo: -7n, hi: -7n }, places.minusSeven],
      [{ ...i64, lo: -(2n ** 63n), hi: 0n }, places.minusSeven],
      [{ ...i64, signed: false, lo: 2n ** 63n, hi: 2n ** 64n - 1n }, places.minusSeven],
      [{ ...result, lo: -(2n ** 63n), hi: -(2n ** 63n) }, places.half],
      [{ ...result, signed: false, ...bounds('i64', false) }, places.half],
      [{ ...other, lo: -20n, hi: 5n }, places.minusTwenty],
      [{ ...other, ...bounds('i32', true) }, places.minusTwenty],
      [{ function: 42, part: 'call', position: 0, type: 'none', signed: false, lo: 0n, hi: 0n }, 0],
    ];
    for (const [statement, place] of truths) {
      const values = await witness(inputOf(statement, place));
      expect(values, String(values)).toBeInstanceOf(Array);
      expect(brokenConstraints(constraints, values as bigint[])).toEqual([]);
    }
  });

  it('has none for a value below, a value above, another function, another root, another path', async ({ skip }) => {
    if (!snarkjs) return skip();
    const nodes = honest['nodes'] as readonly (readonly bigint[])[];
    const lies: Record<string, WitnessInput> = {
      below: inputOf({ ...exampleStatement, lo: 1501n }),
      above: inputOf({ ...exampleStatement, hi: 1499n }),
      'another function': inputOf({ ...exampleStatement, function: 43 }),
      'another root': { ...honest, root: root + 1n },
      'another path': { ...honest, nodes: nodes.with(3, [1n, 2n, 3n, 4n]) },
      'another value': { ...honest, value: 1501n << 32n },
      'another salt': { ...honest, salt: (honest['salt'] as bigint) + 1n },
      'another event': { ...honest, rest: 5n },
      'another leaf’s path': { ...honest, nodes: selection.witness(5).nodes },
      'another position': inputOf({ ...exampleStatement, position: 1 }),
      'another type': inputOf({ ...exampleStatement, type: 'i64', lo: -5n, hi: 2n ** 63n - 1n }),
      'signed for unsigned': inputOf(
        { ...exampleStatement, function: 43, signed: false, hi: 2n ** 31n },
        places.minusTwenty,
      ),
      'below, wrapped': inputOf({ ...exampleStatement, lo: 1501n, hi: 2n ** 31n - 1n }),
    };
    for (const [name, input] of Object.entries(lies)) expect(await witness(input), name).toMatch(/Assert Failed/);
  });

  it('ties every signal to the others: none can be changed alone', async ({ skip }) => {
    if (!snarkjs) return skip();
    const values = (await witness(honest)) as bigint[];
    expect(freeSignals(constraints, values)).toEqual([]);
  });

  it('has none either for a prover who writes it by hand: whatever wrap and bits are claimed, a bound that is not met breaks it', async ({
    skip,
  }) => {
    if (!snarkjs) return skip();
    const values = (await witness(honest)) as bigint[];
    const { prime } = constraints;
    const modulo = (value: bigint) => ((value % prime) + prime) % prime;
    const claim = (lo: bigint, hi: bigint, wraps: bigint) => {
      const [from, span] = [lo << 32n, (hi - lo) << 32n];
      const distance = modulo((1500n << 32n) - from + (wraps << 64n));
      const rest = modulo(span - distance);
      const claimed = [...values];
      const set = (name: string, value: bigint) => {
        const signal = names.get(`main.${name}`);
        if (signal === undefined) throw new Error(`no signal ${name}`);
        claimed[signal] = value;
      };
      set('from', from);
      set('span', span);
      set('wraps', wraps);
      set('distance', distance);
      set('restFits.in', rest);
      for (let bit = 0; bit < 64; bit += 1) {
        set(`distanceFits.bit[${bit}]`, (distance >> BigInt(bit)) & 1n);
        set(`restFits.bit[${bit}]`, (rest >> BigInt(bit)) & 1n);
      }
      return brokenConstraints(constraints, claimed);
    };
    // What is so goes through, so it is the bound that breaks the others, and that in one or two constraints alone.
    expect(claim(1000n, 2000n, 0n)).toEqual([]);
    expect(claim(1500n, 1500n, 0n)).toEqual([]);
    for (const [lo, hi, wraps] of [
      [1501n, 2000n, 0n],
      [1501n, 2000n, 1n],
      [1000n, 1499n, 0n],
      [1000n, 1499n, 1n],
      [1000n, 2000n, 1n],
      [1501n, 2000n, 2n],
    ] as const) {
      const broken = claim(lo, hi, wraps).length;
      expect(broken, `${lo} ${hi} ${wraps}`).toBeGreaterThan(0);
      expect(broken).toBeLessThan(4);
    }
  });
});

function bounds(type: 'i32' | 'i64', signed: boolean): { readonly lo: bigint; readonly hi: bigint } {
  const { least, greatest } = limitsOf(type, signed);
  return { lo: least, hi: greatest };
}
