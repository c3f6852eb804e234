import type { Hex } from '../../evm/hex.ts';
import type { FollowedOrder, ShownStep } from './followOrder.ts';

/** Who did it. The node is the account that was named to write the result. */
export type OrderLane = 'owner' | 'processor' | 'node' | 'ledger';

/** One mark of an order's time line. Plain JSON; these contracts know no claimed times. */
export interface OrderMark {
  readonly lane: OrderLane;
  readonly step: 'requested' | 'offered' | 'placed' | 'approved' | 'named' | 'resulted' | 'validated' | 'invalidated';
  readonly by: Hex | null;
  /** Of the block, seconds since 1970. */
  readonly blockTime: number;
  readonly block: number;
  readonly transactionIndex: number;
  readonly shownBy: ShownStep['how'];
}

/** An order's marks in their order; what is not shown has none. */
export function orderTimeline(order: FollowedOrder): OrderMark[] {
  const side = (by: Hex | undefined): OrderLane =>
    by === undefined ? 'ledger' : by === order.owner ? 'owner' : by === order.party ? 'processor' : 'node';
  const steps: readonly (readonly [OrderMark['step'], ShownStep | undefined])[] = [
    ['requested', order.requested],
    ['offered', order.offered],
    ['placed', order.placed],
    ['approved', order.approved],
    ['named', order.named],
    ['resulted', order.resulted],
    [order.validated?.holds === false ? 'invalidated' : 'validated', order.validated],
  ];
  return steps
    .flatMap(([step, shown]) => (shown ? [markOf(step, shown, side(shown.by))] : []))
    .sort((a, b) => a.block - b.block || a.transactionIndex - b.transactionIndex);
}

function markOf(
  step: OrderMark['step'],
  { by, timestamp, block, transactionIndex, how }: ShownStep,
  lane: OrderLane,
): OrderMark {
  return { lane, step, by: by ?? null, blockTime: timestamp, block, transactionIndex, shownBy: how };
}
