import type { Hex } from '../../evm/hex.ts';
import type { OrderJudged } from './judgeOrder.ts';
import type { RequestMetadata } from './metadata.ts';
import type { OrderStatus } from './orderStorage.ts';
import { orderTimeline, type OrderMark } from './orderTimeline.ts';
import type { TaskCode } from './taskCodes.ts';

/** `missing`: nothing of it was shown. `placed` to `closed` as the proven steps and slots say. */
export type OrderState = 'missing' | 'placed' | 'approved' | 'named' | 'closed' | 'cancelled';

/** An order for the page and the command line. Plain JSON; null is what is not shown. */
export interface OrderDescription {
  readonly order: string;
  readonly state: OrderState;
  readonly network: string | null;
  readonly owner: Hex | null;
  readonly party: Hex | null;
  readonly processor: Hex | null;
  readonly request: string | null;
  readonly offer: string | null;
  readonly stored: OrderStatus | null;
  readonly marks: readonly OrderMark[];
  readonly metadata: RequestMetadata | null;
  /** The result on the ledger taken apart; null where there is none or it cannot be read. */
  readonly result: {
    readonly text: string;
    readonly version: string;
    readonly signer: Hex;
    readonly contract: Hex | null;
    readonly chainId: number | null;
    readonly order: string;
    readonly code: TaskCode;
    readonly hash: string;
    readonly at: string;
    readonly enclaveChallenge: string;
  } | null;
}

export function describeOrder({ order, stored, deployment, metadata, result }: OrderJudged): OrderDescription {
  const text = order.result ?? stored?.result ?? '';
  return {
    order: String(order.number),
    state: stateOf({ order, stored }),
    network: deployment?.network ?? null,
    owner: order.owner ?? stored?.owner ?? null,
    party: order.party ?? stored?.party ?? null,
    processor: order.processor ?? stored?.processor ?? null,
    request: numberText(order.doRequest ?? stored?.doRequest),
    offer: numberText(order.dpRequest ?? stored?.dpRequest),
    stored: stored?.status ?? null,
    marks: orderTimeline(order),
    metadata: metadata ?? null,
    result: result
      ? {
          text,
          version: result.version,
          signer: result.signer,
          contract: result.contract,
          chainId: result.chainId ?? null,
          order: String(result.order),
          code: result.code,
          hash: result.resultHash,
          at: result.resultAt,
          enclaveChallenge: result.enclaveChallenge,
        }
      : null,
  };
}

/** Steps first: slots are read by the layout of the published code, which the deployed one may not have. */
function stateOf({ order, stored }: Pick<OrderJudged, 'order' | 'stored'>): OrderState {
  if (order.resulted) return 'closed';
  const inStorage = stored && stored.placedAt > 0 ? stored.status : undefined;
  if (inStorage === 'closed' || inStorage === 'cancelled') return inStorage;
  if (order.named) return 'named';
  if (order.approved || inStorage === 'processing') return 'approved';
  return order.placed || inStorage === 'open' ? 'placed' : 'missing';
}

function numberText(value: bigint | undefined): string | null {
  return value === undefined ? null : String(value);
}
