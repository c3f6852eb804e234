import { trapNames, exitTrap, type EventKind, type TraceEvent } from '../event.ts';
import { recordKinds } from '../record.ts';
import type { Symbols } from '../symbols.ts';
import { describeValue, type TraceValue, type ValueType } from '../value.ts';
import { functionOf } from './scanRecords.ts';

/** A value as a person reads it. */
export interface ShownValue {
  readonly type: ValueType;
  readonly text: string;
}

/** One event in one line of a table, all of it in plain words and numbers. */
export interface EventRow {
  /** Counted from 0. */
  readonly number: number;
  readonly kind: EventKind;
  /** What was called, or in whose body it happened; nothing for traps. */
  readonly function: { readonly index: number; readonly name: string } | undefined;
  /** Of calls: how many were open, and the number of its entry. */
  readonly depth?: number;
  readonly span?: string;
  /** As the text format names the instruction. */
  readonly operation?: string;
  /** Address, index, pages or count, by the kind. */
  readonly place?: number;
  readonly values: readonly ShownValue[];
  readonly results: readonly ShownValue[];
  /** Of a trap: why. */
  readonly reason?: string;
  /** How many fields it has where fields are salted one by one. */
  readonly fields: number;
}

const maximumName = 200;

export function eventRow(number: number, event: TraceEvent, symbols: Symbols): EventRow {
  const { kind, site, a, v } = event;
  const index = functionOf(recordKinds[kind], site, symbols);
  const name = symbols.functions[index]?.name ?? '';
  const shared = {
    number,
    kind,
    function: index < 0 ? undefined : { index, name: name.slice(0, maximumName) },
    values: event.values.map(shown),
    results: event.results.map(shown),
    fields: 3 + event.values.length + event.results.length,
  };
  switch (kind) {
    case 'call':
    case 'openCall':
    case 'hostCall':
      return { ...shared, depth: a, span: v.toString() };
    case 'trap':
      return { ...shared, reason: site === exitTrap ? `exit ${v}` : (trapNames[site] ?? '') };
    case 'budget':
      return { ...shared, reason: v.toString() };
    default: {
      const symbol = symbols.sites[site];
      const operation = symbol?.operation ?? '';
      const type = symbol?.type;
      // Of one value that fits, the bits stand in the head.
      const values = shared.values.length === 0 && type && type !== 'v128' ? [shown({ type, bits: v })] : shared.values;
      const result = resultKinds.has(kind) ? [{ type: 'i32' as const, text: String(BigInt.asIntN(32, v)) }] : [];
      return { ...shared, values, results: result, operation, ...(placeKinds.has(kind) && { place: a }) };
    }
  }
}

const placeKinds: ReadonlySet<EventKind> = new Set([
  'load',
  'store',
  'memoryGrow',
  'tableGet',
  'tableSet',
  'tableGrow',
  'localGet',
  'localSet',
  'globalGet',
  'globalSet',
] satisfies EventKind[]);
const resultKinds: ReadonlySet<EventKind> = new Set([
  'memoryGrow',
  'tableGrow',
  'branchIf',
  'branchTable',
] satisfies EventKind[]);

function shown(value: TraceValue): ShownValue {
  return { type: value.type, text: describeValue(value) };
}
