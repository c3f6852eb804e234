import { canonicalJson } from '../../bytes/jcs.ts';
import type { JsonValue } from '../../bytes/json.ts';
import type { Certificate } from '../../certificate/envelope.ts';
import type { CertificateSystem, SystemJudgement } from '../../certificate/system.ts';
import { anchorsPin } from '../../evm/ledgerProof/anchorsPin.ts';
import { findPin } from '../../evm/ledgerProof/findPin.ts';
import { parseAnchors } from '../../evm/ledgerProof/parseAnchors.ts';
import { readProofHeaders } from '../../evm/ledgerProof/readProofHeaders.ts';
import type { ReadHeader } from '../../evm/judgeHeaders.ts';
import type { Context } from '../../kinds/kind.ts';
import type { EvmPin, Trust } from '../../trust/trust.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check } from '../../verdict/check.ts';
import type { AnchoredJudged } from '../anchor/judgeAnchored.ts';
import { isAnchorable } from '../checkAnchored.ts';
import { judgeTraceProof, type TraceProofDetails } from '../checkProof.ts';
import type { AnchorFound } from '../helpers.ts';
import { traceStructHash, type TraceDomain, type TraceMetadata } from '../metadata.ts';
import { toHex0x } from '../../evm/hex.ts';
import { certificateLabelsOf, proofText, traceAnchors, traceClaim } from './traceCertificate.ts';
import { examineTraceLedger, parseTraceLedger, type TraceLedger } from './traceLedger.ts';

const spec = 'DESIGN §6; src/core/trace/README (certificates)';

/** Certificates about traces: the proof in it is judged under the checker's own pins, and everything else in it follows from the proof. */
export const traceSystem: CertificateSystem = {
  plan: () => [
    { code: 'CERTIFICATE_CLAIM' },
    { code: 'TRACE_FORM' },
    { code: 'TRACE_SYMBOLS' },
    { code: 'TRACE_SIGNATURE' },
    { code: 'CERTIFICATE_ANCHORS' },
    { code: 'CERTIFICATE_LABELS' },
  ],
  check: async (certificate, context) => {
    const { ledger, ...proof } = certificate.proof;
    return ledger === undefined
      ? checkAlone(certificate, context)
      : checkWithLedger(certificate, proofText(proof), ledger, context);
  },
};

async function checkAlone(certificate: Certificate, context: Context): Promise<SystemJudgement> {
  const judged = await judgeTraceProof(proofText(certificate.proof), context, { ofWhole: true });
  const { details, labels } = judged;
  if (!details) return { checks: judged.checks, labels: [], at: null, details: undefined };
  const { proof } = details;
  // Labels come from the ledger alone. Whoever has none at hand cannot tell which, so the anchor is unknown then and labels are kept as they are.
  const isOpen = isAnchorable(proof.domain) && context.trace?.anchor === undefined;
  const isListed = canonicalJson(certificate.anchors) === canonicalJson(traceAnchors(proof));
  const checks = [
    checkClaim(certificate, traceClaim(details), proof.metadata.code),
    ...judged.checks,
    // Nothing but the machine whose signature is in it: a list with more would have more pinned than the proof needs.
    isListed ? pass('CERTIFICATE_ANCHORS', { spec }) : fail('CERTIFICATE_ANCHORS', { spec, params: { part: 'vms' } }),
    checkLabels(certificate.labels, isOpen ? certificate.labels : certificateLabelsOf(labels)),
  ];
  return judgementOf(certificate, details, labels, checks, proof.metadata.time * 1000);
}

/** What the view of a certificate draws. */
export interface TraceCertificateDetails extends TraceProofDetails {
  readonly claim: Certificate['claim'];
  /** What the certificate lists to be pinned, where it carries evidence of a ledger. */
  readonly anchors?: Trust;
  readonly anchored?: AnchoredJudged['judged']['anchored'];
}

/** What is judged of the ledger's part: under the checker's own entry, and under what the certificate lists alone. */
interface LedgerExamined {
  readonly own: AnchoredJudged | undefined;
  readonly listed: AnchoredJudged;
}

