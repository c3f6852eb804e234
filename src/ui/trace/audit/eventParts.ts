import type { JsonObject, JsonValue } from '../../../core/bytes/json.ts';
import type { SymbolLookup } from '../../../core/trace/eventJson.ts';
import { describeValue, valueFromJson } from '../../../core/trace/value.ts';
import { FormatError } from '../../../core/verdict/auditorError.ts';
import { traceAudit } from '../../words/traceAudit.en.ts';

/** A piece of a sentence about an event: words, a value or name out of the trace, or a value that was not disclosed. */
export type Part =
  | { readonly text: string }
  | { readonly value: string }
  | { readonly hidden: true }
  | { readonly joined: readonly Part[] };

const { events: sentences } = traceAudit;
const hidden: Part = { hidden: true };

/** The event as a sentence in pieces, so that what comes out of a stranger's program never passes for our own words. */
export function eventParts(event: JsonObject, lookup: SymbolLookup): readonly Part[] {
  const kind = String(event.event);
  const template = kind === 'trap' && event.trap === 'exit' ? sentences.exit : sentences[kind];
  if (template === undefined) return [{ value: kind }];
  const site = typeof event.site === 'number' ? lookup.siteAt(event.site) : undefined;
  const inside = site && lookup.functionAt(site.function)?.name;
  const one = (value: JsonValue | undefined): Part => (value === undefined ? hidden : { value: shownValue(value) });
  const names: Record<string, Part> = {
    function: { value: named(event.func_name, event.func) },
    args: argumentsOf(event, lookup, kind),
    result: resultOf(event, lookup),
    operation: site ? { value: site.operation } : { text: traceAudit.somewhere },
    inside: inside === undefined ? { text: traceAudit.somewhere } : { value: inside },
    value: one(event.value ?? event.v),
    address: one(event.address ?? event.a),
    local: one(event.local ?? event.a),
    global: one(event.global ?? event.a),
    index: one(event.index ?? event.a),
    pages: one(event.pages ?? event.a),
    count: one(event.count ?? event.a),
    taken: one(event.taken),
    trap: one(event.trap),
    code: one(event.exit_code),
  };
  return tell(template, names);
}

/** A template with pieces in the place of its names. */
export function tell(template: string, names: Readonly<Record<string, Part>>): readonly Part[] {
  return template.split(/(\{\w+\})/).flatMap((piece): Part[] => {
    if (piece === '') return [];
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    const found = name === undefined ? undefined : names[name];
    return [found ?? { text: piece }];
  });
}

/** The sentence as plain text, for headlines and for those who listen. */
export function plainText(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if ('text' in part) return part.text;
      if ('value' in part) return part.value;
      return 'joined' in part ? plainText(part.joined) : traceAudit.hidden;
    })
    .join('');
}

function named(name: JsonValue | undefined, index: JsonValue | undefined): string {
  return typeof name === 'string' && name !== '' ? name : `func[${String(index)}]`;
}

function argumentsOf(event: JsonObject, lookup: SymbolLookup, kind: string): Part {
  const isCall = kind === 'func_call' || kind === 'func_open' || kind === 'host_call';
  const symbol = typeof event.func === 'number' ? lookup.functionAt(event.func) : undefined;
  const values = placed(event.args, isCall ? (symbol?.parameters.length ?? 0) : 0);
  if (values.length === 0) return { text: traceAudit.without };
  const list = { joined: inARow(values) };
  return isCall ? { joined: tell(traceAudit.with, { args: list }) } : list;
}

function resultOf(event: JsonObject, lookup: SymbolLookup): Part {
  if (event.result !== undefined) return { value: shownValue(event.result) };
  const { return_value: whole, results } = event;
  if (whole === null) return { text: traceAudit.nothing };
  if (whole !== undefined) return { joined: inARow(placed(Array.isArray(whole) ? whole : [whole], 0)) };
  const symbol = typeof event.func === 'number' ? lookup.functionAt(event.func) : undefined;
  const values = placed(results, symbol?.results.length ?? 0);
  return values.length === 0 ? { text: traceAudit.nothing } : { joined: inARow(values) };
}

/** Values of a list, or of an object by place where only some were disclosed. */
function placed(given: JsonValue | undefined, expected: number): Part[] {
  if (Array.isArray(given)) return given.map((value) => ({ value: shownValue(value) }));
  const known = (typeof given === 'object' && given !== null ? given : {}) as JsonObject;
  const places = Math.min(64, Math.max(expected, ...Object.keys(known).map((place) => Number(place) + 1), 0));
  return Array.from({ length: places }, (_, place): Part => {
    const value = known[String(place)];
    return value === undefined ? hidden : { value: shownValue(value) };
  });
}

function inARow(values: readonly Part[]): readonly Part[] {
  return values.flatMap((value, place): Part[] => {
    if (place === 0) return [value];
    return [{ text: place === values.length - 1 ? traceAudit.and : ', ' }, value];
  });
}

/** Floats are numbers for people; everything else as in JSON. */
function shownValue(value: JsonValue): string {
  if (typeof value !== 'string' || !/^0x[0-9a-f]{8}([0-9a-f]{8})?$/.test(value)) return String(value);
  try {
    return describeValue(valueFromJson(value));
  } catch (error) {
    if (error instanceof FormatError) return value;
    throw error;
  }
}
