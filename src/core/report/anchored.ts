import { reportAnchorCodeHash } from '../../contracts/reportAnchor.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { verifyAccountProof } from '../evm/accountProof.ts';
import { parseBlockFile } from '../evm/blockFile.ts';
import { choosePin } from '../evm/choosePin.ts';
import { judgeHeaders, readHeaders } from '../evm/judgeHeaders.ts';
import { affidavitType, type Content } from '../kinds/content.ts';
import type { Trust } from '../trust/trust.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../verdict/check.ts';
import { combine } from '../verdict/status.ts';
import { readReportSlot, reportSlot } from './anchorSlot.ts';
import type { Report } from './report.ts';

const spec = 'src/contracts/ReportAnchor.sol; EIP-1186';
const code = 'REPORT_ANCHORED';
/** How far the clocks of auditor and ledger may differ, in seconds. */
const allowance = 300;

/**
 * Whether a ledger shows that the report was anchored by its auditor: blocks beside it (`evm-block/1`) with a proof of the contract's slot. Asked only where such a file is there.
 */
export async function checkAnchored(
  report: Report,
  companions: readonly Content[],
  trust: Trust,
): Promise<Check | undefined> {
  const found: Check[] = [];
  for (const companion of companions) {
    if (!affidavitType(companion)?.startsWith('evm-block/')) continue;
    const check = await judge(report, companion, trust);
    if (check) found.push(check);
  }
  return found.find(({ status }) => status === 'pass') ?? found.find(({ status }) => status === 'fail') ?? found[0];
}

async function judge(report: Report, { text, name }: Content, trust: Trust): Promise<Check | undefined> {
  const slot = reportSlot(report.auditor, `0x${report.digest}`);
  // Blocks of something else say nothing about this report, and are no fault of it.
  if (!(text ?? '').toLowerCase().includes(slot.slice(2))) return undefined;
  try {
    const file = parseBlockFile(text ?? '');
    const headers = readHeaders(file.headers, file.consensus);
    const last = headers.at(-1);
    if (!last) return undefined;
    const proven = await verifyAccountProof(fromHex(last.header.stateRoot.slice(2)), file.accountProof ?? null);
    const value = proven.slots.find(({ key }) => key === slot)?.value;
    const { chainId } = file;
    const base = { chainId, contract: proven.address, file: name };
    if (!value || !proven.account || `0x${toHex(proven.account.codeHash)}` !== reportAnchorCodeHash) {
      return fail(code, { spec, params: { ...base, reason: 'The account is no contract ReportAnchor.' } });
    }
    const pin = choosePin(trust, chainId, file.consensus, headers[0]?.header.number ?? 0, last.header.number);
    const sealed = combine(judgeHeaders(headers, file.consensus, pin).checks.map(({ status }) => status));
    if (sealed !== 'pass') {
      const reason =
        sealed === 'fail'
          ? 'The blocks do not hold.'
          : 'Your trust file does not say who seals the blocks of this ledger.';
      return (sealed === 'fail' ? fail : unknown)(code, { spec, params: { ...base, reason } });
    }
    const kept = readReportSlot(value);
    if (!kept) {
      const reason = `Up to block ${last.header.number} its auditor has not anchored it.`;
      return fail(code, { spec, params: { ...base, reason } });
    }
    const params = { ...base, number: kept.number, block: kept.block, time: kept.time };
    if (kept.time + allowance < report.time) {
      const reason = 'It was anchored before the time that it claims to be of.';
      return fail(code, { spec, params: { ...params, reason } });
    }
    return pass(code, { spec, params });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return fail(code, { spec, params: { file: name, reason: error.message } });
  }
}
