import type { ProvenAccount } from '../../core/evm/accountProof.ts';
import type { CounterFinding } from '../../core/evm/completeness.ts';
import type { EventFilter, ProvenEvent } from '../../core/evm/events.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { counterState } from '../../core/evm/jobs.ts';
import { slotKey, type CounterState, type EventCounter, type KnownContract } from '../../core/evm/knownContracts.ts';
import type { EvmExecutor } from './evmExecutor.ts';
import type { LedgerNodes } from './ledgerNodes.ts';
import { readAccount } from './readAccount.ts';
import type { ChainRead } from './readChain.ts';
import type { RpcNode } from './rpcNode.ts';

export interface CounterComparing {
  readonly known: (KnownContract & { readonly name: string }) | undefined;
  /** At the end of the range. */
  readonly account: ProvenAccount | undefined;
  readonly events: readonly ProvenEvent[];
  readonly allProven: boolean;
  readonly filter: EventFilter;
  readonly chain: ChainRead;
  readonly address: Hex;
  readonly nodes: LedgerNodes;
  readonly order: readonly RpcNode[];
  readonly executor: EvmExecutor;
  readonly signal?: AbortSignal | undefined;
}

/** Holds a contract's own count and running hash, proven from its storage, against the events that were shown. */
export async function compareCounter(comparing: CounterComparing): Promise<CounterFinding> {
  const { known, account, events, allProven, filter, chain, executor, signal } = comparing;
  const impossible = (reason: string): CounterFinding => ({ kind: 'impossible', reason });
  if (!account) return impossible('no node gives a proof of what the contract has counted.');
  if (!known?.counter) return impossible('the contract keeps no count of its events that is known here.');
  if (filter.topics) return impossible('only some of its events were asked for, so that they cannot be counted.');
  if (!allProven) return impossible('without all receipts the events cannot be counted.');
  const proven = stateOf(account, known.counter);
  const last = chain.headers[chain.judged.end]?.header.number ?? 0;
  if (chain.to < last) return impossible('the range ends before the block at which the count is proven.');
  const start = await executor.counter(known.name, events, undefined, signal);
  if (isEqual(start, proven)) return { kind: 'equal', state: proven };
  if (chain.from > 0) {
    // There may be events before the range: the count at its beginning tells.
    const before = await provenBefore(comparing, known.counter);
    if (!before) return impossible('no node proves what the contract had counted before the range.');
    const later = await executor.counter(known.name, events, before, signal);
    return isEqual(later, proven) ? { kind: 'equal', state: proven } : { kind: 'different', proven, counted: later };
  }
  return { kind: 'different', proven, counted: start };
}

async function provenBefore(
  { chain, address, nodes, order, signal }: CounterComparing,
  { slots }: EventCounter,
): Promise<CounterState | undefined> {
  const before = chain.headers.find(({ header }) => header.number === chain.from - 1);
  if (!before) return undefined;
  const keys = [slotKey(slots.count), slotKey(slots.hash)];
  const { account } = await readAccount(before.header, address, keys, nodes, order, signal);
  return account && stateOf(account, { slots });
}

function stateOf(account: ProvenAccount, { slots }: Pick<EventCounter, 'slots'>): CounterState {
  const valueOf = (slot: number): Uint8Array =>
    account.slots.find(({ key }) => key === slotKey(slot))?.value ?? new Uint8Array();
  return counterState(valueOf(slots.count), valueOf(slots.hash));
}

function isEqual(found: CounterState & { readonly brokenAt?: number }, proven: CounterState): boolean {
  return found.brokenAt === undefined && found.count === proven.count && found.hash === proven.hash;
}
