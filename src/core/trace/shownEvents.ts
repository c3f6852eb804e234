import { concatBytes } from '../bytes/bytes.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { decodeEvent, encodeEvent, eventKinds, eventShapes } from './event.ts';
import { eventFromJson, type SymbolLookup } from './eventJson.ts';
import { fieldsHash, readField } from './fields.ts';
import { hashOneLeaf } from './leafHasher.ts';
import { leafCount, type TraceMetadata } from './metadata.ts';
import { rootFromBatch } from './proof.ts';
import { recordKinds, recordLength, readRecord, resultBit, writeRecord } from './record.ts';
import { isSite, parseSymbolLine, type FunctionSymbol, type SiteSymbol, type SymbolProof } from './symbols.ts';
import type { ShownLeaf } from './traceProof.ts';
import { hashLeaf, treeHasher } from './treeHasher.ts';
import { valueToJson } from './value.ts';

/** An event as a proof shows it. */
export interface ShownEvent {
  /** Its number in the trace. */
  readonly index: number;
  /** All of it, or what was disclosed: `args` is then an object by position. */
  readonly event: JsonObject;
  readonly isWhole: boolean;
}

/** Looks symbols up among those that came with a proof. @throws FormatError for a line that is none, or two for one place */
export function lookupProved(proofs: readonly SymbolProof[]): SymbolLookup {
  const functions = new Map<number, FunctionSymbol>();
  const sites = new Map<number, SiteSymbol>();
  for (const { line, index } of proofs) {
    const symbol = parseSymbolLine(line);
    if (isSite(symbol)) {
      if (sites.has(symbol.site)) throw new FormatError(`The proof, symbols: site ${symbol.site} twice.`, index);
      sites.set(symbol.site, symbol);
    } else {
      if (functions.has(symbol.index))
        throw new FormatError(`The proof, symbols: function ${symbol.index} twice.`, index);
      // Functions come first, so the place of its line is the function's number: no other line can speak of it.
      if (symbol.index !== index)
        throw new FormatError(`The proof, symbols: line ${index} speaks of function ${symbol.index}.`, index);
      functions.set(symbol.index, symbol);
    }
  }
  return { functionAt: (index) => functions.get(index), siteAt: (site) => sites.get(site) };
}

/** The hash of a leaf that is shown, and what it says. @throws FormatError where what is shown is no leaf of such a trace */
export function readShownLeaf(
  leaf: ShownLeaf,
  metadata: TraceMetadata,
  lookup: SymbolLookup,
): { readonly hash: Uint8Array; readonly events: readonly ShownEvent[] } {
  const { leafEncoding, eventsPerLeaf, count, saltCommitment } = metadata;
  const isSalted = saltCommitment !== '00'.repeat(32);
  if (leaf.index >= leafCount(metadata))
    throw new FormatError(`The proof: the trace has no leaf ${leaf.index}.`, leaf.index);
  if (leafEncoding === 'fields') return readFields(leaf, lookup);
  if (!leaf.events) throw new FormatError(`Leaf ${leaf.index}: events were expected, fields are shown.`, leaf.index);
  const first = leaf.index * eventsPerLeaf;
  const expected = Math.min(eventsPerLeaf, count - first);
  if (leaf.events.length !== expected)
    throw new FormatError(
      `Leaf ${leaf.index}: ${expected} events were expected, ${leaf.events.length} are shown.`,
      leaf.index,
    );
  if ((leaf.salt !== undefined) !== isSalted) {
    throw new FormatError(`Leaf ${leaf.index}: ${isSalted ? 'a salt' : 'no salt'} was expected.`, leaf.index);
  }
  const records = leaf.events.map((event) => encodeEvent(eventFromJson(event, lookup)));
  const hash = hashOneLeaf(concatBytes(...records), leaf.salt, { leafEncoding, symbols: lookup }, treeHasher());
  const events = leaf.events.map((event, place) => ({ index: first + place, event, isWhole: true }));
  return { hash, events };
}

function readFields({ index, fields, salt }: ShownLeaf, lookup: SymbolLookup): ReturnType<typeof readShownLeaf> {
  if (!fields || salt) throw new FormatError(`Leaf ${index}: fields were expected, each with its salt.`, index);
  const hashes = fields.shown.map(({ field, bytes, salt: own }) => ({ index: field, hash: hashLeaf(bytes, own) }));
  const root = rootFromBatch(hashes, fields.count, fields.path);
  const event: JsonObject = {};
  const [values, results]: [JsonObject, JsonObject] = [{}, {}];
  for (const { field, bytes } of fields.shown) {
    const meaning = readField(field, bytes);
    if (meaning.is === 'head') Object.assign(event, headToJson(meaning.kind, meaning.site, lookup));
    else if (meaning.is === 'a') event.a = meaning.a;
    else if (meaning.is === 'v') event.v = meaning.v.toString();
    else {
      const { position, isResult, json } = valueField(meaning.records);
      (isResult ? results : values)[position] = json;
    }
  }
  if (event.event === undefined) throw new FormatError(`Leaf ${index}: what happened (field 0) is not shown.`, index);
  if (Object.keys(values).length > 0) event.args = values;
  if (Object.keys(results).length > 0) event.results = results;
  return { hash: fieldsHash(fields.count, root), events: [{ index, event, isWhole: false }] };
}

function headToJson(code: number, site: number, lookup: SymbolLookup): JsonObject {
  const kind = eventKinds.find((each) => recordKinds[each] === code);
  if (!kind) throw new FormatError(`Field 0: 0x${code.toString(16)} is no kind of event.`, 0);
  const { event } = eventShapes[kind];
  if (code > recordKinds.hostCall) return { event, site };
  const symbol = lookup.functionAt(site);
  if (!symbol) throw new FormatError(`Field 0: the symbols do not name function ${site}.`, 0);
  return { event, func: site, func_name: symbol.name };
}

/** The value of a field and its place, read as the strict reader of events reads it. */
function valueField(records: Uint8Array): {
  readonly position: number;
  readonly isResult: boolean;
  readonly json: JsonValue;
} {
  const { a } = readRecord(records);
  const isResult = a >= resultBit;
  const position = isResult ? a - resultBit : a;
  // As the only value of a call, which is where the strict reader takes values.
  const copy = new Uint8Array(recordLength + records.length);
  writeRecord(copy, 0, { kind: recordKinds.call, site: 0, a: 0, v: 0n });
  copy.set(records, recordLength);
  for (let at = recordLength; at < copy.length; at += recordLength) {
    new DataView(copy.buffer).setUint32(at + 4, isResult ? resultBit : 0, true);
    if (readRecord(records, at - recordLength).a !== a) throw new FormatError('A field: two values.', 0);
  }
  const { values, results } = decodeEvent(copy);
  const [value, ...more] = [...values, ...results];
  if (!value || more.length > 0) throw new FormatError('A field: one value was expected.', 0);
  return { position, isResult, json: valueToJson(value) };
}

/**
 * Whether an event that is shown is what was asked for: every member that was asked for is there and the same; of lists, every place that is not null. What was not
 * disclosed matches nothing.
 */
export function matchesEvent(shown: JsonObject, asked: JsonObject): boolean {
  return Object.entries(asked).every(([name, wanted]) => {
    const found = shown[name];
    if ((name !== 'args' && name !== 'results') || typeof wanted !== 'object' || wanted === null)
      return same(found, wanted);
    return Object.entries(wanted).every(
      ([place, value]) => value === null || same((found as JsonObject | undefined)?.[place], value as JsonValue),
    );
  });
}

function same(a: JsonValue | undefined, b: JsonValue): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
