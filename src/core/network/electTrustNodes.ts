import type { NodeState } from './networkState.ts';
import { networkRules as rules } from './rules.ts';

/**
 * The trust nodes of the epoch after `closing`: the active nodes with most reputation, ties by the lower account, of those that were active through all of the closing
 * epoch (of the founding epoch, 0, all). Below the reputation for a seat a node has one only while there are fewer than `minimumSeats`.
 * @param seats at most so many
 * @returns their numbers, in rising order
 */
export function electTrustNodes(nodes: readonly NodeState[], seats: number, closing: number): ReadonlySet<number> {
  const able = nodes
    .filter(({ status, joined }) => status === 'active' && (joined === 0 || joined < closing))
    .sort((a, b) => b.reputation - a.reputation || (a.account < b.account ? -1 : 1));
  const elected = able.filter(
    ({ reputation }, place) => place < seats && (place < rules.minimumSeats || reputation >= rules.seatReputation),
  );
  return new Set(elected.map(({ index }) => index).sort((a, b) => a - b));
}
