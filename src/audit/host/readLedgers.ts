import type { HostLedger } from '../../core/host/hostLedger.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { readHostLedger, type HostLedgerSource } from './readHostLedger.ts';

export interface LedgersAsked extends Pick<HostLedgerSource, 'onProgress'> {
  /** Milliseconds since 1970: a ledger whose pin has a `maximumAge` must show a block that is no older. */
  readonly now: number;
  readonly signal?: AbortSignal;
}

/**
 * The registries on every ledger that a trust file names with one. A ledger that cannot be asked is left out: what stands on it is then not known, and the checks say so.
 * @throws AuditorError `usage` where a pin is of no use, the signal's reason
 */
export async function readLedgers(
  { evm = [] }: Trust,
  { now, signal, onProgress }: LedgersAsked,
): Promise<readonly HostLedger[]> {
  const named = evm.filter(
    ({ contracts, rpc = [] }) =>
      rpc.length > 0 && (contracts?.['DidRegistry'] !== undefined || contracts?.['RevocationRegistry'] !== undefined),
  );
  const read = named.map(async (pin) => {
    try {
      const { maximumAge } = pin;
      const age = maximumAge === undefined ? {} : { maximumAge, now: Math.floor(now / 1000) };
      return [await readHostLedger({ pin, ...age, ...(signal && { signal }), ...(onProgress && { onProgress }) })];
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof AuditorError && error.kind === 'source') return [];
      throw error;
    }
  });
  return (await Promise.all(read)).flat();
}
