import { canonicalJson } from '../../bytes/jcs.ts';
import type { JsonValue } from '../../bytes/json.ts';
import type { Certificate } from '../../certificate/envelope.ts';
import type { CertificateSystem, SystemJudgement } from '../../certificate/system.ts';
import type { ReadHeader } from '../../evm/judgeHeaders.ts';
import { anchorsPin } from '../../evm/ledgerProof/anchorsPin.ts';
import { findPin } from '../../evm/ledgerProof/findPin.ts';
import { judgeProofHeaders, readProofHeaders } from '../../evm/ledgerProof/readProofHeaders.ts';
import type { EvmPin, Trust } from '../../trust/trust.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, planned, unknown, type Check, type Plan } from '../../verdict/check.ts';
import { combine } from '../../verdict/status.ts';
import { checkClaim, examineRecord, labelsOf } from './examineRecord.ts';
import { parseNetworkCertificate, type NetworkCertificate } from './networkCertificate.ts';

const spec = 'DESIGN §6; src/core/network/README (certificates)';

const rest: readonly Plan[] = [
  { code: 'EVM_LINKS' },
  { code: 'EVM_VALIDATORS' },
  { code: 'EVM_SEALS' },
  { code: 'NET_PROOFS' },
  { code: 'EVM_CODE' },
  { code: 'NET_STORAGE' },
  { code: 'NET_RECORD_QUORUM' },
  { code: 'NET_CLAIM' },
  { code: 'CERTIFICATE_ANCHORS' },
  { code: 'CERTIFICATE_LABELS' },
];

/** Certificates that a network has attested a machine: judged offline, under the checker's own entry for the ledger. */
export const networkSystem: CertificateSystem = {
  plan: () => [{ code: 'CERTIFICATE_CLAIM' }, { code: 'NET_LEDGER' }, ...rest],
  check: async (envelope, context) => {
    let certificate: NetworkCertificate;
    let headers: readonly ReadHeader[];
    try {
      certificate = parseNetworkCertificate(envelope);
      headers = await readProofHeaders(certificate.proof.headers, certificate.ledger.consensus, context);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      return open([fail('CERTIFICATE_CLAIM', { params: { reason: error.message }, spec })], undefined);
    }
    const { claim, proof, ledger } = certificate;
    const read = pass('CERTIFICATE_CLAIM', { spec });
    const details = { claim, anchors: { evm: [ledger] }, headers: headers.length };
    const pin = findPin(context.trust, ledger, headers);
    if (!pin) return open([read, notPinned(context.trust, ledger), ...planned(rest)], details);
    const { chainId, contract: verifyingContract, requestId, leaf } = claim;
    const examined = await examineRecord({ chainId, verifyingContract, requestId, leaf }, proof, headers, pin);
    const labels = labelsOf(ledger);
    const pinned = pass('NET_LEDGER', { spec, params: { chainId, consensus: pin.consensus } });
    const checks = [
      read,
      pinned,
      ...examined.checks,
      checkClaim(claim, examined.claim),
      checkAnchors(envelope, certificate, headers),
      checkLabels(envelope.labels, labels),
    ];
    const holds = combine(examined.checks.map(({ status }) => status)) === 'pass';
    return { checks, labels, at: holds ? claim.timestamp * 1000 : null, details };
  },
};

function open(checks: readonly Check[], details: unknown): SystemJudgement {
  return { checks, labels: [], at: null, details };
}

function notPinned({ evm = [] }: Trust, { chainId, consensus }: EvmPin): Check {
  const entries = evm.filter((pin) => pin.chainId === chainId);
  const params = { chainId, consensus, found: entries[0]?.consensus ?? 'none' };
  const differs = entries.length > 0 && entries.every((pin) => pin.consensus !== consensus);
  return (differs ? fail : unknown)('NET_LEDGER', { params, spec });
}

/** The list helps to pin, so an altered one would mislead: its one entry is the ledger's, under which the headers hold. */
function checkAnchors({ anchors }: Certificate, { ledger }: NetworkCertificate, headers: readonly ReadHeader[]): Check {
  const isSame = canonicalJson(anchors as JsonValue) === canonicalJson({ evm: [anchorsPin(ledger, headers)] } as never);
  const holds = judgeProofHeaders(headers, ledger).checks.every(({ status }) => status === 'pass');
  return isSame && holds
    ? pass('CERTIFICATE_ANCHORS', { spec })
    : fail('CERTIFICATE_ANCHORS', { spec, params: { part: 'evm' } });
}

function checkLabels(labels: readonly string[], expected: readonly string[]): Check {
  const params = { expected: expected.join(', ') || 'none', found: labels.join(', ') || 'none' };
  return (params.expected === params.found ? pass : fail)('CERTIFICATE_LABELS', { spec, params });
}
