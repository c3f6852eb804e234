import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { reportSlot } from '../../core/report/anchorSlot.ts';
import type { Report } from '../../core/report/report.ts';
import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { inProcessEvmExecutor } from '../evm/evmExecutor.ts';
import { gatherLedger } from '../evm/gatherLedger.ts';
import { openNodes } from '../evm/openNodes.ts';

export type ReportLedger = EvmPin & { readonly rpc: readonly [string, ...string[]] };

/** The pinned ledger with a contract ReportAnchor: the one that is named, or the only one. @throws AuditorError `usage` REPORT_LEDGER */
export function reportLedger(
  { evm = [] }: Trust,
  chainId?: number,
): { readonly pin: ReportLedger; readonly contract: Hex } {
  const found = evm.filter(
    (pin) => pin.contracts?.['ReportAnchor'] !== undefined && (chainId === undefined || pin.chainId === chainId),
  );
  const [pin] = found;
  const [node, ...others] = pin?.rpc ?? [];
  if (pin && found.length === 1 && node !== undefined) {
    return { pin: { ...pin, rpc: [node, ...others] }, contract: pin.contracts?.['ReportAnchor']?.toLowerCase() as Hex };
  }
  const words =
    found.length > 1
      ? `Several ledgers of the trust file have a contract ReportAnchor: ${found.map((each) => each.chainId).join(', ')}. Name one.`
      : 'The trust file has no ledger with a node and a contract ReportAnchor (evm[].rpc, evm[].contracts).';
  throw new AuditorError('usage', 'REPORT_LEDGER', words);
}

/** The text of an `evm-block/1` file that shows what the contract keeps of a report. @throws AuditorError `source` where no node gives it */
export async function readReportAnchor(
  report: Pick<Report, 'auditor' | 'digest'>,
  { pin, contract }: ReturnType<typeof reportLedger>,
  signal?: AbortSignal,
): Promise<string> {
  const { nodes } = await openNodes(pin.rpc, pin, {}, signal);
  const state = nodes[0]?.head ?? 0;
  const slots = [reportSlot(report.auditor, `0x${report.digest}`)];
  const asked = { pin, contract, slots, blocks: [], state, executor: inProcessEvmExecutor, signal };
  return gatherLedger(asked, ({ headers, account }) =>
    Promise.resolve(
      JSON.stringify({
        affidavit: 'evm-block/1',
        consensus: pin.consensus,
        chainId: pin.chainId,
        headers: headers.map((header) => toHex0x(header)),
        accountProof: account.proof,
      }),
    ),
  );
}
