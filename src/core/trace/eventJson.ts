import { canonicalJson, parseCanonicalJson } from '../bytes/jcs.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { readMembers, readObject } from '../certificate/envelope.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { eventKinds, eventShapes, exitTrap, shapeFault, trapNames, type EventKind, type TraceEvent } from './event.ts';
import { maximumSite } from './record.ts';
import type { FunctionSymbol, SiteSymbol } from './symbols.ts';
import { valueFault, valueFromJson, valueToJson, type TraceValue } from './value.ts';

/** What the JSON of an event needs to know of the symbols: all of them, or the few that came with a proof. */
export interface SymbolLookup {
  readonly functionAt: (index: number) => FunctionSymbol | undefined;
  readonly siteAt: (site: number) => SiteSymbol | undefined;
}

/**
 * The event as people and other programs read it: `{"event":"func_call","func_name":"compute","args":[…],"return_value":…, …}`. Together with the symbols it
 * says exactly what the records say: `eventFromJson` gives the same event back.
 * @throws FormatError where the symbols do not name what the event is about, or its value does not fit the type they give
 */
export function eventToJson(event: TraceEvent, symbols: SymbolLookup): JsonObject {
  const { kind, site, a, v } = event;
  const name: JsonObject = { event: eventShapes[kind].event };
  const args = event.values.map(valueToJson);
  switch (kind) {
    case 'call':
    case 'hostCall':
      return { ...name, ...callMembers(event, symbols), args, return_value: resultToJson(event.results) };
    case 'openCall':
      return { ...name, ...callMembers(event, symbols), args };
    case 'load':
    case 'store':
      return { ...name, site, address: a, value: siteValue(event, symbols) };
    case 'localGet':
    case 'localSet':
      return { ...name, site, local: a, value: siteValue(event, symbols) };
    case 'globalGet':
    case 'globalSet':
      return { ...name, site, global: a, value: siteValue(event, symbols) };
    case 'memoryGrow':
      return { ...name, site, pages: a, result: Number(BigInt.asIntN(32, v)) };
    case 'tableGrow':
      return { ...name, site, count: a, result: Number(BigInt.asIntN(32, v)) };
    case 'tableGet':
    case 'tableSet':
      return { ...name, site, index: a, is_null: v === 0n };
    case 'branchIf':
      return { ...name, site, taken: v === 1n };
    case 'branchTable':
      return { ...name, site, index: Number(v) };
    case 'trap':
      return { ...name, trap: trapNames[site] as string, ...(site === exitTrap ? { exit_code: Number(v) } : {}) };
    case 'budget':
      return { ...name, budget: v.toString() };
    case 'block':
    case 'branch':
      return { ...name, site };
    default:
      return { ...name, site, args };
  }
}

/** The canonical text of `eventToJson` (RFC 8785): what a leaf holds where the trace says `jcs`. */
export function eventText(event: TraceEvent, symbols: SymbolLookup): string {
  return canonicalJson(eventToJson(event, symbols));
}

/** The event of a canonical text. @throws FormatError */
export function parseEventText(text: string, symbols: SymbolLookup): TraceEvent {
  return eventFromJson(parseCanonicalJson(text, { maximumLength: 1024 * 1024, maximumDepth: 4 }), symbols);
}

/** The event that `eventToJson` wrote, under the same symbols. @throws FormatError for anything else */
export function eventFromJson(json: JsonValue, symbols: SymbolLookup): TraceEvent {
  const { event: named } = readObject('The event', json);
  const kind = eventKinds.find((each) => eventShapes[each].event === named);
  if (!kind) throw new FormatError(`The event: ${shown(named)} is no kind of event.`, 0);
  const event = readEvent(kind, json, symbols);
  const fault = shapeFault(event);
  if (fault) throw new FormatError(`The event: ${fault} was expected.`, 0);
  return event;
}

