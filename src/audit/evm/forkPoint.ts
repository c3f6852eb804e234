import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';

/**
 * The lowest block from `first` to `top` at which what is shown differs from what is held, where it differs at `top`: below it all are equal, as each block names the one before it.
 * @returns the block that is shown there, or why it is not known
 */
export async function forkPoint(
  first: number,
  top: ReadHeader,
  own: (number: number) => ReadHeader | undefined,
  shown: (number: number) => Promise<ReadHeader | string>,
): Promise<ReadHeader | string> {
  let [low, high] = [first, top.header.number];
  let lowest = top;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = await shown(middle);
    if (typeof found === 'string') return found;
    if (found.sealed.blockHash === own(middle)?.sealed.blockHash) low = middle + 1;
    else [high, lowest] = [middle, found];
  }
  return lowest;
}
