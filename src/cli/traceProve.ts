import { canonicalJson } from '../core/bytes/jcs.ts';
import type { JsonObject } from '../core/bytes/json.ts';
import { judgeTraceProof } from '../core/trace/checkProof.ts';
import { eventToJson } from '../core/trace/eventJson.ts';
import { makeTraceProof } from '../core/trace/makeTraceProof.ts';
import { leafCount } from '../core/trace/metadata.ts';
import { matchesEvent } from '../core/trace/shownEvents.ts';
import { encodeTraceProof } from '../core/trace/traceProof.ts';
import type { TraceReader } from '../core/trace/traceReader.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { readArgs, wrongCall } from './args.ts';
import { demandUnaltered } from './demandUnaltered.ts';
import { writeResult } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { openTrace } from './openTrace.ts';
import { readAsked } from './readAsked.ts';
import { traceUsage } from './traceUsage.ts';

const optionKinds = { out: 'value', event: 'values', find: 'values', calls: 'values', prefix: 'value' } as const;

/** `trace prove`: some events of a trace in a file for others, which says nothing of the rest. */
export async function traceProve(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, optionKinds, traceUsage);
  const [name] = rest;
  const { out, event, find, calls, prefix: earlier } = options;
  if (out === undefined || name === undefined || rest.length > 1) {
    throw wrongCall('A trace, and a name for the proof (--out), are needed.', traceUsage);
  }
  if (event.length + find.length + calls.length === 0 && earlier === undefined)
    throw wrongCall('What is to be shown?', traceUsage);
  const numbers = event.map((given) => {
    if (/^(0|[1-9]\d{0,14})$/.test(given)) return Number(given);
    throw wrongCall(`--event is the number of an event, not ${given.slice(0, 40)}.`, traceUsage);
  });
  const asked = find.map((given) => readAsked(given));
  const reader = await openTrace(name, io);
  const committed = await demandUnaltered(name, reader, io);
  const found = await findEvents(reader, asked);
  const functions = calls.map((given) => functionOf(reader, given));
  const events = [...numbers, ...found];
  const prefix = earlier === undefined ? undefined : prefixOf(earlier, reader, await openTrace(earlier, io));
  const choice = { events, functions, ...(prefix && { prefix }) };
  const text = encodeTraceProof(await makeTraceProof(reader, committed, choice));
  if (earlier !== undefined) await demandPrefix(text, earlier, name);
  await writeResult(io.folder, out, text);
  const shown = [...new Set(events)].sort((a, b) => a - b);
  io.line({ file: out, events: shown, functions, prefix: prefix ?? null, bytes: text.length });
  const and = functions.length === 0 ? '' : ` and the calls of ${counted(functions.length, 'function')}`;
  const also = earlier === undefined ? '' : ` It shows that ${earlier} is how ${name} begins.`;
  io.say(`${out} shows ${counted(shown.length, 'event')}${and}, and nothing else.${also}`);
  return 0;
}

/** The earlier trace as the beginning of this one. @throws AuditorError `usage` TRACE_PREFIX for one that can be none */
function prefixOf(name: string, { file }: TraceReader, { file: earlier }: TraceReader) {
  const own = file.metadata;
  const { metadata } = earlier;
  const refuse = (words: string) => new AuditorError('usage', 'TRACE_PREFIX', `${name} ${words}`);
  for (const member of ['leafEncoding', 'eventsPerLeaf', 'saltCommitment'] as const) {
    if (own[member] !== metadata[member]) throw refuse(`has another ${member}: their trees cannot be compared.`);
  }
  if (metadata.count % metadata.eventsPerLeaf !== 0)
    throw refuse('ends within a leaf: it can be the beginning of none.');
  const leaves = leafCount(metadata);
  if (leaves === 0 || leaves > leafCount(own)) throw refuse(`has ${leaves} leaves, more than there are, or none.`);
  return { root: metadata.root, leaves };
}

/** @throws AuditorError `usage` TRACE_PREFIX where the traces part before the earlier one ends */
async function demandPrefix(text: string, earlier: string, name: string): Promise<void> {
  const { checks } = await judgeTraceProof(text, { trust: {} });
  if (checks.find(({ code }) => code === 'TRACE_PREFIX')?.status === 'pass') return;
  const words = `${earlier} is not how ${name} begins: trace bisect says where they part.`;
  throw new AuditorError('usage', 'TRACE_PREFIX', words);
}

/** Numbers of the first events that say what was asked for. @throws AuditorError `usage` TRACE_EVENT */
async function findEvents(reader: TraceReader, asked: readonly JsonObject[]): Promise<number[]> {
  const found = new Map<number, number>();
  const step = reader.eventsPerBundle;
  for (let from = 0; from < reader.count && found.size < asked.length; from += step) {
    for (const [place, event] of (await reader.events(from, step)).entries()) {
      const shown = eventToJson(event, reader.lookup);
      for (const [index, each] of asked.entries()) {
        if (!found.has(index) && matchesEvent(shown, each)) found.set(index, from + place);
      }
    }
  }
  const missing = asked.find((_, index) => !found.has(index));
  if (missing) throw new AuditorError('usage', 'TRACE_EVENT', `No event of the trace is ${canonicalJson(missing)}.`);
  return [...found.values()];
}

/** @throws AuditorError `usage` TRACE_FUNCTION */
function functionOf({ symbols }: TraceReader, given: string): number {
  if (/^(0|[1-9]\d{0,7})$/.test(given) && Number(given) < symbols.functions.length) return Number(given);
  const named = symbols.functions.filter(({ name, exports }) => name === given || exports.includes(given));
  const [only, ...more] = named;
  if (only && more.length === 0) return only.index;
  const words = only
    ? `is the name of functions ${named.map(({ index }) => index).join(', ')}: give one of these.`
    : 'is no function of it.';
  throw new AuditorError('usage', 'TRACE_FUNCTION', `${given} ${words}`);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
