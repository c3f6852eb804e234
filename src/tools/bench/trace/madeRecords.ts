import { encodeEvent, type TraceEvent } from '../../../core/trace/event.ts';
import type { Symbols } from '../../../core/trace/symbols.ts';

/** A program of two functions, as far as a trace of it needs to know. */
export const benchSymbols: Symbols = {
  functions: [0, 1].map((index) => ({
    index,
    name: `f${index}`,
    exports: [],
    imported: null,
    parameters: ['i32', 'i64'],
    results: ['i64'],
  })),
  sites: [{ site: 0, function: 0, offset: 0, operation: 'i64.load', type: 'i64', object: 0 }],
};

/** One record: what a load leaves. */
export function loadEvent(number: number): TraceEvent {
  return { kind: 'load', site: 0, a: number >>> 0, v: BigInt(number * 2_654_435_761), values: [], results: [] };
}

/** Four records: a call with two arguments and a result. */
export function callEvent(number: number): TraceEvent {
  const bits = BigInt((number * 2_654_435_761) % 2 ** 32);
  return {
    kind: 'call',
    site: number % 2,
    a: 3,
    v: BigInt(number),
    values: [
      { type: 'i32', bits },
      { type: 'i64', bits: bits * bits },
    ],
    results: [{ type: 'i64', bits: bits << 7n }],
  };
}

/** The records of so many events, one behind the other. */
export function recordsOf(make: (number: number) => TraceEvent, count: number): Uint8Array {
  const first = encodeEvent(make(0));
  const records = new Uint8Array(first.length * count);
  for (let number = 0; number < count; number++) records.set(encodeEvent(make(number)), number * first.length);
  return records;
}
