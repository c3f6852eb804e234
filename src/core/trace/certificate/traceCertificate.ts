import { toBase64Url } from '../../bytes/base64.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import { parseJson, type JsonObject } from '../../bytes/json.ts';
import { sealCertificate } from '../../certificate/envelope.ts';
import { AuditorError } from '../../verdict/auditorError.ts';
import { judgeTraceProof, type TraceProofDetails } from '../checkProof.ts';
import { encodeTraceProof, type TraceProof } from '../traceProof.ts';

/**
 * What a certificate of a trace says: this machine signed at that time that the program did this. Recomputed by whoever checks it, from the proof alone.
 */
export function traceClaim({ proof, id, events, functions }: TraceProofDetails): JsonObject {
  const { metadata, domain } = proof;
  return {
    vm: metadata.vm,
    signedAt: metadata.time,
    id,
    root: metadata.root,
    count: metadata.count,
    events: events.map(({ index, event }) => ({ index, event })),
    functions: functions.map(({ function: index, name, count, isTraced }) => ({
      function: index,
      name,
      count,
      traced: isTraced,
    })),
    signedFor: { chainId: domain.chainId, contract: domain.verifyingContract },
  };
}

/** What must be pinned: the machine and its key. */
export function traceAnchors({ metadata, signed }: TraceProof): JsonObject {
  return signed ? { vms: [{ id: metadata.vm, key: toBase64Url(signed.key) }] } : {};
}

/**
 * The certificate's text. Every label that judging the proof gave goes in.
 * @throws AuditorError `usage` TRACE_CERTIFICATE for a proof that does not hold under its own machine's key
 */
export async function makeTraceCertificate(proof: TraceProof, labels: readonly string[] = []): Promise<string> {
  const text = encodeTraceProof(proof);
  const anchors = traceAnchors(proof);
  const judged = await judgeTraceProof(text, { trust: anchors as never });
  const bad = judged.checks.find(
    ({ code, status }) => status === 'fail' || (status === 'unknown' && code === 'TRACE_SIGNATURE'),
  );
  if (bad || !judged.details) {
    const words = `No certificate can be made of a proof that does not hold by itself (${bad?.code}).`;
    throw new AuditorError('usage', 'TRACE_CERTIFICATE', words);
  }
  return sealCertificate({
    affidavit: 'certificate/1',
    system: 'trace',
    subject: { code: proof.metadata.code },
    claim: traceClaim(judged.details),
    proof: parseJson(text) as JsonObject,
    anchors,
    labels: [...new Set(labels)].sort(),
  });
}

/** The proof in a certificate, as the text of a file of its own. */
export function proofText(proof: JsonObject): string {
  return canonicalJson(proof);
}
