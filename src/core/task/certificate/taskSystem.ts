import { canonicalJson } from '../../bytes/jcs.ts';
import type { JsonValue } from '../../bytes/json.ts';
import type { Certificate } from '../../certificate/envelope.ts';
import type { CertificateSystem, SystemJudgement } from '../../certificate/system.ts';
import type { ReadHeader } from '../../evm/judgeHeaders.ts';
import { anchorsPin } from '../../evm/ledgerProof/anchorsPin.ts';
import { findPin } from '../../evm/ledgerProof/findPin.ts';
import { judgeProofHeaders, readProofHeaders } from '../../evm/ledgerProof/readProofHeaders.ts';
import type { Context } from '../../kinds/kind.ts';
import type { EvmPin, Trust } from '../../trust/trust.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, planned, unknown, type Check, type Plan } from '../../verdict/check.ts';
import { combine } from '../../verdict/status.ts';
import { taskPlan } from '../judgeTask.ts';
import { examineTask, labelsOf, type TaskExamined } from './examineTask.ts';
import { parseTaskCertificate, type TaskCertificate, type TaskClaim } from './taskCertificate.ts';
import { claimOf } from './taskClaim.ts';

const rest: readonly Plan[] = [
  { code: 'EVM_LINKS' },
  { code: 'EVM_VALIDATORS' },
  { code: 'EVM_SEALS' },
  { code: 'TASK_PROOFS' },
  { code: 'EVM_CODE' },
  { code: 'TASK_STORAGE' },
  ...taskPlan,
  { code: 'TASK_CLAIM' },
  { code: 'CERTIFICATE_ANCHORS' },
  { code: 'CERTIFICATE_LABELS' },
];

/** Certificates of tasks: judged offline, under the checker's own entry for the ledger and own pins of the runner. */
export const taskSystem: CertificateSystem = {
  plan: () => [{ code: 'CERTIFICATE_CLAIM' }, { code: 'TASK_LEDGER' }, ...rest],
  check: async (envelope, context) => {
    let certificate: TaskCertificate;
    let headers: readonly ReadHeader[];
    try {
      certificate = parseTaskCertificate(envelope);
      headers = await readProofHeaders(certificate.proof.headers, certificate.ledger.consensus, context);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      return undecided([fail('CERTIFICATE_CLAIM', { params: { reason: error.message }, spec: 'DESIGN §6' })]);
    }
    const read = pass('CERTIFICATE_CLAIM', { spec: 'DESIGN §6' });
    const { claim, anchors, ledger } = certificate;
    const pin = findPin(context.trust, ledger, headers);
    const details = { claim, anchors, headers: headers.length };
    if (!pin) return { ...undecided([read, notPinned(context.trust, ledger), ...planned(rest)]), details };
    const params = { chainId: claim.chainId, consensus: pin.consensus };
    return judge(envelope, certificate, headers, pin, context, [
      read,
      pass('TASK_LEDGER', { params, spec: 'DESIGN §3.2' }),
    ]);
  },
};

function undecided(checks: readonly Check[]): SystemJudgement {
  return { checks, labels: [], at: null, details: undefined };
}

function notPinned({ evm = [] }: Trust, { chainId, consensus }: EvmPin): Check {
  const entries = evm.filter((pin) => pin.chainId === chainId);
  const params = { chainId, consensus, found: entries[0]?.consensus ?? 'none' };
  const differs = entries.length > 0 && entries.every((pin) => pin.consensus !== consensus);
  return (differs ? fail : unknown)('TASK_LEDGER', { params, spec: 'DESIGN §3.2' });
}

async function judge(
  envelope: Certificate,
  certificate: TaskCertificate,
  headers: readonly ReadHeader[],
  pin: EvmPin,
  context: Context,
  begin: readonly Check[],
): Promise<SystemJudgement> {
  const { claim, proof } = certificate;
  const place = { chainId: claim.chainId, contract: claim.contract, id: BigInt(claim.id) };
  const examined = await examineTask(place, proof, headers, pin, context);
  const { judged } = examined;
  const labels = labelsOf(certificate.ledger, judged);
  const ledgerHolds = combine(examined.checks.map(({ status }) => status)) === 'pass';
  const checks = [
    ...begin,
    ...examined.checks,
    checkClaim(claim, claimOf(judged.timeline)),
    await checkAnchors(envelope, certificate, headers, examined, context),
    checkLabels(envelope.labels, labels),
  ];
  const { timeline, attestation } = judged;
  const details = {
    claim,
    anchors: certificate.anchors,
    headers: headers.length,
    timeline,
    attestation: attestation && { kind: attestation.kind, details: attestation.details },
  };
  return {
    checks,
    labels: [...labels, ...judged.labels],
    at: ledgerHolds ? claim.recordedAt * 1000 : null,
    details,
  };
}

/** Every value of the claim is one of the proven events. */
function checkClaim(claim: TaskClaim, found: TaskClaim | undefined): Check {
  const spec = 'DESIGN §6';
  if (!found) return unknown('TASK_CLAIM', { spec, params: { reason: 'The events do not go so far.' } });
  const names = Object.keys({ ...claim, ...found }) as (keyof TaskClaim)[];
  const name = names.find((key) => claim[key] !== found[key]);
  if (!name) return pass('TASK_CLAIM', { spec, params: { program: claim.program, result: claim.result } });
  const reason = `Its ${name} is ${claim[name]}, by the events it is ${found[name]}.`;
  return fail('TASK_CLAIM', { spec, params: { reason } });
}

/**
 * The list helps to pin, so an altered one would mislead: judged under what it lists alone, ledger and attestation must hold, and nothing that it lists may be idle.
 */
async function checkAnchors(
  { anchors: written }: Certificate,
  { claim, proof, anchors, ledger }: TaskCertificate,
  headers: readonly ReadHeader[],
  examined: TaskExamined,
  context: Context,
): Promise<Check> {
  const spec = 'DESIGN §6';
  const failed = (part: string): Check => fail('CERTIFICATE_ANCHORS', { spec, params: { part } });
  const { evm, ...pinsWritten } = written;
  if (canonicalJson(evm as JsonValue) !== canonicalJson([anchorsPin(ledger, headers)])) return failed('evm');
  if (judgeProofHeaders(headers, ledger).checks.some(({ status }) => status !== 'pass')) return failed('evm');
  const { evm: _, ...pins } = anchors;
  const place = { chainId: claim.chainId, contract: claim.contract, id: BigInt(claim.id) };
  const isSame = canonicalJson(pins) === canonicalJson(examined.used);
  const under = isSame ? examined : await examineTask(place, proof, headers, ledger, { ...context, trust: anchors });
  const status = under.checks.find(({ code }) => code === 'TASK_ATTESTATION')?.status ?? 'unknown';
  if (status === 'unknown') return unknown('CERTIFICATE_ANCHORS', { spec, params: { part: 'attestation' } });
  const isListed = canonicalJson(under.used) === canonicalJson(pinsWritten as JsonValue);
  return status === 'pass' && isListed ? pass('CERTIFICATE_ANCHORS', { spec }) : failed('attestation');
}

function checkLabels(labels: readonly string[], expected: readonly string[]): Check {
  const params = { expected: expected.join(', ') || 'none', found: labels.join(', ') || 'none' };
  const spec = 'DESIGN §3.5, §6';
  return (params.expected === params.found ? pass : fail)('CERTIFICATE_LABELS', { spec, params });
}