function readEvent(kind: EventKind, json: JsonValue, symbols: SymbolLookup): TraceEvent {
  const members = (...names: string[]): Record<string, JsonValue> =>
    readMembers('The event', json, ['event', ...names]) as Record<string, JsonValue>;
  const empty = { kind, site: 0, a: 0, v: 0n, values: [], results: [] };
  switch (kind) {
    case 'call':
    case 'hostCall':
    case 'openCall': {
      const isOpen = kind === 'openCall';
      const found = members('args', 'depth', 'func', 'func_name', 'span', ...(isOpen ? [] : ['return_value']));
      const site = number(found.func, 'func', maximumSite);
      const name = functionName(site, symbols);
      if (found.func_name !== name) throw mismatch('func_name', name, found.func_name);
      const values = valuesFrom(found.args, 'args');
      const results = isOpen ? [] : resultFrom(found.return_value);
      const event = { kind, site, a: number(found.depth, 'depth'), v: decimal(found.span, 'span'), values, results };
      checkTypes(event, symbols);
      return event;
    }
    case 'load':
    case 'store':
    case 'localGet':
    case 'localSet':
    case 'globalGet':
    case 'globalSet': {
      const place = kind.startsWith('local') ? 'local' : kind.startsWith('global') ? 'global' : 'address';
      const found = members('site', place, 'value');
      const site = number(found.site, 'site', maximumSite);
      const value = valueFromJson(found.value);
      const { type } = siteOf(site, symbols);
      if (value.type !== type) throw mismatch('value', String(type), value.type);
      const isWide = type === 'v128';
      return {
        ...empty,
        site,
        a: number(found[place], place),
        v: isWide ? 0n : value.bits,
        values: isWide ? [value] : [],
      };
    }
    case 'memoryGrow':
    case 'tableGrow': {
      const asked = kind === 'memoryGrow' ? 'pages' : 'count';
      const found = members('site', asked, 'result');
      const result = signed(found.result, 'result');
      return {
        ...empty,
        site: number(found.site, 'site', maximumSite),
        a: number(found[asked], asked),
        v: result,
      };
    }
    case 'tableGet':
    case 'tableSet': {
      const found = members('site', 'index', 'is_null');
      const a = number(found.index, 'index');
      return {
        ...empty,
        site: number(found.site, 'site', maximumSite),
        a,
        v: boolean(found.is_null, 'is_null') ? 0n : 1n,
      };
    }
    case 'branchIf': {
      const found = members('site', 'taken');
      return {
        ...empty,
        site: number(found.site, 'site', maximumSite),
        v: boolean(found.taken, 'taken') ? 1n : 0n,
      };
    }
    case 'branchTable': {
      const found = members('site', 'index');
      return {
        ...empty,
        site: number(found.site, 'site', maximumSite),
        v: BigInt(number(found.index, 'index')),
      };
    }
    case 'trap': {
      const { trap } = readObject('The event', json);
      const site = trapNames.indexOf(typeof trap === 'string' ? trap : '');
      if (site < 0) throw new FormatError(`The event: ${shown(trap)} is no kind of trap.`, 0);
      if (site !== exitTrap) {
        members('trap');
        return { ...empty, site };
      }
      return { ...empty, site, v: BigInt(number(members('trap', 'exit_code').exit_code, 'exit_code')) };
    }
    case 'budget':
      return { ...empty, v: decimal(members('budget').budget, 'budget') };
    case 'block':
    case 'branch':
      return { ...empty, site: number(members('site').site, 'site', maximumSite) };
    default: {
      const found = members('site', 'args');
      return { ...empty, site: number(found.site, 'site', maximumSite), values: valuesFrom(found.args, 'args') };
    }
  }
}

function callMembers(event: TraceEvent, symbols: SymbolLookup): JsonObject {
  const name = functionName(event.site, symbols);
  checkTypes(event, symbols);
  return { func: event.site, func_name: name, depth: event.a, span: event.v.toString() };
}

function functionName(index: number, symbols: SymbolLookup): string {
  const found = symbols.functionAt(index);
  if (!found) throw new FormatError(`The event: the symbols do not name function ${index}.`, 0);
  return found.name;
}

