import type { Hex } from '../../evm/hex.ts';
import type { OrderPlace, OrderStep } from './readSteps.ts';

/** A step that is shown: by whom where that is shown too. */
export interface ShownStep extends OrderPlace {
  readonly how: 'event' | 'transaction' | 'both';
  readonly by: Hex | undefined;
}

/** An order as events and transactions show it; undefined is what they do not show. */
export interface FollowedOrder {
  readonly number: bigint;
  readonly doRequest: bigint | undefined;
  readonly dpRequest: bigint | undefined;
  readonly requested: ShownStep | undefined;
  readonly offered: ShownStep | undefined;
  readonly placed: ShownStep | undefined;
  readonly approved: ShownStep | undefined;
  readonly named: ShownStep | undefined;
  readonly resulted: ShownStep | undefined;
  /** Validated or invalidated (Polygon family), the latest. */
  readonly validated: (ShownStep & { readonly holds: boolean }) | undefined;
  /** The data owner and the data processor, as requests and approvals name them. */
  readonly owner: Hex | undefined;
  readonly party: Hex | undefined;
  /** Who was named to write the result. */
  readonly processor: Hex | undefined;
  readonly metadata: readonly [string, string, string, string] | undefined;
  readonly result: string | undefined;
}

/** Finds what is shown of one order. Calls carry no numbers of what they create: they are joined with the event of the same transaction. */
export function followOrder(steps: readonly OrderStep[], number: bigint): FollowedOrder {
  const events = (name: string, index: number, value: bigint | undefined): OrderStep | undefined =>
    value === undefined
      ? undefined
      : steps.find((step) => step.how === 'event' && step.name === name && step.args[index] === value);
  const calls = (name: string): OrderStep[] =>
    steps.filter((step) => step.how === 'transaction' && step.name === name && step.args[0] === number);
  const callOf = (event: OrderStep | undefined, name: string): OrderStep | undefined =>
    event && steps.find((step) => step.how === 'transaction' && step.name === name && samePlace(step, event));

  const placedEvent = events('_placeOrderEV', 1, number);
  const placedDetails = events('_orderPlacedEV', 0, number);
  const placeCall = callOf(placedEvent ?? placedDetails, '_placeOrder');
  const doRequest = (placedDetails?.args[1] ?? placeCall?.args[0]) as bigint | undefined;
  const dpRequest = (placedDetails?.args[2] ?? placeCall?.args[1]) as bigint | undefined;
  const requestEvent = events('_addDORequestEV', 1, doRequest);
  const requestCall = callOf(requestEvent, '_addDORequest');
  const offerEvent = events('_addDPRequestEV', 1, dpRequest);
  const offerCall = callOf(offerEvent, '_addDPRequest');
  const approvedEvent = events('_orderApprovedEV', 2, number);
  const approveCall = calls('_approveOrder')[0];
  const nameCall = calls('_addProcessorToOrder').at(-1);
  const closedEvent = events('_orderClosedEV', 0, number);
  const resultCall = calls('_addResultToOrder')[0];
  const validations = steps.filter(
    ({ how, name, args }) => how === 'event' && /^_order(In)?[vV]alidatedEV$/.test(name) && args[0] === number,
  );
  const validation = validations.at(-1);
  return {
    number,
    doRequest,
    dpRequest,
    requested: shown(requestEvent, requestCall, addressOf(requestEvent?.args[0])),
    offered: shown(offerEvent, offerCall, addressOf(offerEvent?.args[0])),
    placed: shown(placedEvent ?? placedDetails, placeCall, addressOf(placedEvent?.args[0]) ?? placeCall?.sender),
    approved: shown(approvedEvent, approveCall, approveCall?.sender),
    named: shown(undefined, nameCall, nameCall?.sender),
    resulted: shown(closedEvent, resultCall, resultCall?.sender),
    validated: validation && {
      ...placeOf(validation),
      how: 'event',
      by: undefined,
      holds: validation.name === '_orderValidatedEV',
    },
    owner: addressOf(requestEvent?.args[0]) ?? addressOf(approvedEvent?.args[0]),
    party: addressOf(offerEvent?.args[0]) ?? addressOf(approvedEvent?.args[1]),
    processor: addressOf(nameCall?.args[1]),
    metadata: requestCall ? (requestCall.args.slice(7, 11) as [string, string, string, string]) : undefined,
    result: resultCall?.args[1] as string | undefined,
  };
}

function shown(event: OrderStep | undefined, call: OrderStep | undefined, by: Hex | undefined): ShownStep | undefined {
  const step = call ?? event;
  if (!step) return undefined;
  return { ...placeOf(step), how: event && call ? 'both' : event ? 'event' : 'transaction', by };
}

function placeOf({ block, blockHash, timestamp, transactionIndex }: OrderStep): OrderPlace {
  return { block, blockHash, timestamp, transactionIndex };
}

function samePlace(a: OrderPlace, b: OrderPlace): boolean {
  return a.block === b.block && a.transactionIndex === b.transactionIndex;
}

function addressOf(value: unknown): Hex | undefined {
  return typeof value === 'string' ? (value.toLowerCase() as Hex) : undefined;
}

/** Which of two places on the ledger comes first; negative for the first. */
export function comparePlaces(a: OrderPlace, b: OrderPlace): number {
  return a.block - b.block || a.transactionIndex - b.transactionIndex;
}
