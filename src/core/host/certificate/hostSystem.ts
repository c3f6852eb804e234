import { canonicalJson } from '../../bytes/jcs.ts';
import type { Certificate } from '../../certificate/envelope.ts';
import type { CertificateSystem } from '../../certificate/system.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import type { HostJudged } from '../checkHost.ts';
import { hostAnchors, hostClaim, judgeHostProof, readHostProof, type HostProof } from './hostCertificate.ts';

const spec = 'DESIGN §6; src/core/host/README (certificates)';

/** Certificates about hosts: the credential in it is judged under the checker's own pins, and everything else in it follows from that. */
export const hostSystem: CertificateSystem = {
  plan: () =>
    ['CERTIFICATE_CLAIM', 'HOST_FORM', 'HOST_PROOF', 'HOST_VALIDATORS', 'HOST_THRESHOLD'].map((code) => ({
      code: code as 'HOST_FORM',
    })),
  check: async (certificate, context) => {
    let proof: HostProof;
    try {
      proof = readHostProof(certificate.proof);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      return {
        checks: [fail('CERTIFICATE_CLAIM', { spec, params: { reason: error.message } })],
        labels: [],
        at: null,
        details: undefined,
      };
    }
    const judged = await judgeHostProof(proof, context);
    const { labels, at, details } = judged;
    const checks = [checkClaim(certificate, judged), ...judged.checks, ...checkRest(certificate, judged, context)];
    return { checks, labels, at, details };
  },
};

function checkClaim({ claim, subject }: Certificate, { credential, count, at, details }: HostJudged): Check {
  const code = 'CERTIFICATE_CLAIM';
  if (!credential || !count) return fail(code, { spec, params: { reason: 'Its credential cannot be read.' } });
  // Who counts is for the checker to select: without a selection there is nothing to compare the claim with.
  if (details?.policy === null) return unknown(code, { spec });
  if (canonicalJson(claim) !== canonicalJson(hostClaim({ credential, count, at }))) {
    return fail(code, { spec, params: { reason: 'It is not what the proof shows to you.' } });
  }
  if (canonicalJson(subject) !== canonicalJson({ host: credential.issuer })) {
    return fail(code, { spec, params: { reason: `The proof is about ${credential.issuer}.` } });
  }
  return pass(code, { spec });
}

/** Anchors are those that the checker has pinned, and labels those that judging gives. */
function checkRest(
  { anchors, labels }: Certificate,
  { details, labels: found }: HostJudged,
  { trust }: Parameters<CertificateSystem['check']>[1],
): Check[] {
  const expected = found.filter((label) => label === 'simulated').join(', ') || 'none';
  const params = { expected, found: labels.join(', ') || 'none' };
  const policy = details?.policy ?? undefined;
  const same = policy !== undefined && canonicalJson(anchors) === canonicalJson(hostAnchors(trust, policy));
  return [
    { code: 'CERTIFICATE_ANCHORS', status: same ? 'pass' : 'unknown', spec, params: { part: 'hosts' } },
    (expected === params.found ? pass : fail)('CERTIFICATE_LABELS', { spec, params }),
  ];
}
