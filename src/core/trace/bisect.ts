import { AuditorError } from '../verdict/auditorError.ts';
import { decodeEvents, type TraceEvent } from './event.ts';
import { readTile } from './proof.ts';
import { levelCount, tileWidth } from './tileTree.ts';
import type { TraceSide } from './traceReader.ts';

/** A call that was open at an event. */
export interface OpenCall {
  readonly function: number;
  readonly span: bigint;
  readonly depth: number;
  /** Number of the event that tells of it: it stands where the call ended. */
  readonly index: number;
  readonly event: TraceEvent;
}

/** One of the two traces at the difference. */
export interface DivergedSide {
  /** Undefined where this trace is over: it is a prefix of the other. */
  readonly event: TraceEvent | undefined;
  /** Calls that were open, innermost first. */
  readonly stack: readonly OpenCall[];
  /** Whether the stack goes down to the first call; of a long trace only a part is looked through. */
  readonly isStackWhole: boolean;
  /** The last host call before, which is where anything new came in. */
  readonly hostCall: { readonly index: number; readonly event: TraceEvent } | undefined;
}

export interface Divergence {
  /** Number of the first event that differs. */
  readonly index: number;
  readonly leaf: number;
  readonly left: DivergedSide;
  readonly right: DivergedSide;
  /** Events before, the same on both sides, oldest first. */
  readonly before: readonly TraceEvent[];
}

export interface Bisected {
  /** Undefined where the traces are the same. */
  readonly divergence: Divergence | undefined;
  /** Hashes that were fetched of both traces together, and compared. */
  readonly hashesFetched: number;
  readonly comparisons: number;
}

