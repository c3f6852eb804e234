import { readOrder, type OrderRead } from '../../../audit/task/ethernity/readOrder.ts';
import type { Hex } from '../../../core/evm/hex.ts';
import type { EvmPin } from '../../../core/trust/trust.ts';
import { keptSessions } from '../keptSessions.ts';
import { ReadingSession } from '../readingSession.ts';

/** One order of a contract of Ethernity, read under one pin. */
export class OrderSession extends ReadingSession<OrderRead> {
  readonly pin: EvmPin;

  constructor(pin: EvmPin, address: Hex, order: bigint) {
    super((tools) => readOrder({ rpc: pin.rpc ?? [], pin, address, order, ...tools }));
    this.pin = pin;
  }
}

/** The reading of an order; one whose pin was changed is read anew, and the oldest are forgotten. */
export const orderSession = keptSessions(
  4,
  (pin: EvmPin, address: Hex, order: bigint) => new OrderSession(pin, address, order),
);
