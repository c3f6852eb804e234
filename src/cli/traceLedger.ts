import { privateKeyToAccount } from 'viem/accounts';
import type { Hex } from '../core/evm/hex.ts';
import type { Trust } from '../core/trust/trust.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { anchorPin } from '../audit/trace/readAnchors.ts';
import { openAnchorLedger, type AnchorLedger } from '../services/tracer/anchorLedger.ts';

/**
 * The ledger of a trust file as the owner of machines writes to it.
 * @param address an account that the node has the key of; else the variable AFFIDAVIT_ACCOUNT_KEY holds the key
 * @throws AuditorError `usage` ANCHOR_LEDGER | TRACE_ACCOUNT
 */
export function openTraceLedger(trust: Trust, address: string | undefined): AnchorLedger {
  const pin = anchorPin(trust);
  return openAnchorLedger({
    rpc: pin.rpc ?? [],
    pin,
    contract: pin.contracts?.['TraceAnchor'] as Hex,
    account: accountOf(address),
  });
}

function accountOf(address: string | undefined) {
  const key = process.env['AFFIDAVIT_ACCOUNT_KEY'];
  if (address !== undefined) {
    if (/^0x[0-9a-f]{40}$/i.test(address)) return address as Hex;
    throw new AuditorError('usage', 'TRACE_ACCOUNT', '--account is an address: 0x and 40 hex digits.');
  }
  if (key !== undefined && /^0x[0-9a-f]{64}$/i.test(key)) return privateKeyToAccount(key as Hex);
  const words =
    'Whose transaction is it? Name an account of the node with --account, or give a private key in AFFIDAVIT_ACCOUNT_KEY.';
  throw new AuditorError('usage', 'TRACE_ACCOUNT', words);
}
