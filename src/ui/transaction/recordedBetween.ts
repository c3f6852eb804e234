import type { SequencedBlock } from '../../core/chain/types.ts';

/**
 * The two times between which a block's records were recorded, milliseconds since 1970: its own timestamp and the one before it, the lesser
 * first (CHAIN.md 13). Undefined while the block before is not known.
 */
export function recordedBetween(
  main: Pick<readonly SequencedBlock[], 'at'>,
  block: SequencedBlock,
): readonly [number, number] | undefined {
  // Heights on a main chain follow one another, so the block before stands one row below.
  const row = block.height === null ? -1 : block.height - (main.at(0)?.height ?? 0) - 1;
  const before = row < 0 ? undefined : main.at(row);
  if (before?.timestampHash !== block.parent) return undefined;
  return [Math.min(before.time, block.time) * 1000, Math.max(before.time, block.time) * 1000];
}
