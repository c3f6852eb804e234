import type { JsonObject } from '../core/bytes/json.ts';
import { bisect, type DivergedSide } from '../core/trace/bisect.ts';
import type { TraceEvent } from '../core/trace/event.ts';
import { eventToJson } from '../core/trace/eventJson.ts';
import type { TraceReader } from '../core/trace/traceReader.ts';
import { comparableSides } from '../audit/trace/comparableSides.ts';
import { readArgs, wrongCall } from './args.ts';
import type { ExitCode, Io } from './io.ts';
import { openTrace } from './openTrace.ts';
import { clean } from './readable.ts';
import { traceUsage } from './traceUsage.ts';

/** `trace bisect`: the first event in which two traces differ. Exits 0 where they are the same. */
export async function traceBisect(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, { json: 'flag' }, traceUsage);
  const [one, other] = rest;
  if (one === undefined || other === undefined || rest.length > 2) {
    throw wrongCall('Two traces are needed.', traceUsage);
  }
  const [left, right] = [await openTrace(one, io), await openTrace(other, io)];
  io.doing(`comparing ${one} with ${other}`);
  const [a, b] = await comparableSides([left, right]);
  const found = await bisect(a.side, b.side, { signal: io.signal });
  const { divergence, hashesFetched, comparisons } = found;
  io.line({
    files: [one, other],
    holds: [a.holds ?? null, b.holds ?? null],
    index: divergence?.index ?? null,
    sides: divergence ? [shownSide(divergence.left, left), shownSide(divergence.right, right)] : [],
    hashesFetched,
    comparisons,
  });
  if (!options.json) {
    const words = divergence
      ? `Event ${divergence.index} is the first that differs (${comparisons} comparisons):\n  ${line(one, divergence.left.event, left)}\n  ${line(other, divergence.right.event, right)}`
      : `The two traces are the same (${comparisons} comparisons).`;
    io.say(words);
    const altered = [one, other].filter((_, side) => [a, b][side]?.holds === false);
    for (const name of altered)
      io.say(`The events of ${clean(name)} do not give the root of its metadata: it was altered.`);
  }
  return divergence ? 1 : 0;
}

function shownSide({ event, stack, isStackWhole, hostCall }: DivergedSide, reader: TraceReader): JsonObject {
  const shown = (each: TraceEvent): JsonObject => eventToJson(each, reader.lookup);
  return {
    event: event ? shown(event) : null,
    stack: stack.map((call) => ({ function: call.function, name: nameOf(call.function, reader), event: call.index })),
    isStackWhole,
    hostCall: hostCall ? { index: hostCall.index, event: shown(hostCall.event) } : null,
  };
}

function nameOf(index: number, { symbols }: TraceReader): string {
  return symbols.functions[index]?.name ?? '';
}

function line(name: string, event: TraceEvent | undefined, reader: TraceReader): string {
  return `${clean(name)}: ${event ? clean(JSON.stringify(eventToJson(event, reader.lookup))) : 'has ended before'}`;
}
