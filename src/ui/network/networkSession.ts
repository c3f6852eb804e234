import { browserHeaderMemory } from '../../audit/evm/browserHeaderMemory.ts';
import type { ContractEvents, LedgerHead } from '../../audit/evm/contractReading.ts';
import { finalisedInWorker } from '../../audit/evm/finalisedInWorker.ts';
import { judgeNetworkInWorker } from '../../audit/network/judgeNetworkInWorker.ts';
import { readNetworkLedger } from '../../audit/network/readNetwork.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { NetworkJudged, NetworkReading } from '../../core/network/judgeNetwork.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import type { Check } from '../../core/verdict/check.ts';
import { keptSessions } from '../task/keptSessions.ts';
import { ReadingSession, type ReadingState } from '../task/readingSession.ts';

/** A network as it was read and recomputed, without files beside it. */
export interface NetworkResult {
  readonly head: LedgerHead | undefined;
  readonly ledger: ContractEvents;
  readonly reading: NetworkReading;
  /** Of the ledger; those of the network are `judged`. */
  readonly ledgerChecks: readonly Check[];
  readonly judged: NetworkJudged;
}

export type NetworkState = ReadingState<NetworkResult>;

/** All events of one network, read in workers and recomputed in another one. */
export class NetworkSession extends ReadingSession<NetworkResult> {
  readonly pin: EvmPin;
  readonly address: Hex;

  constructor(pin: EvmPin, address: Hex) {
    const memory = browserHeaderMemory();
    super(async (tools) => {
      const finalised = pin.beacon ? await finalisedInWorker(pin, pin.rpc ?? [], tools.signal) : undefined;
      const also = finalised && pin.checkpoint ? { alsoPinned: pin.checkpoint } : {};
      const now = Date.now();
      const read = await readNetworkLedger({
        pin: finalised?.pin ?? pin,
        contract: address,
        now,
        memory,
        ...also,
        ...tools,
      });
      const { ledger, reading, checks } = read;
      const judged = await judgeNetworkInWorker(
        { reading, trust: {}, now, companions: [] },
        tools.signal,
        tools.onProgress,
      );
      const ledgerChecks = finalised ? [finalised.check, ...checks] : checks;
      return { head: ledger.head, ledger, reading, ledgerChecks, judged };
    });
    this.pin = pin;
    this.address = address;
  }
}

/** The reading of a network; one whose pin was changed is read anew, and the oldest are forgotten. */
export const networkSession = keptSessions(4, (pin: EvmPin, address: Hex) => new NetworkSession(pin, address));
