import type { Hex } from '../../core/evm/hex.ts';
import type { Ledger } from '../ledger/startLedger.ts';

const enough = 10n ** 17n;

/** Gives an account what transactions cost, from a development account of the local ledger, where it has too little. */
export async function fundAccount(ledger: Pick<Ledger, 'call'>, to: Hex): Promise<void> {
  if (BigInt(await ledger.call<Hex>('eth_getBalance', to, 'latest')) >= enough) return;
  const [from] = await ledger.call<Hex[]>('eth_accounts');
  const hash = await ledger.call<Hex>('eth_sendTransaction', { from, to, value: `0x${(enough * 10n).toString(16)}` });
  for (let tries = 0; tries < 600; tries += 1) {
    if ((await ledger.call('eth_getTransactionReceipt', hash)) !== null) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
