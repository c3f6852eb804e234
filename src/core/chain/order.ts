import type { SequencedBlock } from './types.ts';

/** (b, a) → (b′, a′) ⇔ i < i′ ∨ (i = i′ ∧ k < k′) (patent [0054]); negative when the first precedes. Both must have a height. */
export function compareBlocks(first: SequencedBlock, second: SequencedBlock): number {
  return (first.height as number) - (second.height as number) || first.k - second.k;
}

/** Blocks with a height in the order relation, forks included. */
export function totalOrder(blocks: readonly SequencedBlock[]): SequencedBlock[] {
  return [...blocks].sort(compareBlocks);
}

/** Where a transaction stands: the height of its block and its leaf there. */
export interface Position {
  /** H(b₀) of the chain. */
  readonly genesis: string;
  readonly height: number;
  readonly leaf: number;
}

/**
 * Which of two certified transactions came first (patent [0077]): by height, then by leaf. Of two chains there is no common order,
 * and `undefined` is returned.
 */
export function comparePositions(first: Position, second: Position): number | undefined {
  if (first.genesis !== second.genesis) return undefined;
  return first.height - second.height || first.leaf - second.leaf;
}
