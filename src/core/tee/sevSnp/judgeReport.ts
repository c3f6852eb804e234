import { toHex } from '../../bytes/hex.ts';
import type { TimeSource } from '../../kinds/kind.ts';
import { all, fail, pass, unknown, type Check, type Note } from '../../verdict/check.ts';
import { checkValidity, timeText } from '../../x509/validity.ts';
import { checkMeasurement, type MeasuredValue } from '../policy.ts';
import { hasMigrationAgent, isDebug, policyContradictions, readGuestPolicy } from './guestPolicy.ts';
import { hostRequest, type FirmwareVersion, type SnpReport } from './report.ts';
import { isAtMost } from './tcb.ts';
import type { SnpExamination } from './verify.ts';

/** What a report is judged by beside itself. */
export interface SnpQuestion {
  /** Milliseconds since 1970. A report carries no time of its own. */
  readonly at: number;
  readonly timeSource: Exclude<TimeSource, 'signed'>;
  /** `trust.sevSnp.measurements`: launch digests of 48 bytes in lower-case hex. */
  readonly measurements?: readonly string[];
}

/** The name of the one measured value of a report, in tables and pins. */
export const launchMeasurement = 'launch measurement';

export function measuredValues({ measurement }: SnpReport): readonly MeasuredValue[] {
  return [{ name: launchMeasurement, hex: toHex(measurement) }];
}

/** Pins as the rule for all platforms reads them. */
export function pinnedValues(
  measurements: readonly string[] | undefined,
): readonly Record<string, string>[] | undefined {
  return measurements?.map((hex) => ({ [launchMeasurement]: hex }));
}

/** All checks of a report that could be read, behind its form. */
export function judgeReport(examination: SnpExamination, question: SnpQuestion): readonly Check[] {
  const { report, platform, chain, signature, key, chip, tcb } = examination;
  return [
    platform,
    chain,
    signature,
    key,
    chip,
    tcb,
    checkTcbOrder(report),
    checkPolicy(report),
    checkVmpl(report),
    checkTime(examination, question),
    checkCode(report, question.measurements),
  ];
}

const specs = {
  tcb: 'AMD 56860 §7.3',
  policy: 'AMD 56860 §4.3',
  report: 'AMD 56860 §7.3',
  certificate: 'AMD 57230, chapter 3',
} as const;

/**
 * What is committed cannot be rolled back, so nothing older runs; what is reported may be older than what runs, never newer. LAUNCH_TCB is left
 * out on purpose: a guest that was moved here may have been started on newer firmware.
 */
function checkTcbOrder(report: SnpReport): Check {
  const { committedTcb, currentTcb, reportedTcb, committedVersion, currentVersion } = report;
  const faults = [
    ...(isAtMost(committedTcb, currentTcb) ? [] : ['COMMITTED_TCB is newer than CURRENT_TCB.']),
    ...(isAtMost(reportedTcb, currentTcb) ? [] : ['REPORTED_TCB is newer than CURRENT_TCB.']),
    ...(numberOf(committedVersion) <= numberOf(currentVersion)
      ? []
      : ['The committed firmware is newer than the one that runs.']),
  ];
  const firmware = `${currentVersion.major}.${currentVersion.minor} build ${currentVersion.build}`;
  const spec = specs.tcb;
  if (faults.length > 0) return fail('SNP_TCB_ORDER', { spec, params: { reason: faults.join(' ') } });
  const provisional = !isAtMost(currentTcb, committedTcb) || numberOf(committedVersion) !== numberOf(currentVersion);
  const notes: Note[] = provisional ? [{ code: 'SNP_PROVISIONAL' }] : [];
  return pass('SNP_TCB_ORDER', { spec, params: { firmware }, ...(provisional && { notes }) });
}

const numberOf = ({ major, minor, build }: FirmwareVersion): number => (major * 256 + minor) * 256 + build;

function checkPolicy(report: SnpReport): Check {
  const faults = policyContradictions(report);
  const spec = specs.policy;
  if (faults.length > 0) return fail('SNP_POLICY', { spec, params: { reason: faults.join(' ') } });
  const policy = readGuestPolicy(report);
  const notes: Note[] = [
    ...(policy.debugAllowed ? [{ code: 'TEE_DEBUG' } as const] : []),
    ...(hasMigrationAgent(report)
      ? [{ code: 'SNP_MIGRATION_AGENT', params: { id: toHex(report.reportIdMa) } } as const]
      : []),
  ];
  return pass('SNP_POLICY', { spec, params: { abi: policy.abi }, ...(notes.length > 0 && { notes }) });
}

/**
 * Level 0 is the guest's innermost: firmware or a paravisor. A report of a higher level is as genuine, but REPORT_DATA was chosen by less privileged
 * code, which is said. One that the host asked for says nothing from within the guest, so what it is to prove stays open.
 */
function checkVmpl({ vmpl }: SnpReport): Check {
  const spec = specs.report;
  if (vmpl === hostRequest) return unknown('SNP_VMPL', { spec });
  const notes: Note[] = vmpl === 0 ? [] : [{ code: 'SNP_VMPL_ABOVE_ZERO', params: { vmpl } }];
  return pass('SNP_VMPL', { spec, params: { vmpl }, ...(notes.length > 0 && { notes }) });
}

function checkTime({ path, chain }: SnpExamination, { at, timeSource }: SnpQuestion): Check {
  const spec = specs.certificate;
  if (!path || path.certificates.length === 0) {
    const params = {
      reason: "The certificate of the processor's key is not there.",
      wanted: chain.params?.['wanted'] ?? '',
    };
    return unknown('TEE_TIME', { spec, params });
  }
  const params = { at: timeText(at), source: timeSource, from: timeText(path.notBefore), to: timeText(path.notAfter) };
  return all('TEE_TIME', checkValidity(path.certificates, at), { spec, params });
}

function checkCode(report: SnpReport, measurements: readonly string[] | undefined): Check {
  return checkMeasurement(measuredValues(report), pinnedValues(measurements), {
    debug: isDebug(report),
    debugReason: 'The policy lets the host read and change the guest (debug), so no measurement counts.',
    spec: specs.report,
  });
}
