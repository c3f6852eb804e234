import type { ProvenAccount } from '../../evm/accountProof.ts';
import type { ProvenEvent } from '../../evm/events.ts';
import type { Hex } from '../../evm/hex.ts';
import type { Content } from '../../kinds/content.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check, type Code, type Note } from '../../verdict/check.ts';
import { checkOrderFiles } from './checkOrderFiles.ts';
import { checkResult } from './checkResult.ts';
import { deploymentAt, type Deployment } from './deployments.ts';
import { challengeIn } from './enclaveSigner.ts';
import { comparePlaces, followOrder, type FollowedOrder, type ShownStep } from './followOrder.ts';
import { readMetadata, type RequestMetadata } from './metadata.ts';
import type { OrderResult } from './orderResult.ts';
import { readStoredOrder, type StoredOrder } from './orderStorage.ts';
import { readSteps, type ProvenTransaction } from './readSteps.ts';

/** What was proven of a contract of Ethernity; how is said by the checks that it came with. */
export interface OrderEvidence {
  readonly chainId: number;
  /** Lower case. */
  readonly contract: Hex;
  readonly events: readonly ProvenEvent[];
  readonly transactions: readonly ProvenTransaction[];
  /** Proven slots of the contract, after the result. */
  readonly slots?: ProvenAccount['slots'];
}

export interface OrderContext {
  /** Files beside: program, input, result, and the client's challenge as a text of hex digits. */
  readonly companions: readonly Content[];
}

/** Plain data for the page, `bigint`s apart. */
export interface OrderJudged {
  readonly checks: readonly Check[];
  readonly deployment: Deployment | undefined;
  readonly order: FollowedOrder;
  readonly stored: StoredOrder | undefined;
  readonly metadata: RequestMetadata | undefined;
  readonly result: OrderResult | undefined;
}

const spec = 'ethernity-cloud/pox-smart-contract, Ethernity.sol';

/** Judges one order of a deployed contract from what was proven of it. What only its transactions show is unknown without them: on bloxberg approval, processor and result leave no event. */
export async function judgeOrder(
  evidence: OrderEvidence,
  number: bigint,
  { companions }: OrderContext,
): Promise<OrderJudged> {
  const { chainId, contract } = evidence;
  const deployment = deploymentAt(chainId, contract);
  const order = followOrder(readSteps(evidence.events, evidence.transactions, contract), number);
  const { stored, check: storage } = readStorage(evidence, order);
  const { metadata, check: request } = readRequest(order);
  const challenge = challengeIn(companions);
  const text = order.result ?? stored?.result;
  const result = await checkResult(text || undefined, { chainId, contract, number, challenge: challenge?.text });
  const files = companions.filter((content) => content !== challenge?.content);
  return {
    checks: [
      checkDeployment(deployment, evidence),
      request,
      checkPlaced(order),
      checkApproved(order, stored),
      checkNamed(order),
      checkResulted(order),
      ...(storage ? [storage] : []),
      ...result.checks,
      ...(await checkOrderFiles(metadata, result.result, files)),
    ],
    deployment,
    order,
    stored,
    metadata,
    result: result.result,
  };
}

/** The guards below are those of the published code; whoever owns the proxy can put another code behind it. */
function checkDeployment(deployment: Deployment | undefined, { chainId, contract }: OrderEvidence): Check {
  const notes: Note[] = [{ code: 'ORDER_UPGRADABLE' }];
  if (!deployment) return unknown('ORDER_DEPLOYMENT', { notes, params: { chainId, contract } });
  const { network, purpose } = deployment;
  return pass('ORDER_DEPLOYMENT', { notes, params: { chainId, contract, network, purpose } });
}

function readRequest(order: FollowedOrder): { readonly metadata: RequestMetadata | undefined; readonly check: Check } {
  const code = 'ORDER_REQUEST';
  const { requested, metadata: texts, doRequest } = order;
  const params = { request: String(doRequest ?? 'unknown'), owner: order.owner ?? 'unknown' };
  if (!requested || !texts) {
    const reason = requested
      ? 'The transaction of the request is not there.'
      : 'The event of the request is not there.';
    return { metadata: undefined, check: unknown(code, { spec, params: { ...params, reason } }) };
  }
  try {
    const metadata = readMetadata(texts);
    const notes: Note[] = metadata.codeChecksum.kind === 'signature' ? [{ code: 'ORDER_SIGNED_CHECKSUM' }] : [];
    const check = pass(code, {
      spec,
      params: { ...params, version: metadata.version },
      ...(notes.length > 0 && { notes }),
    });
    return { metadata, check };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { metadata: undefined, check: fail(code, { spec, params: { ...params, reason: error.message } }) };
  }
}

/** Placed by one of the two whose requests it joins, both of which were there before. */
function checkPlaced(order: FollowedOrder): Check {
  const code = 'ORDER_PLACED';
  const { placed, owner, party } = order;
  if (!placed) return missing(code, 'Neither event nor transaction of the placing is there.');
  const params = placeParams(placed);
  for (const [before, what] of [
    [order.requested, 'request'],
    [order.offered, 'offer'],
  ] as const) {
    if (before && comparePlaces(before, placed) >= 0) return broken(code, params, `The ${what} was made after it.`);
  }
  if (placed.by === undefined) return missing(code, 'Who placed it is not shown.');
  if (placed.by === owner || placed.by === party) return pass(code, { spec, params });
  if (owner === undefined || party === undefined)
    return missing(code, 'The two requests that it joins are not both shown.');
  return broken(code, params, `${placed.by} is neither the data owner ${owner} nor the data processor ${party}.`);
}

