import { equalBytes } from '../../bytes/bytes.ts';
import { fromHex } from '../../bytes/hex.ts';
import type { Content } from '../../kinds/content.ts';
import type { Checker, Context, Judgement, TimeSource } from '../../kinds/kind.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check, type Plan } from '../../verdict/check.ts';
import { pathCodes } from '../../x509/path.ts';
import { checkValidity, timeText } from '../../x509/validity.ts';
import { addressesFor } from './addresses.ts';
import { checkCollateral, type CheckedCollateral } from './checkCollateral.ts';
import { gatherCollateral, type Collateral } from './collateral.ts';
import { describeQuote, isBuiltIn } from './describe.ts';
import { openEnvelope, type Envelope } from './envelope.ts';
import { checkEventLog } from './eventLog.ts';
import { withEvidence } from './evidence.ts';
import { examineQuote, unreadable, type Examination } from './examine.ts';
import { intelSgxRoot } from './intelSgxRoot.ts';
import { DcapFormError } from './parse.ts';
import { isDebug, isDebugEnclave } from './platform.ts';
import { checkDcapMeasurement } from './policy.ts';
import { checkAgreement, readAgain } from './secondReading.ts';
import { evaluateTcb, qeFault } from './tcbLevel.ts';
import { checkTcb } from './tcbPolicy.ts';

/** What a quote without collateral, or one that cannot be read, leaves open. */
const collateralPlan: readonly Plan[] = [
  {
    code: 'DCAP_COLLATERAL',
    children: [
      { code: 'DCAP_TCB_INFO' },
      { code: 'DCAP_QE_IDENTITY' },
      { code: 'DCAP_WINDOW' },
      { code: 'DCAP_REVOCATION' },
    ],
  },
  { code: 'DCAP_QE' },
  { code: 'DCAP_TCB' },
  { code: 'DCAP_AGREEMENT' },
];

/** Judges quotes under the given roots (DER): Intel's for everyone, others for tests alone. */
export function makeDcapChecker(roots: readonly Uint8Array[]): Checker {
  return { plan: planFor, check: (content, context) => checkQuote(content, context, roots) };
}

export const dcapChecker: Checker = makeDcapChecker([intelSgxRoot()]);

function planFor(content: Content): readonly Plan[] {
  const { eventLog, reportData } = opened(content).envelope ?? {};
  return [
    { code: 'TEE_FORM' },
    { code: 'TEE_PLATFORM' },
    { code: 'TEE_CHAIN', children: [{ code: 'TEE_ROOT' }, ...pathCodes.map((code) => ({ code }))] },
    { code: 'DCAP_PCK' },
    { code: 'DCAP_QE_SIGNATURE' },
    { code: 'DCAP_QE_BINDING' },
    { code: 'TEE_SIGNATURE' },
    { code: 'TEE_TIME' },
    ...collateralPlan,
    ...(eventLog === undefined ? [] : [{ code: 'DCAP_EVENT_LOG' as const }]),
    ...(reportData === undefined ? [] : [{ code: 'DCAP_REPORT_DATA' as const }]),
    { code: 'TEE_MEASUREMENT' },
  ];
}

function opened(content: Content): { envelope?: Envelope; fault?: DcapFormError } {
  try {
    return { envelope: openEnvelope(content) };
  } catch (fault) {
    if (fault instanceof DcapFormError) return { fault };
    throw fault;
  }
}

async function checkQuote(content: Content, context: Context, roots: readonly Uint8Array[]): Promise<Judgement> {
  const { trust, givenTime, now, companions } = context;
  const at = givenTime ?? now;
  const timeSource: TimeSource = givenTime === undefined ? 'now' : 'given';
  const { envelope, fault } = opened(content);
  const collateral = gatherCollateral(companions);
  const examination = envelope
    ? await examineQuote(envelope.quote, roots, collateral.pckChain)
    : unreadable(fault as DcapFormError);
  const { form, platform, chain, pckCheck, qeSignature, qeBinding, signature, quote, path } = examination;
  const begin = [form, platform, chain, pckCheck, qeSignature, qeBinding, signature, timeCheck(examination, at)];
  if (!envelope || !quote) {
    const params = { reason: 'The quote could not be read.' };
    const rest = planFor(content)
      .slice(begin.length)
      .map(({ code, children }) =>
        children
          ? all(
              code,
              children.map((child) => unknown(child.code, { params })),
              { params },
            )
          : unknown(code, { params }),
      );
    return { checks: [...begin, ...rest], labels: [], at: null, timeSource };
  }
  context.signal?.throwIfAborted();
  const { checks, checked } = await checkWithCollateral(examination, collateral, roots, at, context);
  const log = envelope.eventLog === undefined ? undefined : await checkEventLog(envelope.eventLog, quote);
  const debug = isDebug(quote);
  const measurement = checkDcapMeasurement(quote, trust.dcap?.measurements);
  const pin = measurement.status === 'pass' ? measurement.params?.['pin'] : undefined;
  const copy =
    envelope.reportData === undefined ? [] : [reportDataCheck(envelope.reportData, quote.body.get('REPORTDATA'))];
  return {
    checks: withEvidence([...begin, ...checks, ...(log ? [log.check] : []), ...copy, measurement], quote),
    labels: [...(isBuiltIn(path) ? [] : ['simulated']), ...(debug ? ['debug'] : [])],
    at,
    timeSource,
    details: {
      explained: await describeQuote({
        examination,
        quote,
        wrapping: envelope.wrapping,
        collateral: checked,
        events: log?.events ?? [],
        trust,
        pin: typeof pin === 'number' ? pin : undefined,
        debug,
      }),
    },
  };
}

