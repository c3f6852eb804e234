import { browserHeaderMemory } from '../../audit/evm/browserHeaderMemory.ts';
import type { ContractEvents, LedgerHead } from '../../audit/evm/contractReading.ts';
import { finalisedInWorker } from '../../audit/evm/finalisedInWorker.ts';
import { judgeNetworkInWorker } from '../../audit/network/judgeNetworkInWorker.ts';
import { readNetworkLedger } from '../../audit/network/readNetwork.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { NetworkJudged, NetworkReading } from '../../core/network/judgeNetwork.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import type { Check } from '../../core/verdict/check.ts';
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

const sessions = new Map<string, NetworkSession>();
const maximumSessions = 4;

/** The reading of a network; one whose pin was changed is read anew, and the oldest are forgotten. */
export function networkSession(pin: EvmPin, address: Hex): NetworkSession {
  const key = canonicalJson([pin, address]);
  const known = sessions.get(key);
  if (known) return known;
  const session = new NetworkSession(pin, address);
  sessions.set(key, session);
  for (const [old, each] of sessions) {
    if (sessions.size <= maximumSessions) break;
    each.stop();
    sessions.delete(old);
  }
  return session;
}
