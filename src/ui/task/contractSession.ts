import { browserHeaderMemory } from '../../audit/evm/browserHeaderMemory.ts';
import type { ContractEvents } from '../../audit/evm/contractReading.ts';
import { finalisedInWorker } from '../../audit/evm/finalisedInWorker.ts';
import { readContractEvents } from '../../audit/evm/readContractEvents.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { keptSessions } from './keptSessions.ts';
import { ReadingSession, type ReadingState } from './readingSession.ts';

export type ContractState = ReadingState<ContractEvents>;

/** All events of one contract under one pin. */
export class ContractSession extends ReadingSession<ContractEvents> {
  readonly pin: EvmPin;
  readonly address: Hex;

  constructor(pin: EvmPin, address: Hex) {
    const memory = browserHeaderMemory();
    const { rpc = [], maximumAge, checkpoint } = pin;
    super(async (tools) => {
      // A light client follows Ethereum where the person has pinned the beacon block that it begins at.
      const finalised = pin.beacon ? await finalisedInWorker(pin, rpc, tools.signal) : undefined;
      const age = maximumAge === undefined ? {} : { maximumAge, now: Math.floor(Date.now() / 1000) };
      const also = finalised && checkpoint ? { alsoPinned: checkpoint } : {};
      const read = await readContractEvents({
        rpc,
        pin: finalised?.pin ?? pin,
        address,
        memory,
        ...also,
        ...age,
        ...tools,
      });
      return finalised ? { ...read, checks: [finalised.check, ...read.checks] } : read;
    });
    this.pin = pin;
    this.address = address;
  }
}

/** The reading of a contract; one whose pin was changed is read anew, and the oldest are forgotten. */
export const contractSession = keptSessions(8, (pin: EvmPin, address: Hex) => new ContractSession(pin, address));
