import type { EvmPin } from '../../core/trust/trust.ts';
import { isDevelopmentLedger } from '../wallet/developmentAccounts.ts';

/** Labels that everything on this ledger carries. */
export function ledgerLabels(pin: EvmPin): readonly string[] {
  return isDevelopmentLedger(pin) ? ['development consensus'] : [];
}
