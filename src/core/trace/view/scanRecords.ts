import { eventKinds, type EventKind } from '../event.ts';
import { recordKinds, recordLength } from '../record.ts';
import type { Symbols } from '../symbols.ts';
import type { TimelineBuilder } from '../timeline.ts';

/** Which events are wanted; what is left out is not asked for. */
export interface EventFilter {
  readonly kinds?: readonly EventKind[];
  /** Index of the function that was called, or in whose body it happened. */
  readonly function?: number;
  /** Part of a function's name, in any case; or a number: an argument, a result, an address, a value. */
  readonly text?: string;
}

const kindOfCode: readonly (EventKind | undefined)[] = Array.from({ length: 256 }, (_, code) =>
  eventKinds.find((kind) => recordKinds[kind] === code),
);

/** Reads nothing but the heads of records, which is an order of magnitude quicker than decoding events. */
export function addToTimeline(records: Uint8Array, timeline: TimelineBuilder): void {
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
  for (let at = 0; at < records.length; at += recordLength) {
    const kind = kindOfCode[records[at] as number];
    if (kind) timeline.add({ kind, a: view.getUint32(at + 4, true) });
  }
}

/**
 * Numbers of the events that a filter lets through, in order.
 * @param bundles records of the whole trace, each bundle with whole events
 */
export function filterEvents(
  bundles: readonly Uint8Array[],
  total: number,
  symbols: Symbols,
  filter: EventFilter,
): Uint32Array {
  const codes = new Uint8Array(256);
  for (const kind of filter.kinds ?? eventKinds) codes[recordKinds[kind]] = 1;
  const wanted = filter.function;
  const search = searchFor(filter.text ?? '', symbols);
  const found = new Uint32Array(total);
  let length = 0;
  let event = -1;
  let passes = false;
  let matches = false;
  const end = (): void => {
    if (passes && matches) found[length++] = event;
  };
  for (const records of bundles) {
    const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
    for (let at = 0; at < records.length; at += recordLength) {
      const code = records[at] as number;
      if (code < 0x80) {
        end();
        event++;
        passes = codes[code] === 1;
        if (!passes) continue;
        const site = view.getUint32(at, true) >>> 8;
        const inside = functionOf(code, site, symbols);
        passes = wanted === undefined || inside === wanted;
        matches = !search || search.functions.has(inside) || search.isHead(view, at, code);
      } else if (passes && !matches) matches = search?.isValue(view, at) ?? false;
    }
  }
  end();
  return found.slice(0, length);
}

/** The function that a head speaks of; −1 for those that speak of none. */
export function functionOf(code: number, site: number, { sites }: Symbols): number {
  if (code <= recordKinds.hostCall) return site;
  if (code === recordKinds.trap || code === recordKinds.budget) return -1;
  return sites[site]?.function ?? -1;
}

interface Search {
  readonly functions: ReadonlySet<number>;
  readonly isHead: (view: DataView, at: number, code: number) => boolean;
  readonly isValue: (view: DataView, at: number) => boolean;
}

function searchFor(text: string, { functions }: Symbols): Search | undefined {
  const part = text.trim().toLowerCase();
  if (part === '') return undefined;
  const named = functions.filter(({ name }) => name.toLowerCase().includes(part)).map(({ index }) => index);
  const number = numberOf(part);
  const wide = number === undefined ? undefined : BigInt.asUintN(64, number);
  const narrow =
    number === undefined || number >= 2n ** 32n || number < -(2n ** 31n) ? wide : BigInt.asUintN(32, number);
  const isValue = (view: DataView, at: number): boolean => {
    const value = view.getBigUint64(at + 8, true);
    return value === wide || value === narrow;
  };
  return {
    functions: new Set(named),
    // Of a call the head holds depth and span, which nobody looks for by a bare number.
    isHead: (view, at, code) =>
      wide !== undefined &&
      code > recordKinds.hostCall &&
      (isValue(view, at) || BigInt(view.getUint32(at + 4, true)) === wide),
    isValue: wide === undefined ? () => false : isValue,
  };
}

/** A number as people write it: decimal with or without a sign, or hex behind `0x`, up to 64 bits. */
function numberOf(text: string): bigint | undefined {
  if (!/^(-?\d{1,20}|0x[0-9a-f]{1,16})$/.test(text)) return undefined;
  const number = BigInt(text);
  return number < 2n ** 64n && number >= -(2n ** 63n) ? number : undefined;
}