/** Values of a call are those of the function's type: a record that says otherwise is not of this program. */
function checkTypes({ kind, site, values, results }: TraceEvent, symbols: SymbolLookup): void {
  const { parameters, results: declared } = symbols.functionAt(site) as FunctionSymbol;
  const typesOf = (list: readonly TraceValue[]): string => list.map(({ type }) => type).join(' ');
  if (typesOf(values) !== parameters.join(' ')) throw mismatch('args', parameters.join(', '), typesOf(values));
  if (kind !== 'openCall' && typesOf(results) !== declared.join(' ')) {
    throw mismatch('return_value', declared.join(', '), typesOf(results));
  }
}

function siteOf(site: number, symbols: SymbolLookup): SiteSymbol {
  const found = symbols.siteAt(site);
  if (!found) throw new FormatError(`The event: the symbols do not name site ${site}.`, 0);
  return found;
}

function siteValue({ site, v, values }: TraceEvent, symbols: SymbolLookup): number | string {
  const { type } = siteOf(site, symbols);
  if (type === null) throw mismatch('value', 'no value', 'one');
  if ((type === 'v128') !== values.length > 0) throw mismatch('value', type, 'another type');
  const value = values[0] ?? { type, bits: v };
  const fault = valueFault(value);
  if (fault) throw new FormatError(`The event, value: expected ${fault}.`, 0);
  return valueToJson(value);
}

function resultToJson(results: readonly TraceValue[]): JsonValue {
  const [first, ...others] = results.map(valueToJson);
  return first === undefined ? null : others.length === 0 ? first : [first, ...others];
}

function resultFrom(json: JsonValue | undefined): TraceValue[] {
  if (json === null) return [];
  if (!Array.isArray(json)) return [valueFromJson(json)];
  if (json.length < 2) throw new FormatError('The event, return_value: one result stands without a list.', 0);
  return valuesFrom(json, 'return_value');
}

function valuesFrom(json: JsonValue | undefined, name: string): TraceValue[] {
  if (!Array.isArray(json)) throw new FormatError(`The event, ${name}: a list was expected.`, 0);
  return json.map(valueFromJson);
}

function number(json: JsonValue | undefined, name: string, maximum = 0xffffffff): number {
  if (typeof json === 'number' && Number.isInteger(json) && json >= 0 && json <= maximum) return json;
  throw new FormatError(`The event, ${name}: a whole number up to ${maximum} was expected, found ${shown(json)}.`, 0);
}

function signed(json: JsonValue | undefined, name: string): bigint {
  if (typeof json === 'number' && Number.isInteger(json) && json >= -(2 ** 31) && json < 2 ** 31) {
    return BigInt.asUintN(32, BigInt(json));
  }
  throw new FormatError(`The event, ${name}: a number of 32 bits was expected, found ${shown(json)}.`, 0);
}

function decimal(json: JsonValue | undefined, name: string): bigint {
  if (typeof json === 'string' && /^(0|[1-9][0-9]{0,19})$/.test(json)) {
    const value = BigInt(json);
    if (value < 2n ** 64n) return value;
  }
  throw new FormatError(`The event, ${name}: a decimal string of 64 bits was expected, found ${shown(json)}.`, 0);
}

function boolean(json: JsonValue | undefined, name: string): boolean {
  if (typeof json === 'boolean') return json;
  throw new FormatError(`The event, ${name}: true or false was expected, found ${shown(json)}.`, 0);
}

function mismatch(name: string, expected: string, found: unknown): FormatError {
  return new FormatError(`The event, ${name}: ${expected || 'nothing'} was expected, found ${shown(found)}.`, 0);
}

function shown(found: unknown): string {
  return (JSON.stringify(found) ?? 'nothing').slice(0, 80);
}

/** Looks symbols up in the whole table. */
export function lookupIn({
  functions,
  sites,
}: {
  readonly functions: readonly FunctionSymbol[];
  readonly sites: readonly SiteSymbol[];
}): SymbolLookup {
  return { functionAt: (index) => functions[index], siteAt: (site) => sites[site] };
}
