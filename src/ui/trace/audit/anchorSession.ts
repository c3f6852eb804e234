import { browserHeaderMemory } from '../../../audit/evm/browserHeaderMemory.ts';
import { readAnchors } from '../../../audit/trace/readAnchors.ts';
import type { Hex } from '../../../core/evm/hex.ts';
import type { AnchorReading } from '../../../core/trace/anchor/anchorReading.ts';
import { readAnchorEvents } from '../../../core/trace/anchor/readAnchorEvents.ts';
import type { EvmPin } from '../../../core/trust/trust.ts';
import { keptSessions } from '../../task/keptSessions.ts';
import { ReadingSession } from '../../task/readingSession.ts';

/** Anchors whose storage is proven one by one; of more, the newest. */
const mostProven = 64;

/** What a contract says of one program's traces, under one pin: all of its events, and what it keeps of each trace. */
export class AnchorSession extends ReadingSession<AnchorReading> {
  readonly pin: EvmPin;
  readonly contract: Hex;

  constructor(pin: EvmPin, contract: Hex, code: string) {
    const memory = browserHeaderMemory();
    super(async (tools) => {
      const { maximumAge } = pin;
      const age = maximumAge === undefined ? {} : { maximumAge, now: Math.floor(Date.now() / 1000) };
      const source = { pin, contract, memory, ...age, ...tools };
      const first = await readAnchors(source, {});
      const ids = readAnchorEvents(first.events, contract)
        .anchors.filter(({ metadata }) => metadata.code === code)
        .slice(-mostProven)
        .map(({ id }) => id);
      // Which slots are to be proven only the events tell.
      return ids.length === 0 ? first : readAnchors(source, { ids });
    });
    this.pin = pin;
    this.contract = contract;
  }
}

/** The reading of a program's anchors; one whose pin was changed is read anew, and the oldest are forgotten. */
export const anchorSession = keptSessions(
  4,
  (pin: EvmPin, contract: Hex, code: string) => new AnchorSession(pin, contract, code),
);
