import type { JsonValue } from '../bytes/json.ts';
import { concatBytes } from '../bytes/bytes.ts';
import { AuditorError } from '../verdict/auditorError.ts';
import type { Committed } from './commitment.ts';
import { encodeEvent, type TraceEvent } from './event.ts';
import { eventToJson } from './eventJson.ts';
import { fieldsLeaf } from './fields.ts';
import { proveFunction } from './functionIndex.ts';
import { batchProof, tileConsistencyProof } from './proof.ts';
import { Salts } from './salt.ts';
import { proveSymbols } from './symbols.ts';
import { TileTree } from './tileTree.ts';
import type { ShownLeaf, TraceProof } from './traceProof.ts';
import type { TraceReader } from './traceReader.ts';
import { treeHasher } from './treeHasher.ts';

/** What is to be shown. */
export interface TraceProofChoice {
  /** Numbers of events. A leaf is shown with all of its events, where it has several. */
  readonly events?: readonly number[];
  /** Where a trace says `fields`: which of them, of every event that is shown; all where nothing is said. Field 0, what happened, always is. */
  readonly fields?: (event: TraceEvent) => readonly number[];
  /** Functions whose number of calls is to be shown. */
  readonly functions?: readonly number[];
  /** That an earlier trace of so many full leaves is a prefix. */
  readonly prefix?: { readonly root: string; readonly leaves: number };
  readonly zk?: JsonValue;
}

/** Numbers of the fields of a call: what was called, and the arguments and results chosen. */
export function callFields(
  event: TraceEvent,
  { values = [], results = [] }: { readonly values?: readonly number[]; readonly results?: readonly number[] },
): number[] {
  return [0, ...values.map((place) => 3 + place), ...results.map((place) => 3 + event.values.length + place)];
}

/**
 * Makes the proof that an event holder gets, out of the whole trace.
 * @throws AuditorError (usage) for events, fields or functions that are not there, or a salted trace without its key
 */
export async function makeTraceProof(
  reader: TraceReader,
  committed: Committed,
  choice: TraceProofChoice,
): Promise<TraceProof> {
  const { metadata, domain, signed, saltKey } = reader.file;
  if (metadata.saltCommitment !== '00'.repeat(32) && !saltKey) {
    throw new AuditorError('usage', 'TRACE_SALT_KEY', 'Proofs of a salted trace are made with its salt key.');
  }
  const { eventsPerLeaf } = metadata;
  const wanted = [...new Set((choice.events ?? []).map((event) => Math.floor(event / eventsPerLeaf)))].sort(
    (a, b) => a - b,
  );
  const side = await reader.side(committed);
  const leaves: ShownLeaf[] = [];
  const named = new Set<number>(choice.functions ?? []);
  for (const index of wanted) {
    const events = await reader.events(index * eventsPerLeaf, eventsPerLeaf);
    if (events.length === 0) throw new AuditorError('usage', 'TRACE_INDEX', `The trace has no leaf ${index}.`);
    for (const event of events) for (const symbol of symbolsOf(event, reader)) named.add(symbol);
    leaves.push(await showLeaf(index, events, reader, choice));
  }
  const functions = (choice.functions ?? []).map((index) => {
    if (committed.functions[index]) return proveFunction(committed.functions, index, saltKey);
    throw new AuditorError('usage', 'TRACE_FUNCTION', `The program has no function ${index}.`);
  });
  const { prefix } = choice;
  return {
    metadata,
    domain,
    signed,
    leaves,
    nodes: wanted.length === 0 ? [] : await batchProof(side.tiles, wanted),
    symbols: proveSymbols(
      reader.symbols,
      [...named].sort((a, b) => a - b),
    ),
    functions,
    prefix: prefix && { ...prefix, path: await tileConsistencyProof(side.tiles, prefix.leaves) },
    ...(choice.zk === undefined ? {} : { zk: choice.zk }),
  };
}

/** Numbers of the lines of symbols that an event needs. */
function symbolsOf({ kind, site }: TraceEvent, { symbols }: TraceReader): number[] {
  if (kind === 'call' || kind === 'openCall' || kind === 'hostCall') return [site];
  if (kind === 'trap' || kind === 'budget') return [];
  const inside = symbols.sites[site]?.function;
  return inside === undefined ? [] : [inside, symbols.functions.length + site];
}

async function showLeaf(
  index: number,
  events: readonly TraceEvent[],
  { file, lookup }: TraceReader,
  choice: TraceProofChoice,
): Promise<ShownLeaf> {
  const salts = file.saltKey && new Salts(file.saltKey);
  if (file.metadata.leafEncoding !== 'fields') {
    const salt = salts?.ofLeaves(index, 1);
    return { index, ...(salt ? { salt } : {}), events: events.map((event) => eventToJson(event, lookup)) };
  }
  const event = events[0] as TraceEvent;
  const leaf = fieldsLeaf(encodeEvent(event), index, salts as Salts, treeHasher());
  const all = leaf.fields.map((_, field) => field);
  const chosen = [...new Set([0, ...(choice.fields?.(event) ?? all)])].sort((a, b) => a - b);
  if (chosen.some((field) => !all.includes(field))) {
    throw new AuditorError('usage', 'TRACE_FIELD', `Event ${index} has ${all.length} fields.`);
  }
  const tree = new TileTree(true);
  tree.append(concatBytes(...leaf.hashes));
  return {
    index,
    fields: {
      count: all.length,
      shown: chosen.map((field) => ({
        field,
        bytes: leaf.fields[field] as Uint8Array,
        salt: leaf.salts.slice(16 * field, 16 * field + 16),
      })),
      path: await batchProof(tree, chosen),
    },
  };
}
