import type { SequencedBlock } from './types.ts';

/** Where a record stands on the main chain, or that it is not there, or that this cannot be told (patent figure 7; CHAIN.md 1, 28). */
export type Found =
  | {
      readonly result: 'found';
      readonly block: SequencedBlock;
      readonly leaf: number;
      /** H(d) of every leaf of that block, 32 bytes each. */
      readonly transactions: Uint8Array;
      /** An earlier tree could not be read, so the record may also stand there. */
      readonly earlierTreesUnread: boolean;
    }
  | { readonly result: 'absent' }
  | { readonly result: 'unknown' };

/**
 * The least height above zero at which H(d) is found. `absent` only when every tree on the main chain was read and nothing is open.
 * @param transactionsOf the packed hashes of a block's tree, null where it was not read
 * @param closed the main chain ends as shown, so that no undecided block could hold the record
 */
export function findTransaction(
  main: readonly SequencedBlock[],
  transactionsOf: (block: SequencedBlock) => Uint8Array | null,
  hash: Uint8Array,
  closed: boolean,
): Found {
  let unread = false;
  for (const block of main) {
    const transactions = transactionsOf(block);
    if (!transactions) unread = true;
    // Nothing in block zero has a timestamp before it (patent figure 7 starts after it).
    else if (block.height !== null && block.height > 0) {
      const leaf = indexOfHash(transactions, hash);
      if (leaf >= 0) return { result: 'found', block, leaf, transactions, earlierTreesUnread: unread };
    }
  }
  return { result: unread || !closed || main.length === 0 ? 'unknown' : 'absent' };
}

function indexOfHash(packed: Uint8Array, hash: Uint8Array): number {
  for (let offset = 0; offset < packed.length; offset += 32) {
    let same = 0;
    while (same < 32 && packed[offset + same] === hash[same]) same += 1;
    if (same === 32) return offset / 32;
  }
  return -1;
}
