import type { SequencedBlock } from '../../core/chain/types.ts';

/**
 * The two times between which a block's records were recorded, milliseconds since 1970: its own timestamp and the one before it, the lesser
 * first (CHAIN.md 13). Undefined while the block before is not known.
 */
export function recordedBetween(
  main: readonly SequencedBlock[],
  block: SequencedBlock,
): readonly [number, number] | undefined {
  const guess = block.height === null ? -1 : block.height - (main[0]?.height ?? 0) - 1;
  const before =
    main[guess]?.timestampHash === block.parent
      ? main[guess]
      : main.find(({ timestampHash }) => timestampHash === block.parent);
  if (!before) return undefined;
  return [Math.min(before.time, block.time) * 1000, Math.max(before.time, block.time) * 1000];
}
