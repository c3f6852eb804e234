import type { TraceEvent } from '../event.ts';
import { type TraceMetadata, zeroDigest } from '../metadata.ts';
import type { TraceValue } from '../value.ts';
import { Selection } from './selection.ts';
import type { ZkStatement } from './statement.ts';

const digest = (byte: number) => byte.toString(16).padStart(2, '0').repeat(32);
const i32 = (value: number): TraceValue => ({ type: 'i32', bits: BigInt.asUintN(32, BigInt(value)) });
const i64 = (value: bigint): TraceValue => ({ type: 'i64', bits: BigInt.asUintN(64, value) });
const call = (site: number, values: readonly TraceValue[], results: readonly TraceValue[]): TraceEvent => ({
  kind: 'call',
  site,
  a: 1,
  v: 0n,
  values,
  results,
});

/** A trace with calls of three functions, and a memory access that no selection takes. */
export const exampleEvents: readonly TraceEvent[] = [
  call(42, [i32(1500), i64(-7n)], [i64(2n ** 63n)]),
  { kind: 'load', site: 3, a: 16, v: 5n, values: [], results: [] },
  call(43, [i32(-20)], [i32(0)]),
  call(44, [{ type: 'f64', bits: 0x3ff0000000000000n }], []),
];

export const exampleSaltKey = Uint8Array.from({ length: 32 }, (_, at) => at);

export function exampleSelection(): Selection {
  const selection = new Selection(exampleSaltKey);
  for (const [number, event] of exampleEvents.entries()) selection.add(event, number);
  return selection;
}

/** Metadata of that trace; only `selection` is made from it, for nothing else is looked at here. */
export function exampleMetadata(selection: Selection): TraceMetadata {
  return {
    version: 1,
    root: digest(1),
    count: 4,
    records: 9,
    leafEncoding: 'rec16',
    eventsPerLeaf: 1,
    saltCommitment: digest(2),
    code: digest(3),
    policy: digest(4),
    instrumenter: digest(5),
    instrumented: digest(6),
    tape: zeroDigest,
    inputs: digest(7),
    symbols: digest(8),
    functionIndex: digest(9),
    selection: selection.root(),
    vm: digest(10),
    time: 1_790_000_000,
    previous: zeroDigest,
  };
}

/** Of the first event's first argument, which is 1500. */
export const exampleStatement: ZkStatement = {
  function: 42,
  part: 'argument',
  position: 0,
  type: 'i32',
  signed: true,
  lo: 1000n,
  hi: 2000n,
};

export const exampleNonce = new Uint8Array(32).fill(0x5a);
