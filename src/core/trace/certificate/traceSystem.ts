import { canonicalJson } from '../../bytes/jcs.ts';
import type { Certificate } from '../../certificate/envelope.ts';
import type { CertificateSystem } from '../../certificate/system.ts';
import { fail, pass, type Check } from '../../verdict/check.ts';
import { isAnchorable } from '../checkAnchored.ts';
import { judgeTraceProof, type TraceProofDetails } from '../checkProof.ts';
import { proofText, traceAnchors, traceClaim } from './traceCertificate.ts';

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
    const judged = await judgeTraceProof(proofText(certificate.proof), context);
    const { details, labels } = judged;
    if (!details) return { checks: judged.checks, labels: [], at: null, details: undefined };
    const checks = [
      checkClaim(certificate, traceClaim(details), details.proof.metadata.code),
      ...judged.checks,
      checkAnchors(certificate, canonicalJson(traceAnchors(details.proof))),
      checkLabels(details, certificate.labels, [...new Set(labels)].sort(), context.trace?.anchor !== undefined),
    ];
    return {
      checks,
      labels,
      at: details.proof.metadata.time * 1000,
      details: { claim: certificate.claim, ...details },
    };
  },
};

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

/** Nothing but the machine whose signature is in it: a list with more would have more pinned than the proof needs. */
function checkAnchors({ anchors }: Certificate, expected: string): Check {
  return canonicalJson(anchors) === expected
    ? pass('CERTIFICATE_ANCHORS', { spec })
    : fail('CERTIFICATE_ANCHORS', { spec, params: { part: 'vms' } });
}

/** Labels come from the ledger alone. Whoever has none at hand cannot tell which, so the anchor is unknown then and labels are kept as they are. */
function checkLabels(
  { proof }: TraceProofDetails,
  labels: readonly string[],
  found: readonly string[],
  isRead: boolean,
): Check {
  const isOpen = isAnchorable(proof.domain) && !isRead;
  const params = { expected: found.join(', ') || 'none', found: labels.join(', ') || 'none' };
  return (isOpen || params.expected === params.found ? pass : fail)('CERTIFICATE_LABELS', { spec, params });
}