/** Whether everything holds that the quote itself can show, at this time. */
function isSound(examination: Examination, at: number): boolean {
  const { chain, pckCheck, qeSignature, qeBinding, signature } = examination;
  const checks = [chain, pckCheck, qeSignature, qeBinding, signature, timeCheck(examination, at)];
  return checks.every(({ status }) => status === 'pass') && examination.platform.status !== 'fail';
}

function timeCheck({ path }: Examination, at: number): Check {
  if (!path || path.certificates.length === 0) {
    return unknown('TEE_TIME', { params: { reason: 'There is no chain of certificates that could be read.' } });
  }
  const params = { at: timeText(at), from: timeText(path.notBefore), to: timeText(path.notAfter) };
  return all('TEE_TIME', checkValidity(path.certificates, at), { spec: 'RFC 5280 §4.1.2.5', params });
}

/** Everything that rests on what Intel publishes: whether it is Intel's and of the time, who the quoting enclave is, and which word the platform gets. */
async function checkWithCollateral(
  examination: Examination,
  collateral: Collateral,
  roots: readonly Uint8Array[],
  at: number,
  { signal }: Context,
): Promise<{ checks: readonly Check[]; checked: CheckedCollateral | undefined }> {
  const { quote, path, pck, root } = examination;
  if (!quote || !pck || !path) {
    const params = {
      reason: 'The PCK certificate could not be read, so nothing says of which processor it must be.',
      address: '',
    };
    const open = (plan: Plan): Check =>
      plan.children ? all(plan.code, plan.children.map(open), { params }) : unknown(plan.code, { params });
    return { checks: collateralPlan.map(open), checked: undefined };
  }
  const issuer = path.certificates.at(-2);
  const addresses = addressesFor(quote.tee, pck.fmspc, issuer);
  const question = { tee: quote.tee, pck, certificates: path.certificates, addresses };
  const checked = await checkCollateral(question, collateral, roots, at);
  const { tcbInfo, qeIdentity, current } = checked;
  const open = openReason(checked);
  const result =
    tcbInfo && qeIdentity ? evaluateTcb(quote, pck, tcbInfo.document.value, qeIdentity.document.value) : undefined;
  const qe = qeCheck(quote, checked, open, addresses.qeIdentity);
  const tcb = checkTcb(result, open, addresses);
  // What our own reading refuses for another reason it does not compare: the library would refuse it too, or not look at it.
  const settled =
    isSound(examination, at) && !open && current && qe.status === 'pass' && checked.check.status !== 'fail';
  const ours = settled && result && 'word' in result ? result.plainWord : undefined;
  signal?.throwIfAborted();
  const anchor = root === undefined ? undefined : roots[root];
  const reading =
    ours !== undefined && tcbInfo && qeIdentity && anchor
      ? await readAgain({
          quote,
          givenChain: quote.certification.type === 5 ? undefined : collateral.pckChain,
          tcbInfo,
          qeIdentity,
          crls: collateral.crls,
          root: anchor,
          at,
        })
      : undefined;
  return { checks: [checked.check, qe, tcb, checkAgreement(ours, reading)], checked };
}

/** Why what was given decides nothing, or undefined where it does. */
function openReason({ tcbInfo, qeIdentity, current }: CheckedCollateral): string | undefined {
  if (!tcbInfo || !qeIdentity)
    return 'It takes both TCB info and the identity of the quoting enclave, and they were not given.';
  if (!tcbInfo.genuine || !qeIdentity.genuine) return 'What was given is not known to be signed by Intel.';
  return current ? undefined : 'What was given is of another time.';
}

function qeCheck(
  { qeReport }: NonNullable<Examination['quote']>,
  { qeIdentity }: CheckedCollateral,
  open: string | undefined,
  address: string,
): Check {
  const spec = 'Intel QVL 4.1.2.4.15, 4.1.2.9';
  // Needs no list: whatever Intel names, an enclave that can be changed from outside vouches for nothing.
  if (isDebugEnclave(qeReport.get('ATTRIBUTES'))) {
    return fail('DCAP_QE', { spec, params: { reason: 'It is a debug enclave.', address } });
  }
  if (!qeIdentity || open) {
    return unknown('DCAP_QE', { spec, params: { reason: open ?? 'Its identity was not given.', address } });
  }
  const fault = qeFault(qeReport, qeIdentity.document.value);
  const params = { isvSvn: qeReport.number('ISVSVN'), address };
  return fault ? fail('DCAP_QE', { spec, params: { ...params, reason: fault } }) : pass('DCAP_QE', { spec, params });
}

/** What a report says of itself beside the quote is unsigned; it must say what the quote says. */
function reportDataCheck(written: string, data: Uint8Array): Check {
  const spec = 'dstack guest agent, GetQuote';
  try {
    const given = fromHex(written);
    // dstack pads what it was given with zeros to 64 bytes.
    const padded = new Uint8Array(64);
    if (given.length <= 64) padded.set(given);
    if (given.length <= 64 && equalBytes(padded, data)) return pass('DCAP_REPORT_DATA', { spec });
    return fail('DCAP_REPORT_DATA', { spec, params: { reason: 'It is another value.' } });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return fail('DCAP_REPORT_DATA', { spec, params: { reason: 'It is not hex.' } });
  }
}
