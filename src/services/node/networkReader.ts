import { readContractEvents } from '../../audit/evm/readContractEvents.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { ReadHeader } from '../../core/evm/judgeHeaders.ts';
import { readNetworkEvents } from '../../core/network/readNetworkEvents.ts';
import type { NetworkEvent } from '../../core/network/networkEvent.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Check } from '../../core/verdict/check.ts';

export interface NetworkReading {
  readonly rpc: readonly string[];
  readonly pin: EvmPin;
  readonly contract: Hex;
  readonly signal?: AbortSignal;
}

/** What one reading added. */
export interface NetworkStep {
  readonly events: readonly NetworkEvent[];
  /** The last block that was relied upon. */
  readonly head: number;
}

/** How often it is read again where nodes leave something open. */
const tries = 3;

/**
 * Follows the contract from the pinned checkpoint on, block by block and once each: what was proven is the checkpoint of the next reading, so that nothing is judged twice. Where
 * blocks change the validators, or vote on that, the old checkpoint stays, so that they are followed from it.
 */
export class NetworkReader {
  readonly reading: NetworkReading;
  #pin: EvmPin;
  #head = -1;
  #mayAdvance = true;
  readonly #events: NetworkEvent[] = [];

  constructor(reading: NetworkReading) {
    this.reading = reading;
    this.#pin = reading.pin;
  }

  /** The last block that was read, −1 before the first reading. */
  get head(): number {
    return this.#head;
  }

  /** All that was proven so far. */
  get events(): readonly NetworkEvent[] {
    return this.#events;
  }

  /** @throws AuditorError `source` LEDGER_UNPROVEN where any check of the reading does not pass, or no node answers */
  async next(): Promise<NetworkStep> {
    const { rpc, contract, signal } = this.reading;
    for (let left = tries; ; left -= 1) {
      const headers: ReadHeader[] = [];
      const read = await readContractEvents({
        rpc,
        pin: this.#pin,
        address: contract,
        contract: 'AttestationNetwork',
        ...(this.#head < 0 ? {} : { from: this.#head + 1 }),
        ...(signal ? { signal } : {}),
        onHeaders: (found) => void headers.push(...found),
      });
      const open = read.checks.filter(({ status }) => status !== 'pass');
      if (open.length === 0 && read.head) {
        const { events, faults } = readNetworkEvents(read.events, contract);
        const [fault] = faults;
        if (fault) throw new AuditorError('source', 'LEDGER_UNPROVEN', `An event cannot be read: ${fault.reason}`);
        this.#advance(read.head, headers);
        this.#events.push(...events);
        return { events, head: read.head.number };
      }
      // A node that is slow for a moment leaves things open; one that lies does not get better.
      if (left > 1 && open.every(({ status }) => status === 'unknown')) continue;
      throw new AuditorError(
        'source',
        'LEDGER_UNPROVEN',
        `What the nodes say of ${contract} is not proven: ${named(open)}.`,
      );
    }
  }

  #advance({ number, hash }: { readonly number: number; readonly hash: Hex }, headers: readonly ReadHeader[]): void {
    this.#head = number;
    const known = new Set(this.#pin.validators?.map((each) => each.toLowerCase()));
    const isSame = ({ sealed: { listed, vote } }: ReadHeader): boolean =>
      vote === undefined && listed?.length === known.size && listed.every((each) => known.has(each));
    this.#mayAdvance &&= known.size > 0 && headers.every(isSame);
    if (this.#mayAdvance) this.#pin = { ...this.#pin, checkpoint: { number, hash, votes: [] } };
  }
}

function named(checks: readonly Check[]): string {
  const words = checks.map(({ code, status, params }) => {
    const reason = params?.['reason'];
    return `${code} ${status}${typeof reason === 'string' && reason !== '' ? ` (${reason})` : ''}`;
  });
  return words.join(', ');
}
