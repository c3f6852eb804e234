import { maximumSite, resultBit } from '../record.ts';

/** The value of a call that a statement is about. */
export interface Subject {
  /** Index of the function in the module as it was before it was instrumented. */
  readonly function: number;
  /** `argument` or `result`, and which, counted from 0; `call` is the call itself, whatever came with it. */
  readonly part: 'argument' | 'result' | 'call';
  readonly position: number;
  readonly type: SubjectType;
}

/** Types that can be compared; `none` goes with `call`. */
export type SubjectType = 'i32' | 'i64' | 'none';

/** Codes of WebAssembly for the types (Core Specification §5.3); zero for none. */
const typeCodes: Readonly<Record<SubjectType, bigint>> = { i32: 0x7fn, i64: 0x7en, none: 0n };
/** Position of the call itself: no function has so many parameters. */
const callPosition = 0x7fffffff;
export const maximumPosition = 4095;

/**
 * The one field element that names it, made by whoever verifies: type code (bits 64–71), position with bit 31 for results, as in the records
 * of the trace (bits 32–63), function (bits 0–31).
 */
export function subjectElement({ function: index, part, position, type }: Subject): bigint {
  const place = part === 'call' ? callPosition : (position | (part === 'result' ? resultBit : 0)) >>> 0;
  return (typeCodes[type] << 64n) | (BigInt(place) << 32n) | BigInt(index);
}

/** What is wrong with it, or nothing. */
export function subjectFault({ function: index, part, position, type }: Subject): string | undefined {
  if (!Number.isInteger(index) || index < 0 || index > maximumSite) return 'a function index of 24 bits';
  if (part === 'call') return position === 0 && type === 'none' ? undefined : 'position 0 and type none for a call';
  if (type === 'none') return 'a type, i32 or i64';
  const fits = Number.isInteger(position) && position >= 0 && position <= maximumPosition;
  return fits ? undefined : `a position up to ${maximumPosition}`;
}