export interface BisectOptions {
  /** Bundles of events that are looked through for the stack and the host call, on each side of the difference. 512 where nothing is said. */
  readonly bundles?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Events shown before the difference. */
const shownBefore = 16;

/** What two traces must share, so that the same events have the same leaves. */
const shared = ['leafEncoding', 'eventsPerLeaf', 'saltCommitment'] as const;

/**
 * The first difference of two traces, by comparing tiles from the top: O(log n) hashes, whatever their lengths. Only then are events read.
 * @throws AuditorError `usage` TRACE_COMPARE for traces whose leaves cannot be compared, `source` TRACE_TILE
 */
export async function bisect(left: TraceSide, right: TraceSide, options: BisectOptions = {}): Promise<Bisected> {
  const differs = shared.find((name) => left.metadata[name] !== right.metadata[name]);
  if (differs !== undefined) {
    const words = `The two traces differ in ${differs} (${left.metadata[differs]} and ${right.metadata[differs]}), so no leaf of one can be compared with one of the other. Trace both alike, with one salt key.`;
    throw new AuditorError('usage', 'TRACE_COMPARE', words);
  }
  const found = await firstDifference(left, right, options.signal);
  const { leaf, ...figures } = found;
  const divergence = leaf === undefined ? undefined : await diverged(left, right, leaf, options);
  return { divergence, ...figures };
}

interface Difference {
  readonly leaf: number | undefined;
  readonly hashesFetched: number;
  readonly comparisons: number;
}

/** Descends where the first hash differs; where none does, goes on behind what both have complete. */
async function firstDifference(
  { tiles: left }: TraceSide,
  { tiles: right }: TraceSide,
  signal: AbortSignal | undefined,
): Promise<Difference> {
  const common = Math.min(left.count, right.count);
  let [hashesFetched, comparisons] = [0, 0];
  let level = 0;
  while (levelCount(common, level + 1) > 0) level++;
  /** Hashes of this level that are known to be the same. */
  let known = 0;
  for (; level >= 0; level--) {
    const count = levelCount(common, level);
    const index = Math.floor(known / tileWidth);
    const end = Math.min(count, (index + 1) * tileWidth);
    if (known < end) {
      signal?.throwIfAborted();
      const [a, b] = await Promise.all([readTile(left, level, index), readTile(right, level, index)]);
      hashesFetched += (a.length + b.length) / 32;
      for (; known < end; known++) {
        comparisons++;
        if (!sameAt(a, b, (known - index * tileWidth) * 32)) break;
      }
    }
    if (level === 0) break;
    known *= tileWidth;
  }
  const isSame = known === common && left.count === right.count;
  return { leaf: isSame ? undefined : known, hashesFetched, comparisons };
}

function sameAt(a: Uint8Array, b: Uint8Array, at: number): boolean {
  for (let index = at; index < at + 32; index++) if (a[index] !== b[index]) return false;
  return true;
}

async function diverged(left: TraceSide, right: TraceSide, leaf: number, options: BisectOptions): Promise<Divergence> {
  const { eventsPerLeaf } = left.metadata;
  const [one, other] = [new Events(left), new Events(right)];
  let index = leaf * eventsPerLeaf;
  // Within a leaf of several events.
  while (index < Math.min(one.count, other.count) && same(await one.at(index), await other.at(index))) {
    index++;
    if (index === (leaf + 1) * eventsPerLeaf) throw unlike(leaf);
  }
  const before: TraceEvent[] = [];
  for (let at = Math.max(0, index - shownBefore); at < index; at++) before.push((await one.at(at)) as TraceEvent);
  return {
    index,
    leaf,
    before,
    left: await describeSide(one, index, options),
    right: await describeSide(other, index, options),
  };
}

function same(a: TraceEvent | undefined, b: TraceEvent | undefined): boolean {
  const text = (event: TraceEvent | undefined): string =>
    JSON.stringify(event, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  return text(a) === text(b);
}

/** Leaves that differ over the same events: symbols that say the same numbers in other words, or events that are not those of the tiles. */
function unlike(leaf: number): AuditorError {
  return new AuditorError(
    'source',
    'TRACE_EVENTS',
    `Leaf ${leaf} of the two traces has two hashes and the same events: the events of one are not those that its tiles commit to, or the symbols differ.`,
  );
}

/** Events of a side, a bundle at a time. */
class Events {
  readonly side: TraceSide;
  readonly count: number;
  readonly perBundle: number;
  #index = -1;
  #events: readonly TraceEvent[] = [];

  constructor(side: TraceSide) {
    this.side = side;
    this.count = side.metadata.count;
    this.perBundle = tileWidth * side.metadata.eventsPerLeaf;
  }

  async at(index: number): Promise<TraceEvent | undefined> {
    if (index < 0 || index >= this.count) return undefined;
    const bundle = Math.floor(index / this.perBundle);
    if (bundle !== this.#index) {
      this.#events = decodeEvents(await this.side.bundle(bundle));
      this.#index = bundle;
    }
    return this.#events[index - bundle * this.perBundle];
  }
}

async function describeSide(events: Events, index: number, options: BisectOptions): Promise<DivergedSide> {
  const limit = (options.bundles ?? 512) * events.perBundle;
  const { stack, isWhole } = await openCalls(events, index, limit, options.signal);
  let hostCall: DivergedSide['hostCall'];
  for (let at = index; at >= 0 && index - at < limit && !hostCall; at--) {
    const event = await events.at(at);
    if (event?.kind === 'hostCall') hostCall = { index: at, event };
  }
  return { event: await events.at(index), stack, isStackWhole: isWhole, hostCall };
}

/**
 * Calls are written where they end, so those that were open at an event are told by later ones: each that is less deep than all between. One that only began after the
 * event is told from the others by where the event stands: the innermost call must be of the function that its site is in, or be the event itself.
 */
async function openCalls(
  events: Events,
  index: number,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<{ readonly stack: OpenCall[]; readonly isWhole: boolean }> {
  const start = await events.at(index);
  if (!start) return { stack: [], isWhole: true };
  const isCall = start.kind === 'call' || start.kind === 'openCall';
  const inside = isCall || start.kind === 'hostCall' ? undefined : events.side.symbols.sites[start.site]?.function;
  const stack: OpenCall[] = [];
  // Those of a program that trapped come outermost first, at the very end.
  const left: OpenCall[] = [];
  let least = start.kind === 'hostCall' ? start.a : Number.POSITIVE_INFINITY;
  let at = index;
  for (; at < events.count && at - index < limit; at++) {
    if (at % events.perBundle === 0) signal?.throwIfAborted();
    const event = (await events.at(at)) as TraceEvent;
    if (event.kind !== 'call' && event.kind !== 'openCall') continue;
    const open: OpenCall = { function: event.site, span: event.v, depth: event.a, index: at, event };
    if (event.kind === 'openCall') {
      if (event.a < least) left.unshift(open);
      continue;
    }
    if (event.a >= least) continue;
    if (stack.length === 0 && inside !== undefined && event.site !== inside) continue;
    least = event.a;
    stack.push(open);
  }
  return { stack: [...stack, ...left], isWhole: at === events.count };
}