/** Approved by the one of the two who did not place it. */
function checkApproved(order: FollowedOrder, stored: StoredOrder | undefined): Check {
  const code = 'ORDER_APPROVED';
  const { approved, placed } = order;
  const owner = order.owner ?? stored?.owner;
  const party = order.party ?? stored?.party;
  const placedBy = placed?.by ?? stored?.placedBy;
  if (!approved) {
    const by = stored && stored.status !== 'open' ? ' The contract’s storage says that it was approved.' : '';
    return missing(code, `The transaction of the approval is not there.${by}`);
  }
  const params = placeParams(approved);
  if (placed && comparePlaces(placed, approved) >= 0)
    return broken(code, params, 'It came before the order was placed.');
  if (approved.by === undefined)
    return missing(code, 'The event does not say who approved; the transaction is not there.');
  if (placedBy === undefined || owner === undefined || party === undefined)
    return missing(code, 'Who placed the order for whom is not shown.');
  const other = placedBy === owner ? party : owner;
  if (approved.by !== other) return broken(code, params, `${approved.by} approved; the other side is ${other}.`);
  return pass(code, { spec, params });
}

/** The data processor names the account that writes the result. */
function checkNamed({ named, approved, party, processor }: FollowedOrder): Check {
  const code = 'ORDER_PROCESSOR';
  if (!named) return missing(code, 'The transaction that names the processor is not there.');
  const params = { ...placeParams(named), processor: processor ?? 'unknown' };
  if (approved && comparePlaces(approved, named) >= 0) return broken(code, params, 'It came before the approval.');
  if (party === undefined) return missing(code, 'Who the data processor is is not shown.');
  if (named.by !== party) return broken(code, params, `${named.by} named it; the data processor is ${party}.`);
  return pass(code, { spec, params });
}

/** The result is written by the named account, after all else; one that the contract's validators refused is no result. */
function checkResulted({ resulted, named, approved, processor, validated }: FollowedOrder): Check {
  const code = 'ORDER_RESULT';
  if (!resulted) return missing(code, 'Neither event nor transaction of the result is there.');
  const params = placeParams(resulted);
  const notes: Note[] = validated
    ? [{ code: validated.holds ? 'ORDER_VALIDATED' : 'ORDER_INVALIDATED', params: { block: validated.block } }]
    : [];
  const details = { spec, params, ...(notes.length > 0 && { notes }) };
  for (const before of [approved, named]) {
    if (before && comparePlaces(before, resulted) >= 0)
      return broken(code, params, 'It came before approval and processor.');
  }
  if (resulted.by === undefined)
    return unknown(code, {
      ...details,
      params: { ...params, reason: 'The event does not say who wrote it; the transaction is not there.' },
    });
  if (processor === undefined)
    return unknown(code, { ...details, params: { ...params, reason: 'Who was named to write it is not shown.' } });
  if (resulted.by !== processor) return broken(code, params, `${resulted.by} wrote it; named was ${processor}.`);
  return validated?.holds === false
    ? fail(code, { ...details, params: { ...params, reason: 'Validators have refused it since.' } })
    : pass(code, details);
}

/** Slots are read by the layout of the published source, so they count for what they agree with and never make up for a transaction. */
function readStorage(
  { slots }: OrderEvidence,
  order: FollowedOrder,
): { readonly stored: StoredOrder | undefined; readonly check: Check | undefined } {
  if (!slots) return { stored: undefined, check: undefined };
  const code = 'ORDER_STORAGE';
  try {
    const stored = readStoredOrder(order.number, slots);
    if (!stored)
      return { stored, check: unknown(code, { spec, params: { reason: 'Not all of its slots are there.' } }) };
    const expected: Readonly<Record<string, unknown>> = {
      owner: order.owner,
      party: order.party,
      placedBy: order.placed?.by,
      placedAt: order.placed?.timestamp,
      doRequest: order.doRequest,
      dpRequest: order.dpRequest,
      processor: order.processor,
      result: order.result,
      status: order.resulted ? 'closed' : undefined,
    };
    const found = stored as unknown as Readonly<Record<string, unknown>>;
    const other = Object.keys(expected).find(
      (name) => expected[name] !== undefined && found[name] !== undefined && expected[name] !== found[name],
    );
    if (other === undefined)
      return { stored, check: pass(code, { spec, params: { status: stored.status ?? 'unknown' } }) };
    const reason = `Its ${other} is ${String(found[other]).slice(0, 80)} in storage, ${String(expected[other]).slice(0, 80)} by events and transactions.`;
    return { stored, check: fail(code, { spec, params: { reason } }) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { stored: undefined, check: fail(code, { spec, params: { reason: error.message } }) };
  }
}

function placeParams({ by, block, timestamp, how }: ShownStep) {
  const time = new Date(timestamp * 1000).toISOString().replace('.000Z', 'Z');
  return { by: by ?? 'unknown', block, time, how };
}

function missing(code: Code, reason: string): Check {
  return unknown(code, { spec, params: { reason } });
}

function broken(code: Code, params: ReturnType<typeof placeParams>, reason: string): Check {
  return fail(code, { spec, params: { ...params, reason } });
}
