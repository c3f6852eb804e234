import { readOrder, type OrderRead } from '../../../audit/task/ethernity/readOrder.ts';
import { canonicalJson } from '../../../core/bytes/jcs.ts';
import type { Hex } from '../../../core/evm/hex.ts';
import type { EvmPin } from '../../../core/trust/trust.ts';
import { ReadingSession } from '../readingSession.ts';

/** One order of a contract of Ethernity, read under one pin. */
export class OrderSession extends ReadingSession<OrderRead> {
  readonly pin: EvmPin;

  constructor(pin: EvmPin, address: Hex, order: bigint) {
    super((tools) => readOrder({ rpc: pin.rpc ?? [], pin, address, order, ...tools }));
    this.pin = pin;
  }
}

const sessions = new Map<string, OrderSession>();
const maximumSessions = 4;

/** The reading of an order; one whose pin was changed is read anew, and the oldest are forgotten. */
export function orderSession(pin: EvmPin, address: Hex, order: bigint): OrderSession {
  const key = canonicalJson([pin, address, String(order)]);
  const known = sessions.get(key);
  if (known) return known;
  const session = new OrderSession(pin, address, order);
  sessions.set(key, session);
  for (const [old, each] of sessions) {
    if (sessions.size <= maximumSessions) break;
    each.stop();
    sessions.delete(old);
  }
  return session;
}
