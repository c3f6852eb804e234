import { AuditorError } from '../../core/verdict/auditorError.ts';
import { zeroDigest, type TraceMetadata } from '../../core/trace/metadata.ts';
import { TraceReader, type TraceSide } from '../../core/trace/traceReader.ts';

/** A trace as it is compared. */
export interface ComparableSide {
  readonly side: TraceSide;
  /** Whether its events give the root of its metadata; undefined where that cannot be told, for want of the salt key. */
  readonly holds: boolean | undefined;
}

type OnBundle = (done: number, total: number) => void;

/**
 * Two traces whose events are at hand, such that equal events have equal leaves. Traces with salts of their own, or with other leaves, are compared by leaves that are made
 * for it: each event's records, unsalted; they leave this function nowhere.
 * @param onBundle is told how far either of them is, and may throw to end it
 * @throws AuditorError `usage` TRACE_COMPARE where one has other numbers of events in its leaves
 */
export async function comparableSides(
  readers: readonly [TraceReader, TraceReader],
  onBundle: readonly [OnBundle, OnBundle] = [() => undefined, () => undefined],
): Promise<readonly [ComparableSide, ComparableSide]> {
  const [left, right] = readers;
  const isAlike = areAlike(left.file.metadata, right.file.metadata) && hasSalts(left) && hasSalts(right);
  const numbers = [left.file.metadata.eventsPerLeaf, right.file.metadata.eventsPerLeaf] as const;
  if (numbers[0] !== numbers[1]) {
    const words = `One of the traces has ${numbers[0]} events in each leaf and the other ${numbers[1]}, so they cannot be compared leaf by leaf.`;
    throw new AuditorError('usage', 'TRACE_COMPARE', words);
  }
  const open = isAlike ? ownSide : plainSide;
  return [await open(left, onBundle[0]), await open(right, onBundle[1])];
}

function areAlike(left: TraceMetadata, right: TraceMetadata): boolean {
  const shared = ['leafEncoding', 'eventsPerLeaf', 'saltCommitment'] as const;
  return shared.every((name) => left[name] === right[name]);
}

/** Whether its own leaves can be made again. */
export function hasSalts({ file: { metadata, saltKey } }: TraceReader): boolean {
  return metadata.saltCommitment === zeroDigest || saltKey !== undefined;
}

/** A trace by the leaves that it was committed to with. */
export async function ownSide(reader: TraceReader, onBundle: OnBundle): Promise<ComparableSide> {
  const committed = await reader.commit(onBundle);
  return { side: await reader.side(committed), holds: committed.metadata.root === reader.file.metadata.root };
}

async function plainSide(reader: TraceReader, onBundle: OnBundle): Promise<ComparableSide> {
  const { file, symbols } = reader;
  const metadata: TraceMetadata = { ...file.metadata, leafEncoding: 'rec16', saltCommitment: zeroDigest };
  const plain = TraceReader.of({ ...file, metadata, saltKey: undefined }, symbols);
  const isChecked = hasSalts(reader);
  const rounds = isChecked ? 2 : 1;
  const side = await plain.side(await plain.commit((done, total) => onBundle(done, rounds * total)));
  if (!isChecked) return { side, holds: undefined };
  const own = await reader.commit((done, total) => onBundle(total + done, rounds * total));
  return { side, holds: own.metadata.root === file.metadata.root };
}
