import { FormatError } from '../verdict/auditorError.ts';
import { readRecord, recordKinds, recordLength, resultBit, writeRecord } from './record.ts';
import { valueFault, valueTypeOf, valueTypes, type TraceValue, type ValueType } from './value.ts';

/** One event: a head record and the values behind it. */
export interface TraceEvent {
  readonly kind: EventKind;
  readonly site: number;
  readonly a: number;
  readonly v: bigint;
  /** Arguments of a call, operands of an instruction. */
  readonly values: readonly TraceValue[];
  readonly results: readonly TraceValue[];
}

/** What an event of a kind may carry. */
interface EventShape {
  readonly kind: number;
  /** Its name in JSON. */
  readonly event: string;
  /** Whether `site`, `a` and `v` say anything; what says nothing is zero. */
  readonly site: boolean;
  readonly a: boolean;
  readonly v: boolean;
  /** `any` values, `three` operands, one `wide` value that does not fit `v`, or `none`. */
  readonly values: 'any' | 'three' | 'wide' | 'none';
  readonly results: boolean;
}

type Parts = readonly [event: string, uses: string, values: EventShape['values'], results?: true];

/** Order and names are stable: the JSON of an event is hashed where a trace says `jcs`. */
const parts = {
  call: ['func_call', 'site a v', 'any', true],
  openCall: ['func_open', 'site a v', 'any'],
  hostCall: ['host_call', 'site a v', 'any', true],
  load: ['memory_load', 'site a v', 'wide'],
  store: ['memory_store', 'site a v', 'wide'],
  memoryGrow: ['memory_grow', 'site a v', 'none'],
  memoryCopy: ['memory_copy', 'site', 'three'],
  memoryFill: ['memory_fill', 'site', 'three'],
  memoryInit: ['memory_init', 'site', 'three'],
  tableGet: ['table_get', 'site a v', 'none'],
  tableSet: ['table_set', 'site a v', 'none'],
  tableGrow: ['table_grow', 'site a v', 'none'],
  tableFill: ['table_fill', 'site', 'three'],
  tableCopy: ['table_copy', 'site', 'three'],
  tableInit: ['table_init', 'site', 'three'],
  localGet: ['local_get', 'site a v', 'wide'],
  localSet: ['local_set', 'site a v', 'wide'],
  globalGet: ['global_get', 'site a v', 'wide'],
  globalSet: ['global_set', 'site a v', 'wide'],
  block: ['block', 'site', 'none'],
  branchIf: ['branch_if', 'site v', 'none'],
  branchTable: ['branch_table', 'site v', 'none'],
  branch: ['branch', 'site', 'none'],
  trap: ['trap', 'site v', 'none'],
  budget: ['budget', 'v', 'none'],
} as const satisfies Record<string, Parts>;

export type EventKind = keyof typeof parts;

export const eventKinds = Object.keys(parts) as readonly EventKind[];

export const eventShapes = Object.fromEntries(
  eventKinds.map((kind) => {
    const [event, uses, values, results] = parts[kind] as Parts;
    const words = uses.split(' ');
    const shape: EventShape = {
      kind: recordKinds[kind],
      event,
      site: words.includes('site'),
      a: words.includes('a'),
      v: words.includes('v'),
      values,
      results: results ?? false,
    };
    return [kind, shape];
  }),
) as Readonly<Record<EventKind, EventShape>>;

const kindNames: readonly (EventKind | undefined)[] = Array.from({ length: 128 }, (_, code) =>
  eventKinds.find((kind) => recordKinds[kind] === code),
);

/** An event of more records is refused: no function has so many parameters and results in any engine (both are at most 1,000). */
export const maximumEventRecords = 4096;

/**
 * Length in bytes of the event that begins at `offset`, or 0 where its end is not in sight (the next head, or the end of the stream, is).
 * Looks at kinds alone. @throws FormatError for a value record with no event before it, or an event without an end
 */
export function eventLength(bytes: Uint8Array, offset: number, isEnd: boolean): number {
  if (((bytes[offset] as number) & 0x80) !== 0) throw fault('the head of an event', 'a value record', offset);
  let at = offset + recordLength;
  const limit = offset + maximumEventRecords * recordLength;
  while (at + recordLength <= bytes.length && ((bytes[at] as number) & 0x80) !== 0) {
    at += recordLength;
    if (at > limit) throw fault(`at most ${maximumEventRecords} records of one event`, 'one more', at);
  }
  return at + recordLength <= bytes.length || (isEnd && at === bytes.length) ? at - offset : 0;
}

/**
 * Reads the one event that is all of `bytes`, strictly: whatever it returns, `encodeEvent` writes as the very same bytes.
 * @throws FormatError with the offset, what was expected and what was found
 */
export function decodeEvent(bytes: Uint8Array, base = 0): TraceEvent {
  const head = readRecord(bytes);
  const kind = kindNames[head.kind];
  if (!kind) throw fault('a kind of event', `0x${head.kind.toString(16)}`, base);
  if (bytes.length > maximumEventRecords * recordLength) {
    throw fault(`at most ${maximumEventRecords} records of one event`, `${bytes.length} bytes`, base);
  }
  const values: TraceValue[] = [];
  const results: TraceValue[] = [];
  for (let at = recordLength; at < bytes.length;) {
    const isResult = ((bytes[at + 7] ?? 0) & 0x80) !== 0;
    // Results come behind all values, so a value behind a result has a position that is not the next one.
    if (!isResult && results.length > 0) throw fault('results behind all values', 'a value', base + at);
    const list = isResult ? results : values;
    const value = decodeValue(bytes, at, list.length, base);
    list.push(value);
    at += value.type === 'v128' ? 2 * recordLength : recordLength;
  }
  const event: TraceEvent = { kind, site: head.site, a: head.a, v: head.v, values, results };
  const wrong = shapeFault(event);
  if (wrong) throw fault(wrong, 'another event', base);
  return event;
}

