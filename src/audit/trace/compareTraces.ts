import { bisect, type DivergedSide } from '../../core/trace/bisect.ts';
import type { TraceEvent } from '../../core/trace/event.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { openStoredTrace } from '../../core/trace/tileStore.ts';
import type { FunctionSymbol, SiteSymbol } from '../../core/trace/symbols.ts';
import { TraceReader, type TraceSide } from '../../core/trace/traceReader.ts';
import { comparableSides, hasSalts, ownSide, type ComparableSide } from './comparableSides.ts';
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
  /** Whether the events of each give the root of its metadata; undefined where the salt key is needed to tell. */
  readonly holds: readonly [left: boolean | undefined, right: boolean | undefined];
  /** Whether both are of one program. */
  readonly isSameProgram: boolean;
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
 * @throws AuditorError (`usage` TRACE_COMPARE, TRACE_SALT_KEY, `source` TRACE_TILE, TRACE_ADDRESS); FormatError for a file that is no trace
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
  const onBundle = told.map((own) => (done: number, total: number): void => {
    signal?.throwIfAborted();
    Object.assign(own, { done, total });
    onProgress?.(told[0].done + told[1].done, told[0].total + told[1].total);
  }) as unknown as readonly [OnBundle, OnBundle];
  const [one, other] = await openBoth(left, right, onBundle);
  const { divergence, hashesFetched, comparisons } = await bisect(one.side, other.side, { signal });
  return {
    counts: [one.side.metadata.count, other.side.metadata.count],
    roots: [one.side.metadata.root, other.side.metadata.root],
    holds: [one.holds, other.holds],
    isSameProgram: one.side.metadata.code === other.side.metadata.code,
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

type OnBundle = (done: number, total: number) => void;

/** Files are made comparable whatever their salts are; tiles at an address are what they are. */
async function openBoth(
  left: ComparedSource,
  right: ComparedSource,
  onBundle: readonly [OnBundle, OnBundle],
): Promise<readonly [ComparableSide, ComparableSide]> {
  if ('bytes' in left && 'bytes' in right) {
    return comparableSides([await TraceReader.open(left.bytes), await TraceReader.open(right.bytes)], onBundle);
  }
  return [await openSide(left, onBundle[0]), await openSide(right, onBundle[1])];
}

async function openSide(source: ComparedSource, onBundle: OnBundle): Promise<ComparableSide> {
  if ('address' in source) return { side: await openStoredTrace(readStored(source.address)), holds: true };
  const reader = await TraceReader.open(source.bytes);
  if (hasSalts(reader)) return ownSide(reader, onBundle);
  const words =
    'A trace in a file is compared with tiles at an address by its own leaves. These are salted, and the file is without its salt key: take the file for full auditors, or compare two files.';
  throw new AuditorError('usage', 'TRACE_SALT_KEY', words);
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
