import { attestationNetworkTopics as topics } from '../../contracts/attestationNetwork.ts';
import { networkStorage } from '../../core/network/compareStorage.ts';
import { judgeNetwork, type NetworkJudged } from '../../core/network/judgeNetwork.ts';
import { openHeader } from '../../core/evm/judgeRange.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { developmentLedgers } from '../../core/evm/developmentLedgers.ts';
import type { Content } from '../../core/kinds/content.ts';
import type { Progress } from '../../core/kinds/kind.ts';
import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import type { Check } from '../../core/verdict/check.ts';
import { combine, verdictOf, type Verdict } from '../../core/verdict/status.ts';
import type { ContractEvents } from '../evm/contractReading.ts';
import type { EvmExecutor } from '../evm/evmExecutor.ts';
import { LedgerNodes } from '../evm/ledgerNodes.ts';
import { openNodes } from '../evm/openNodes.ts';
import { readAccount } from '../evm/readAccount.ts';
import { readContractEvents } from '../evm/readContractEvents.ts';

export interface NetworkToRead {
  readonly pin: EvmPin;
  /** In place of the pin's nodes. */
  readonly rpc?: readonly string[];
  /** Pins for documents beside. */
  readonly trust: Trust;
  /** Lower case. */
  readonly contract: Hex;
  /** Documents, criteria, batches, disclosures, signed votes. */
  readonly companions: readonly Content[];
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

/**
 * A network from the nodes of its ledger to its verdict: all of its events, what its contract keeps of every node, and both recomputed.
 * @throws AuditorError as `readContractEvents`; the signal's reason when aborted
 */
export async function readNetwork(network: NetworkToRead): Promise<NetworkRead> {
  const { pin, trust, contract, companions, now, signal, onProgress, executor } = network;
  const rpc = network.rpc ?? pin.rpc ?? [];
  const watch = { ...(signal && { signal }), ...(onProgress && { onProgress }), ...(executor && { executor }) };
  const age = pin.maximumAge === undefined ? {} : { maximumAge: pin.maximumAge, now: Math.floor(now / 1000) };
  const ledger = await readContractEvents({
    rpc,
    pin,
    address: contract,
    contract: 'AttestationNetwork',
    slots: networkStorage(0),
    ...age,
    ...watch,
  });
  const { events, head } = ledger;
  const stored = head && events.length > 0 ? await readStorage(network, rpc, ledger) : undefined;
  const context = { trust, now, companions, ...(signal && { signal }), ...(onProgress && { onProgress }) };
  const account = stored?.account ?? ledger.account;
  const reading = { chainId: pin.chainId, contract, events, account, head };
  const judged = await judgeNetwork(reading, context);
  const failed = stored && !stored.account ? [stored.check] : [];
  const checks = [...ledger.checks, ...failed, ...judged.checks];
  return {
    verdict: verdictOf(combine(checks.map(({ status }) => status))),
    checks,
    labels: [
      ...(developmentLedgers.includes(pin.chainId) ? ['development'] : []),
      ...(pin.checkpoint && pin.checkpoint.number > 0 ? ['from checkpoint'] : []),
      ...judged.labels,
    ],
    ledger,
    judged,
  };
}

/** How many nodes there are is known from the events alone, so their slots are asked for afterwards, at the same block. */
async function readStorage(
  { pin, contract, signal }: NetworkToRead,
  rpc: readonly string[],
  { events, head }: ContractEvents,
) {
  const joined = new Set(events.flatMap((event) => (event.topics[0] === topics.NodeJoined ? [event.topics[1]] : [])));
  const { nodes } = await openNodes(rpc, pin, {}, signal);
  const order = nodes.map(({ node }) => node);
  const { header } = openHeader((head as NonNullable<typeof head>).rlp, pin.consensus);
  return readAccount(header, contract, networkStorage(joined.size), new LedgerNodes(order), order, signal);
}
