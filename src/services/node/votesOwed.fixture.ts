import type { Hex } from '../../core/evm/hex.ts';
import type { NetworkEvent } from '../../core/network/networkEvent.ts';
import { NetworkView } from './networkView.ts';
import type { NetworkNode } from './startNetwork.ts';

/**
 * Which of these nodes, of those that run and are to speak, have still to vote on what came to a record in the epoch under way: who has not when the epoch ends was silent, also where it was only slower
 * than the others.
 */
export function votesOwed(
  events: readonly NetworkEvent[],
  nodes: readonly Pick<NetworkNode, 'account' | 'pid'>[],
  silenced: ReadonlySet<Hex>,
): string[] {
  const view = new NetworkView();
  view.take(events);
  const { number } = view.epoch;
  const speaking = nodes.filter(({ account, pid }) => pid !== undefined && !silenced.has(account));
  const active = speaking.map(({ account }) => account).filter((each) => view.nodes.get(each)?.status === 'active');
  return [...view.requests.values()].flatMap(({ requestId, final, votes }) =>
    final?.epoch === number
      ? active.filter((account) => !votes.get(number)?.has(account)).map((account) => `${account} on ${requestId}`)
      : [],
  );
}
