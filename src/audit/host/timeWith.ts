import { isProven } from '../../core/host/controllers.ts';
import type { HostLedger } from '../../core/host/hostLedger.ts';

/** How far blocks may be ahead of a clock, in milliseconds. */
const allowance = 60_000;

/** The clock's time, or that of the newest proven block where this is a little ahead: what stands in it has been said. Milliseconds since 1970. */
export function timeWith(now: number, ledgers: readonly HostLedger[]): number {
  const heads = ledgers.filter(isProven).map(({ head }) => (head?.timestamp ?? 0) * 1000);
  return Math.max(now, ...heads.filter((time) => time <= now + allowance));
}
