import { bisect, type DivergedSide } from '../../core/trace/bisect.ts';
import type { TraceEvent } from '../../core/trace/event.ts';
import { openStoredTrace } from '../../core/trace/tileStore.ts';
import type { FunctionSymbol, SiteSymbol } from '../../core/trace/symbols.ts';
import { TraceReader, type TraceSide } from '../../core/trace/traceReader.ts';
import { readStored } from './readStored.ts';
import type { ComparedSource } from './compareProtocol.ts';

/** One trace at the first difference, with the symbols that its events need. */
export interface ComparedSide extends DivergedSide {
  readonly functions: readonly FunctionSymbol[];
  readonly sites: readonly SiteSymbol[];
}

export interface ComparedTraces {
  /** Events of each. */
  readonly counts: readonly [left: number, right: number];
  readonly roots: readonly [left: string, right: string];
  /** Whether the events of each give the root of its metadata. */
  readonly holds: readonly [left: boolean, right: boolean];
  /** Undefined where the traces are the same. */
  readonly divergence:
    | {
        readonly index: number;
        readonly left: ComparedSide;
        readonly right: ComparedSide;
        /** Events before, the same on both sides, oldest first. */
        readonly before: readonly TraceEvent[];
      }
    | undefined;
  /** Hashes of both together that were looked up, and pairs of them that were compared. */
  readonly hashesFetched: number;
  readonly comparisons: number;
}

export interface CompareOptions {
  /** Bundles of both that were hashed, of all. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * The first difference of two traces. A file is hashed as a whole, since its tiles are nowhere else; of a trace at an address only the tiles on the way are read.
 * @throws AuditorError (`usage` TRACE_COMPARE, `source` TRACE_TILE, TRACE_ADDRESS); FormatError for a file that is no trace
 */
export async function compareTraces(
  left: ComparedSource,
  right: ComparedSource,
  { onProgress, signal }: CompareOptions = {},
): Promise<ComparedTraces> {
  const told = [
    { done: 0, total: 0 },
    { done: 0, total: 0 },
  ] as const;
  const open = (source: ComparedSource, own: { done: number; total: number }): Promise<Opened> =>
    openSide(source, (done, total) => {
      signal?.throwIfAborted();
      Object.assign(own, { done, total });
      onProgress?.(told[0].done + told[1].done, told[0].total + told[1].total);
    });
  const one = await open(left, told[0]);
  const other = await open(right, told[1]);
  const { divergence, hashesFetched, comparisons } = await bisect(one.side, other.side, { signal });
  return {
    counts: [one.side.metadata.count, other.side.metadata.count],
    roots: [one.side.metadata.root, other.side.metadata.root],
    holds: [one.holds, other.holds],
    divergence: divergence && {
      index: divergence.index,
      before: divergence.before,
      left: withSymbols(divergence.left, divergence.before, one.side),
      right: withSymbols(divergence.right, divergence.before, other.side),
    },
    hashesFetched,
    comparisons,
  };
}

interface Opened {
  readonly side: TraceSide;
  readonly holds: boolean;
}

async function openSide(source: ComparedSource, onBundle: (done: number, total: number) => void): Promise<Opened> {
  if ('address' in source) return { side: await openStoredTrace(readStored(source.address)), holds: true };
  const reader = await TraceReader.open(source.bytes);
  const committed = await reader.commit(onBundle);
  return { side: await reader.side(committed), holds: committed.metadata.root === reader.file.metadata.root };
}

function withSymbols(side: DivergedSide, before: readonly TraceEvent[], { symbols }: TraceSide): ComparedSide {
  const functions = new Map<number, FunctionSymbol>();
  const sites = new Map<number, SiteSymbol>();
  const name = (index: number | undefined): void => {
    const found = index === undefined ? undefined : symbols.functions[index];
    if (found) functions.set(found.index, found);
  };
  const shown = [side.event, side.hostCall?.event, ...side.stack.map(({ event }) => event), ...before];
  for (const event of shown) {
    if (!event || event.kind === 'trap' || event.kind === 'budget') continue;
    if (event.kind === 'call' || event.kind === 'openCall' || event.kind === 'hostCall') {
      name(event.site);
      continue;
    }
    const site = symbols.sites[event.site];
    if (site) sites.set(site.site, site);
    name(site?.function);
  }
  return { ...side, functions: [...functions.values()], sites: [...sites.values()] };
}