/** The value record (two for a v128) at `at`, which must be number `position` of its list. */
function decodeValue(bytes: Uint8Array, at: number, position: number, base: number): TraceValue {
  const record = readRecord(bytes, at);
  const type = record.kind === recordKinds.value ? valueTypeOf(record.site) : undefined;
  if (!type) throw fault('a value record with a type', `kind ${record.kind}, type ${record.site}`, base + at);
  const found = record.a & ~resultBit;
  if (found !== position) throw fault(`position ${position}`, `${found}`, base + at + 4);
  let bits = record.v;
  if (type === 'v128') {
    const high = readRecord(bytes, at + recordLength);
    if (high.kind !== record.kind || high.site !== record.site || high.a !== record.a) {
      throw fault('the high half of a v128', 'another record', base + at + recordLength);
    }
    bits |= high.v << 64n;
  }
  const wrong = valueFault({ type, bits });
  if (wrong) throw new FormatError(`Record: expected ${wrong}, at byte ${base + at + 8}.`, base + at + 8);
  return { type, bits };
}

/** What the event would have to be, where it is not so. */
export function shapeFault({ kind, site, a, v, values, results }: TraceEvent): string | undefined {
  const shape = eventShapes[kind];
  if (!shape.site && site !== 0) return `${shape.event} without a site`;
  if (!shape.a && a !== 0) return `${shape.event} with nothing in a`;
  if (!shape.v && v !== 0n) return `${shape.event} with nothing in v`;
  if (!shape.results && results.length > 0) return `${shape.event} without results`;
  if (shape.values === 'none' && values.length > 0) return `${shape.event} without values`;
  if (shape.values === 'three' && values.length !== 3) return `${shape.event} with three operands`;
  if (shape.values === 'wide' && values.length > 0) {
    if (values.length > 1 || values[0]?.type !== 'v128' || v !== 0n) return `${shape.event} with one value`;
  }
  if ((kind === 'branchIf' || kind === 'tableGet' || kind === 'tableSet') && v > 1n)
    return `${shape.event} with 0 or 1`;
  if ((kind === 'memoryGrow' || kind === 'tableGrow' || kind === 'branchTable') && v > 0xffffffffn) {
    return `${shape.event} with 32 bits`;
  }
  if (kind === 'trap' && (trapNames[site] === undefined || (v !== 0n && site !== exitTrap) || v > 0xffffffffn)) {
    return 'a known trap';
  }
  return undefined;
}

/** Why a program stopped, by the number in `site` of a trap: kinds alone, since every engine has words of its own. */
export const trapNames: readonly string[] = [
  'other',
  'unreachable',
  'memory out of bounds',
  'table out of bounds',
  'indirect call type mismatch',
  'integer divide by zero',
  'integer overflow',
  'invalid conversion to integer',
  'uninitialised element',
  'exit',
];

/** The program left by `proc_exit`; `v` is its code. */
export const exitTrap = 9;

/** The records of an event. @throws FormatError for one that could not be read back */
export function encodeEvent(event: TraceEvent): Uint8Array<ArrayBuffer> {
  const wrong = shapeFault(event);
  if (wrong) throw fault(wrong, 'another event', 0);
  const wide = (list: readonly TraceValue[]): number => list.filter(({ type }) => type === 'v128').length;
  const { values, results } = event;
  const count = 1 + values.length + results.length + wide(values) + wide(results);
  const bytes = new Uint8Array(count * recordLength);
  writeRecord(bytes, 0, { kind: recordKinds[event.kind], site: event.site, a: event.a, v: event.v });
  let at = recordLength;
  const put = (type: ValueType, a: number, v: bigint): void => {
    writeRecord(bytes, at, { kind: recordKinds.value, site: valueTypes[type], a, v });
    at += recordLength;
  };
  for (const [list, bit] of [[values, 0] as const, [results, resultBit] as const]) {
    for (const [position, value] of list.entries()) {
      const outside = valueFault(value);
      if (outside) throw new FormatError(`Record: expected ${outside}.`, at);
      put(value.type, position + bit, value.bits);
      if (value.type === 'v128') put(value.type, position + bit, value.bits >> 64n);
    }
  }
  return bytes;
}

/** All events of a whole stream. @throws FormatError with the offset in the stream */
export function decodeEvents(bytes: Uint8Array): TraceEvent[] {
  const events: TraceEvent[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = eventLength(bytes, at, true);
    if (length === 0) throw fault('whole records', `${bytes.length - at} bytes`, at);
    events.push(decodeEvent(bytes.subarray(at, at + length), at));
    at += length;
  }
  return events;
}

function fault(expected: string, found: string, offset: number): FormatError {
  return new FormatError(`Record: expected ${expected} at byte ${offset}, found ${found}.`, offset);
}
