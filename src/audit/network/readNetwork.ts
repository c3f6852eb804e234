import { attestationNetworkTopics as topics } from '../../contracts/attestationNetwork.ts';
import { networkStorage } from '../../core/network/compareStorage.ts';
import { judgeNetwork, type NetworkJudged, type NetworkReading } from '../../core/network/judgeNetwork.ts';
import { openHeader } from '../../core/evm/judgeRange.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { developmentLedgers } from '../../core/evm/developmentLedgers.ts';
import type { Content } from '../../core/kinds/content.ts';
import type { Progress } from '../../core/kinds/kind.ts';
import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import type { Check } from '../../core/verdict/check.ts';
import { combine, verdictOf, type Verdict } from '../../core/verdict/status.ts';
import type { ContractEvents, ContractReading } from '../evm/contractReading.ts';
import type { EvmExecutor } from '../evm/evmExecutor.ts';
import { LedgerNodes } from '../evm/ledgerNodes.ts';
import { openNodes } from '../evm/openNodes.ts';
import { readAccount } from '../evm/readAccount.ts';
import { readContractEvents } from '../evm/readContractEvents.ts';

export interface NetworkToRead extends NetworkLedgerToRead {
  /** Pins for documents beside. */
  readonly trust: Trust;
  /** Documents, criteria, batches, disclosures, signed votes. */
  readonly companions: readonly Content[];
}

export interface NetworkLedgerToRead extends Pick<ContractReading, 'memory' | 'alsoPinned'> {
  readonly pin: EvmPin;
  /** In place of the pin's nodes. */
  readonly rpc?: readonly string[];
  /** Lower case. */
  readonly contract: Hex;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Workers in a page; on the calling thread where left out. */
  readonly executor?: EvmExecutor;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface NetworkRead {
  readonly verdict: Verdict;
  /** Of the ledger, then of the network. */
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  readonly ledger: ContractEvents;
  readonly judged: NetworkJudged;
}

export interface NetworkLedgerRead {
  readonly ledger: ContractEvents;
  /** What the network is recomputed from. */
  readonly reading: NetworkReading;
  /** Of the ledger, with what failed where the contract's storage could not be proven. */
  readonly checks: readonly Check[];
  /** Of the ledger. */
  readonly labels: readonly string[];
}

/**
 * A network from the nodes of its ledger to its verdict: all of its events, what its contract keeps of every node, and both recomputed.
 * @throws AuditorError as `readContractEvents`; the signal's reason when aborted
 */
export async function readNetwork(network: NetworkToRead): Promise<NetworkRead> {
  const { trust, companions, now, signal, onProgress } = network;
  const { ledger, reading, ...read } = await readNetworkLedger(network);
  const context = { trust, now, companions, ...(signal && { signal }), ...(onProgress && { onProgress }) };
  const judged = await judgeNetwork(reading, context);
  const checks = [...read.checks, ...judged.checks];
  return {
    verdict: verdictOf(combine(checks.map(({ status }) => status))),
    checks,
    labels: [...read.labels, ...judged.labels],
    ledger,
    judged,
  };
}

/**
 * Everything of it that comes from nodes of the ledger, proven and not recomputed yet: that may be done elsewhere, and again when there are files beside it.
 * @throws AuditorError as `readContractEvents`; the signal's reason when aborted
 */
export async function readNetworkLedger(network: NetworkLedgerToRead): Promise<NetworkLedgerRead> {
  const { pin, contract, now, signal, onProgress, executor, memory, alsoPinned } = network;
  const rpc = network.rpc ?? pin.rpc ?? [];
  const watch = { ...(signal && { signal }), ...(onProgress && { onProgress }), ...(executor && { executor }) };
  const age = pin.maximumAge === undefined ? {} : { maximumAge: pin.maximumAge, now: Math.floor(now / 1000) };
  const ledger = await readContractEvents({
    rpc,
    pin,
    address: contract,
    contract: 'AttestationNetwork',
    slots: networkStorage(0),
    ...(memory && { memory }),
    ...(alsoPinned && { alsoPinned }),
    ...age,
    ...watch,
  });
  const { events, head } = ledger;
  const stored = head && events.length > 0 ? await readStorage(network, rpc, ledger) : undefined;
  const account = stored?.account ?? ledger.account;
  const failed = stored && !stored.account ? [stored.check] : [];
  return {
    ledger,
    reading: {
      chainId: pin.chainId,
      contract,
      events,
      account,
      head: head && { number: head.number, timestamp: head.timestamp },
    },
    checks: [...ledger.checks, ...failed],
    labels: [
      ...(developmentLedgers.includes(pin.chainId) ? ['development'] : []),
      ...(pin.checkpoint && pin.checkpoint.number > 0 ? ['from checkpoint'] : []),
    ],
  };
}

/** How many nodes there are is known from the events alone, so their slots are asked for afterwards, at the same block. */
async function readStorage(
  { pin, contract, signal }: NetworkLedgerToRead,
  rpc: readonly string[],
  { events, head }: ContractEvents,
) {
  const joined = new Set(events.flatMap((event) => (event.topics[0] === topics.NodeJoined ? [event.topics[1]] : [])));
  const { nodes } = await openNodes(rpc, pin, {}, signal);
  const order = nodes.map(({ node }) => node);
  const { header } = openHeader((head as NonNullable<typeof head>).rlp, pin.consensus);
  return readAccount(header, contract, networkStorage(joined.size), new LedgerNodes(order), order, signal);
}
