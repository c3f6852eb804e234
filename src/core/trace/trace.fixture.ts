import fc from 'fast-check';
import { eventKinds, eventShapes, exitTrap, trapNames, type EventKind, type TraceEvent } from './event.ts';
import type { FunctionSymbol, SiteSymbol, Symbols } from './symbols.ts';
import { bitsOf, canonicalNaN, valueFault, valueTypes, type TraceValue, type ValueType } from './value.ts';

const types = Object.keys(valueTypes) as ValueType[];

/** Any value of a type, with a canonical NaN now and then. */
export function valueOf(type: ValueType): fc.Arbitrary<TraceValue> {
  const any = fc.bigInt({ min: 0n, max: (1n << BigInt(bitsOf(type))) - 1n }).map((bits) => ({ type, bits }));
  if (type !== 'f32' && type !== 'f64') return any;
  return fc.oneof(
    any.filter((value) => valueFault(value) === undefined),
    fc.constant({ type, bits: canonicalNaN[type] }),
  );
}

const u32 = fc.nat({ max: 0xffffffff });
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const anySite = fc.nat({ max: 0xffffff });

const typeList = fc.array(fc.constantFrom(...types), { maxLength: 4 });
const values = (list: readonly ValueType[]): fc.Arbitrary<TraceValue[]> => fc.tuple(...list.map(valueOf));

/** Any event with the symbol that it needs. */
export function anyEvent(): fc.Arbitrary<{ readonly event: TraceEvent; readonly symbol: FunctionSymbol | SiteSymbol }> {
  return fc.constantFrom(...eventKinds).chain((kind) => eventOf(kind));
}

function eventOf(kind: EventKind) {
  const shape = eventShapes[kind];
  return fc
    .record({
      site: anySite,
      a: u32,
      v: u64,
      name: fc.string({ maxLength: 12 }),
      type: fc.constantFrom(...types),
      list: typeList,
      more: typeList,
    })
    .chain(({ site, a, v, name, type, list, more }) => {
      const parameters =
        shape.values === 'three' ? (['i32', 'i32', 'i32'] as const) : shape.values === 'any' ? list : [];
      const results = shape.results ? more : [];
      return fc.tuple(values(parameters), values(results), valueOf(type)).map(([given, returned, wide]) => {
        const isWide = shape.values === 'wide';
        const event: TraceEvent = {
          kind,
          site: kind === 'trap' ? site % trapNames.length : shape.site ? site : 0,
          a: shape.a ? a : 0,
          v: headValue(kind, isWide, wide, v, site),
          values: isWide ? (type === 'v128' ? [wide] : []) : given,
          results: returned,
        };
        const symbol: FunctionSymbol | SiteSymbol =
          shape.values === 'any'
            ? {
                index: event.site,
                name,
                exports: [],
                imported: null,
                parameters,
                results: kind === 'openCall' ? more : results,
              }
            : {
                site: event.site,
                function: 0,
                offset: 1,
                operation: shape.event,
                type: isWide ? type : null,
                object: 0,
              };
        return { event, symbol };
      });
    });
}

function headValue(kind: EventKind, isWide: boolean, wide: TraceValue, v: bigint, site: number): bigint {
  if (isWide) return wide.type === 'v128' ? 0n : wide.bits;
  if (kind === 'branchIf' || kind === 'tableGet' || kind === 'tableSet') return v & 1n;
  if (kind === 'memoryGrow' || kind === 'tableGrow' || kind === 'branchTable') return v & 0xffffffffn;
  if (kind === 'trap') return site % trapNames.length === exitTrap ? v & 0xffffffffn : 0n;
  return eventShapes[kind].v ? v : 0n;
}

/** A small program: `main` calls `compute(i32, i64) → i64` and `scale(f64) → f64`, and writes by a host call. */
export const symbols: Symbols = {
  functions: [
    {
      index: 0,
      name: 'host.fd_write',
      exports: [],
      imported: 'host.fd_write',
      parameters: ['i32', 'i32'],
      results: ['i32'],
    },
    { index: 1, name: 'compute', exports: ['compute'], imported: null, parameters: ['i32', 'i64'], results: ['i64'] },
    { index: 2, name: 'scale', exports: [], imported: null, parameters: ['f64'], results: ['f64'] },
    { index: 3, name: 'main', exports: ['_start'], imported: null, parameters: [], results: [] },
    { index: 4, name: 'never', exports: [], imported: null, parameters: ['i32'], results: [] },
  ],
  sites: [
    { site: 0, function: 1, offset: 4, operation: 'i32.load8_u', type: 'i32', object: 0 },
    { site: 1, function: 1, offset: 9, operation: 'i64.store', type: 'i64', object: 0 },
    { site: 2, function: 3, offset: 2, operation: 'br_if', type: null, object: 0 },
  ],
};

export const i32 = (value: number): TraceValue => ({ type: 'i32', bits: BigInt.asUintN(32, BigInt(value)) });
export const i64 = (value: bigint): TraceValue => ({ type: 'i64', bits: BigInt.asUintN(64, value) });
export function f64(value: number): TraceValue {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return { type: 'f64', bits: view.getBigUint64(0) };
}

/** What the program does in so many rounds: the same for the same seed. */
export function madeEvents(rounds: number, seed = 1): TraceEvent[] {
  const events: TraceEvent[] = [];
  let state = seed;
  let span = 1n;
  for (let round = 0; round < rounds; round++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const value = state >>> 8;
    events.push({ kind: 'load', site: 0, a: 1024 + (value % 64), v: BigInt(value & 0xff), values: [], results: [] });
    events.push({ kind: 'branchIf', site: 2, a: 0, v: BigInt(value & 1), values: [], results: [] });
    events.push({
      kind: 'call',
      site: 1,
      a: 2,
      v: span++,
      values: [i32(value), i64(BigInt(-value))],
      results: [i64(BigInt(value) * 3n)],
    });
    if (round % 4 === 0) {
      events.push({ kind: 'call', site: 2, a: 2, v: span++, values: [f64(value / 3)], results: [f64(value)] });
    }
    if (round % 16 === 0) {
      events.push({ kind: 'hostCall', site: 0, a: 2, v: span++, values: [i32(1), i32(value)], results: [i32(0)] });
    }
  }
  events.push({ kind: 'call', site: 3, a: 1, v: 0n, values: [], results: [] });
  return events;
}