async function checkWithLedger(
  certificate: Certificate,
  text: string,
  value: JsonValue,
  context: Context,
): Promise<SystemJudgement> {
  let ledger: TraceLedger;
  let parsed: ReturnType<typeof parseAnchors>;
  let headers: readonly ReadHeader[];
  try {
    ledger = parseTraceLedger(value);
    parsed = parseAnchors(certificate.anchors, chainOf(certificate), ['vms']);
    headers = await readProofHeaders(ledger.headers, parsed.ledger.consensus, context);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const check = fail('CERTIFICATE_CLAIM', { params: { reason: error.message }, spec });
    return { checks: [check], labels: [], at: null, details: undefined };
  }
  const pin = findPin(context.trust, parsed.ledger, headers);
  let examined: LedgerExamined | undefined;
  const anchor = async (metadata: TraceMetadata, domain: TraceDomain): Promise<AnchorFound> => {
    const under = (entry: EvmPin, trust: Trust, begin: readonly Check[]) =>
      examineTraceLedger(metadata, domain, ledger, headers, entry, { ...context, trust }, begin);
    const listed = await under(parsed.ledger, parsed.anchors, []);
    const own = pin && (await under(pin, context.trust, [checkPinned(context.trust, parsed.ledger, pin)]));
    examined = { own, listed };
    if (own) return own;
    const params = {
      id: toHex0x(traceStructHash(metadata)),
      chainId: domain.chainId,
      contract: domain.verifyingContract,
    };
    const children = [checkPinned(context.trust, parsed.ledger, undefined)];
    const about = { chainId: domain.chainId, contract: domain.verifyingContract, number: 0 };
    return { check: all('TRACE_ANCHOR', [all('TRACE_LEDGER', children, { params: about })], { params }), labels: [] };
  };
  const judged = await judgeTraceProof(text, { ...context, trace: { ...context.trace, anchor } }, { ofWhole: true });
  const { details } = judged;
  if (!details) return { checks: judged.checks, labels: [], at: null, details: undefined };
  const { metadata, domain } = details.proof;
  if (!examined || domain.chainId !== parsed.ledger.chainId) {
    const reason = 'It carries evidence of a ledger that the machine did not sign for.';
    const check = fail('CERTIFICATE_CLAIM', { params: { reason }, spec });
    return { checks: [check, ...judged.checks], labels: [], at: null, details: undefined };
  }
  const { own, listed } = examined as LedgerExamined;
  const labels = certificateLabelsOf([...judged.labels, ...listed.labels], parsed.ledger);
  const checks = [
    checkClaim(certificate, traceClaim(details, listed.judged.anchored), metadata.code),
    ...judged.checks,
    checkListed(certificate, details, parsed.ledger, headers, listed),
    checkLabels(certificate.labels, labels),
  ];
  const time = own?.check.status === 'pass' ? own.judged.anchored?.kept.time : undefined;
  const at = (time ?? metadata.time) * 1000;
  return judgementOf(certificate, details, labels, checks, at, {
    anchored: listed.judged.anchored,
    anchors: parsed.anchors,
  });
}

function judgementOf(
  { claim }: Certificate,
  details: TraceProofDetails,
  labels: readonly string[],
  checks: readonly Check[],
  at: number,
  ledger: Pick<TraceCertificateDetails, 'anchored' | 'anchors'> = {},
): SystemJudgement {
  return { checks, labels, at, details: { claim, ...details, ...ledger } satisfies TraceCertificateDetails };
}

/** @throws FormatError */
function chainOf({ claim }: Certificate): number {
  const { signedFor } = claim;
  const chainId = typeof signedFor === 'object' && !Array.isArray(signedFor) ? signedFor?.['chainId'] : undefined;
  if (typeof chainId === 'number') return chainId;
  throw new FormatError('Field claim.signedFor: a ledger and its contract were expected.', 0);
}

function checkPinned({ evm = [] }: Trust, { chainId, consensus }: EvmPin, pin: EvmPin | undefined): Check {
  const code = 'TRACE_LEDGER_PINNED';
  if (pin) return pass(code, { spec: 'DESIGN §3.2', params: { chainId, consensus } });
  const entries = evm.filter((entry) => entry.chainId === chainId);
  const params = { chainId, consensus, found: entries[0]?.consensus ?? 'none' };
  const differs = entries.length > 0 && entries.every((entry) => entry.consensus !== consensus);
  return (differs ? fail : unknown)(code, { params, spec: 'DESIGN §3.2' });
}

function checkClaim({ claim, subject }: Certificate, expected: Certificate['claim'], code: string): Check {
  const name = Object.keys({ ...expected, ...claim }).find(
    (key) => canonicalJson(claim[key] ?? null) !== canonicalJson(expected[key] ?? null),
  );
  if (name !== undefined)
    return fail('CERTIFICATE_CLAIM', { spec, params: { reason: `Its ${name} is not what the proof shows.` } });
  if (canonicalJson(subject) !== canonicalJson({ code })) {
    return fail('CERTIFICATE_CLAIM', { spec, params: { reason: `The proof is about the program ${code}.` } });
  }
  return pass('CERTIFICATE_CLAIM', { spec });
}

/** The list helps to pin, so an altered one would mislead: judged under what it lists alone, the anchor must hold, and nothing that it lists may be idle. */
function checkListed(
  { anchors }: Certificate,
  { proof }: TraceProofDetails,
  ledger: EvmPin,
  headers: readonly ReadHeader[],
  listed: AnchoredJudged,
): Check {
  const code = 'CERTIFICATE_ANCHORS';
  const failed = (part: string): Check => fail(code, { spec, params: { part } });
  const { evm, vms, ...pins } = anchors;
  if (canonicalJson({ vms: vms ?? [] }) !== canonicalJson(traceAnchors(proof))) return failed('vms');
  if (canonicalJson(evm as JsonValue) !== canonicalJson([anchorsPin(ledger, headers)] as unknown as JsonValue)) {
    return failed('evm');
  }
  const { status, children = [] } = listed.check;
  if (status === 'unknown') return unknown(code, { spec, params: { part: 'TRACE_ANCHOR' } });
  const document = children.find((child) => child.code === 'TRACE_VM_DOCUMENT');
  if (status === 'fail') return failed(document?.status === 'fail' ? 'attestation' : 'evm');
  return canonicalJson(pins) === canonicalJson(listed.used as unknown as JsonValue)
    ? pass(code, { spec })
    : failed('attestation');
}

function checkLabels(labels: readonly string[], wanted: readonly string[]): Check {
  const params = { expected: wanted.join(', ') || 'none', found: labels.join(', ') || 'none' };
  return (params.expected === params.found ? pass : fail)('CERTIFICATE_LABELS', { spec, params });
}
