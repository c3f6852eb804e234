import type { Content } from '../kinds/content.ts';
import type { Trust } from '../trust/trust.ts';
import { fail, pass, unknown, type Check, type Plan } from '../verdict/check.ts';
import { combine, verdictOf } from '../verdict/status.ts';
import { checkAnchored } from './anchored.ts';
import { bodyOf, reportDigest, trustDigest } from './digest.ts';
import type { Report } from './report.ts';
import { reportSigner, subjectText } from './typedData.ts';

const spec = 'src/core/report/README';

/** How far an auditor's clock may be ahead, in seconds. */
const allowance = 300;

export interface ReportGiven {
  readonly trust: Trust;
  readonly companions: readonly Content[];
  /** Seconds since 1970: no report may be from later. */
  readonly now: number;
}

export const reportPlan: readonly Plan[] = [
  { code: 'REPORT_DIGEST' },
  { code: 'REPORT_COHERENT' },
  { code: 'REPORT_TIME' },
  { code: 'REPORT_SIGNATURE' },
  { code: 'REPORT_AUDITOR' },
  { code: 'REPORT_SAYS' },
];

/** Everything about one report: that it is whole, makes sense, is its auditor's, that you trust the auditor, and what it says. */
export async function checkReport(report: Report, { trust, companions, now }: ReportGiven): Promise<readonly Check[]> {
  const anchored = await checkAnchored(report, companions, trust);
  return [
    digestCheck(report),
    coherentCheck(report),
    timeCheck(report, now),
    signatureCheck(report, anchored !== undefined),
    auditorCheck(report, trust),
    ...(anchored ? [anchored] : []),
    saysCheck(report),
  ];
}

/** Whether it is a statement of an auditor who is trusted: everything but what it says. */
export function isStatement(checks: readonly Check[]): boolean {
  return checks.every(({ code, status }) => code === 'REPORT_SAYS' || status === 'pass');
}

function digestCheck(report: Report): Check {
  const found = reportDigest(bodyOf(report));
  const params = { digest: report.digest, found };
  return found === report.digest ? pass('REPORT_DIGEST', { spec, params }) : fail('REPORT_DIGEST', { spec, params });
}

/** A report that contradicts itself is worth nothing, whoever signed it. */
function coherentCheck({ checks, findings, verdict, covered }: Report): Check {
  const code = 'REPORT_COHERENT';
  const follows = verdictOf(combine(checks.map(({ status }) => status)));
  const refuse = (reason: string): Check => fail(code, { spec, params: { reason } });
  if (follows !== verdict) return refuse(`It says “${verdict}”, but from its own checks “${follows}” follows.`);
  if (verdict !== 'verified' && findings.length === 0) return refuse('It does not say what was found.');
  if (verdict === 'rejected' && !findings.some(({ status }) => status === 'fail')) {
    return refuse('It rejects, and names nothing that fails.');
  }
  const { tip, to } = covered;
  const end = tip === null ? to : 'k' in tip ? tip.k : 'number' in tip ? tip.number : to;
  if (covered.unit === 'k' && end !== to) return refuse('Its end is not the block that it names as the last.');
  if (verdict === 'verified' && to === null) return refuse('It says that everything holds, and has covered nothing.');
  if (end !== null && to !== null && end < to) return refuse('It goes on behind the last block that it names.');
  return pass(code, { spec, params: { checks: checks.length, findings: findings.length } });
}

function timeCheck({ time, covered }: Report, now: number): Check {
  const code = 'REPORT_TIME';
  const last = covered.unit === 'second' ? covered.to : covered.tip && 'time' in covered.tip ? covered.tip.time : null;
  const params = { time, last };
  if (time > now + allowance) {
    return fail(code, { spec, params: { ...params, reason: 'It is from later than the time at which it is judged.' } });
  }
  if (last !== null && last > time + allowance) {
    return fail(code, { spec, params: { ...params, reason: 'What it covers is from later than the report itself.' } });
  }
  return pass(code, { spec, params });
}

function signatureCheck(report: Report, isAnchorAsked: boolean): Check {
  const code = 'REPORT_SIGNATURE';
  const params = { auditor: report.auditor };
  const eip = 'EIP-712; EIP-2 (s in the lower half)';
  if (report.signature === null) return unknown(code, { spec: eip, params });
  const signer = reportSigner(report);
  if (signer !== report.auditor) {
    const reason = signer ? `It is by ${signer}.` : 'It is none of the form that reports carry.';
    return fail(code, { spec: eip, params: { ...params, reason } });
  }
  const notes = isAnchorAsked ? [] : [{ code: 'REPORT_NO_ANCHOR' as const }];
  return pass(code, { spec: eip, params, ...(notes.length > 0 ? { notes } : {}) });
}

function auditorCheck({ auditor, trust: digest }: Report, trust: Trust): Check {
  const code = 'REPORT_AUDITOR';
  const params = { auditor };
  const isPinned = trust.auditors?.some(({ address }) => address.toLowerCase() === auditor) ?? false;
  const same = trustDigest(trust) === digest ? ('REPORT_SAME_TRUST' as const) : ('REPORT_OTHER_TRUST' as const);
  const notes = [{ code: 'REPORT_STATEMENT' as const }, { code: same, params: { digest } }];
  return (isPinned ? pass : unknown)(code, { spec: 'DESIGN §8 (auditors)', params, notes });
}

function saysCheck({ verdict, subject, covered, auditor, findings }: Report): Check {
  const { from, to, unit } = covered;
  const params = {
    auditor,
    subject: subjectText(subject),
    from,
    to: to ?? 'nothing',
    unit,
    findings: findings.length,
    first: findings[0]?.code ?? '',
  };
  const outcome = verdict === 'verified' ? pass : verdict === 'rejected' ? fail : unknown;
  return outcome('REPORT_SAYS', { spec, params });
}
