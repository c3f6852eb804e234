import { decodeFunctionData, toEventSelector } from 'viem';
import type { ProvenAccount } from '../../../core/evm/accountProof.ts';
import type { Equivocation } from '../../../core/evm/equivocation.ts';
import type { Completeness } from '../../../core/evm/completeness.ts';
import { parseHeader, type Header } from '../../../core/evm/header.ts';
import type { Hex } from '../../../core/evm/hex.ts';
import type { ReadHeader } from '../../../core/evm/judgeHeaders.ts';
import { ethernityAbi } from '../../../core/task/ethernity/ethernityAbi.ts';
import type { OrderEvidence } from '../../../core/task/ethernity/judgeOrder.ts';
import { orderSlots, resultSlots } from '../../../core/task/ethernity/orderStorage.ts';
import type { ProvenTransaction } from '../../../core/task/ethernity/readSteps.ts';
import type { EvmPin } from '../../../core/trust/trust.ts';
import { FormatError } from '../../../core/verdict/auditorError.ts';
import { unknown, type Check } from '../../../core/verdict/check.ts';
import type { ContractReading, LedgerHead } from '../../evm/contractReading.ts';
import { LedgerNodes } from '../../evm/ledgerNodes.ts';
import { openNodes } from '../../evm/openNodes.ts';
import { readAccount } from '../../evm/readAccount.ts';
import { readContractEvents } from '../../evm/readContractEvents.ts';
import { readCalls } from './readCalls.ts';

export interface OrderReading extends Omit<ContractReading, 'topics' | 'slots' | 'read' | 'contract' | 'onHeaders'> {
  /** The order's number in the contract. */
  readonly order: bigint;
}

/** What is proven of one order, and how it came. */
export interface OrderRead {
  readonly evidence: OrderEvidence;
  /** Of the ledger and of the reading; what the order itself is worth says `judgeOrder`. */
  readonly checks: readonly Check[];
  readonly completeness: Completeness;
  readonly head: LedgerHead | undefined;
  readonly equivocation: Equivocation | undefined;
}

const topics = ethernityAbi.flatMap((item) => (item.type === 'event' ? [toEventSelector(item)] : []));

/**
 * Everything that a ledger can prove of one order of a contract of Ethernity: its events, every call of the contract from the range's first block until the result
 * was written (approval, processor and result leave no event on bloxberg), and the order's slots with the result at the last block.
 * @throws AuditorError as `readContractEvents`
 */
export async function readOrder(reading: OrderReading): Promise<OrderRead> {
  const { pin, rpc, order: number, signal, options = {} } = reading;
  const contract = reading.address.toLowerCase() as Hex;
  let headers: readonly ReadHeader[] = [];
  const named = orderSlots(number);
  const found = await readContractEvents({
    ...reading,
    topics,
    slots: Object.values(named),
    read: 'headers',
    onHeaders: (relied) => (headers = relied),
  });
  const { events, completeness, head, equivocation } = found;
  const base = { chainId: pin.chainId, contract, events };
  if (!head || headers.length === 0) {
    const reason = 'The blocks do not hold, so nothing is proven against them.';
    const params = { from: completeness.from, to: completeness.to, contract, reason };
    const checks = [...found.checks, unknown('ORDER_CALLS', { params })];
    return { evidence: { ...base, transactions: [] }, checks, completeness, head, equivocation };
  }
  const opened = await openNodes(rpc, pin, options, signal);
  const nodes = new LedgerNodes(opened.nodes.map(({ node }) => node));
  const { calls, check } = await readCalls({
    nodes,
    order: nodes.all,
    contract,
    headers,
    enough: (all) => all.some((call) => isResultOf(call, number)),
    onProgress: (done, total) => reading.onProgress?.({ done, total, unit: 'blocks' }),
    signal,
  });
  const text = await readResultText(found.account, number, stateHeader(head, pin), contract, nodes, signal);
  const slots = found.account && [...found.account.slots, ...text.slots];
  return {
    evidence: { ...base, transactions: calls, ...(slots ? { slots } : {}) },
    checks: [...found.checks, check, ...text.checks],
    completeness,
    equivocation,
    head,
  };
}

function stateHeader({ rlp }: LedgerHead, { consensus }: EvmPin): Header {
  return parseHeader(rlp, consensus === 'aura' ? 'aura' : 'ordinary');
}

function isResultOf({ input, succeeded }: ProvenTransaction, number: bigint): boolean {
  if (!succeeded) return false;
  try {
    const { functionName, args } = decodeFunctionData({ abi: ethernityAbi, data: input });
    return functionName === '_addResultToOrder' && args[0] === number;
  } catch {
    // The library says by throws of its own that it is another call.
    return false;
  }
}

/** A long text stands in slots of its own, whose number its first slot says. */
async function readResultText(
  account: ProvenAccount | undefined,
  number: bigint,
  header: Header,
  contract: Hex,
  nodes: LedgerNodes,
  signal: AbortSignal | undefined,
): Promise<{ readonly slots: ProvenAccount['slots']; readonly checks: readonly Check[] }> {
  const key = orderSlots(number).result;
  const slot = account?.slots.find((each) => each.key === key);
  let keys: readonly Hex[];
  try {
    keys = slot ? resultSlots(number, slot.value) : [];
  } catch (error) {
    // `judgeOrder` reads the same slot and says so.
    if (error instanceof FormatError) return { slots: [], checks: [] };
    throw error;
  }
  if (keys.length === 0) return { slots: [], checks: [] };
  const read = await readAccount(header, contract, keys, nodes, nodes.all, signal);
  return { slots: read.account?.slots ?? [], checks: read.check.status === 'pass' ? [] : [read.check] };
}
