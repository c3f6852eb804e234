import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { sha3 } from '../../bytes/hash.ts';
import { type TraceEvent, encodeEvent } from '../event.ts';
import { elementOf } from './field.ts';
import { wordOf } from './range.ts';
import { hashFour } from './selectionTree.ts';
import { type Subject, subjectElement } from './subject.ts';

/** One leaf of the selection before it is salted: a value of a call, and what ties it to the event that it came from. */
export interface SelectedValue {
  readonly subject: Subject;
  /** The 64-bit word of `wordOf`. */
  readonly word: bigint;
  /** Number of the event in the trace. */
  readonly event: number;
  /** Digest over the whole event, so that a leaf is of one event of one trace. */
  readonly rest: bigint;
}

const eventTag = utf8('affidavit/selection-event/1');
const saltTag = utf8('affidavit/selection-salt/1');

/**
 * The leaves that a call gives: the call itself, then its arguments and results of type i32 and i64, in order. Other kinds of events, floats,
 * vectors and references give none.
 */
export function selectedValues(event: TraceEvent, number: number): SelectedValue[] {
  if (event.kind !== 'call') return [];
  const rest = elementOf(sha3(concatBytes(eventTag, bigEndian(number, 8), encodeEvent(event))));
  const of = (subject: Subject, word: bigint): SelectedValue => ({ subject, word, event: number, rest });
  const call = of({ function: event.site, part: 'call', position: 0, type: 'none' }, 0n);
  const parts = [
    ['argument', event.values],
    ['result', event.results],
  ] as const;
  const values = parts.flatMap(([part, list]) =>
    list.flatMap(({ type, bits }, position) =>
      type === 'i32' || type === 'i64' ? [of({ function: event.site, part, position, type }, wordOf(type, bits))] : [],
    ),
  );
  return [call, ...values];
}

/** The salt of the leaf at a place of the selection, from the key that all salts of the trace are made from (32 bytes). */
export function selectionSalt(saltKey: Uint8Array, place: number): bigint {
  return elementOf(sha3(concatBytes(saltTag, saltKey, bigEndian(place, 4))));
}

export function selectionLeaf({ subject, word, rest }: SelectedValue, salt: bigint): bigint {
  return hashFour([subjectElement(subject), word, rest, salt]);
}

function bigEndian(value: number, length: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes.subarray(8 - length);
}
