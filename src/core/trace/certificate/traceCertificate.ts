import { toBase64Url } from '../../bytes/base64.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import { parseJson, type JsonObject } from '../../bytes/json.ts';
import { sealCertificate, type Certificate } from '../../certificate/envelope.ts';
import { developmentLedgers } from '../../evm/developmentLedgers.ts';
import type { EvmPin } from '../../trust/trust.ts';
import { AuditorError } from '../../verdict/auditorError.ts';
import type { AnchorJudged } from '../anchor/judgeAnchor.ts';
import { judgeTraceProof, type TraceProofDetails } from '../checkProof.ts';
import { encodeTraceProof, type TraceProof } from '../traceProof.ts';
import { isOfWholeTrace } from '../wholeTrace.ts';

type Anchored = AnchorJudged['anchored'];

/**
 * What a certificate of a trace says: this machine signed at that time that the program did this; and that a ledger has kept it since, where the evidence is with it. Of a trace as a whole it
 * names the policy in place of what is shown. Recomputed by whoever checks it, from the proof alone.
 */
export function traceClaim({ proof, id, events, functions }: TraceProofDetails, anchored?: Anchored): JsonObject {
  const { metadata, domain } = proof;
  return {
    vm: metadata.vm,
    signedAt: metadata.time,
    id,
    root: metadata.root,
    count: metadata.count,
    ...(isOfWholeTrace(proof)
      ? { policy: metadata.policy }
      : {
          events: events.map(({ index, event }) => ({ index, event })),
          functions: functions.map(({ function: index, name, count, isTraced }) => ({
            function: index,
            name,
            count,
            traced: isTraced,
          })),
        }),
    signedFor: { chainId: domain.chainId, contract: domain.verifyingContract },
    ...(anchored && {
      anchored: { block: anchored.kept.block, time: anchored.kept.time, number: anchored.kept.number },
    }),
  };
}

/** What must be pinned: the machine and its key. */
export function traceAnchors({ metadata, signed }: TraceProof): JsonObject {
  return signed ? { vms: [{ id: metadata.vm, key: toBase64Url(signed.key) }] } : {};
}

/** The labels that a certificate carries for those that judging its proof gave. */
export function certificateLabelsOf(labels: readonly string[], pin?: EvmPin): string[] {
  const isDevelopment =
    labels.some((label) => label.startsWith('development')) || (pin && developmentLedgers.includes(pin.chainId));
  return [
    ...(isDevelopment ? ['development'] : []),
    ...(pin?.checkpoint && pin.checkpoint.number > 0 ? ['from checkpoint'] : []),
    ...(labels.includes('simulated') ? ['simulated'] : []),
  ];
}

/** A certificate's parts, before evidence of a ledger is added. */
export type TraceCertificateBody = Omit<Certificate, 'digest'>;

/**
 * Of a proof that holds under its own machine's key.
 * @throws AuditorError `usage` TRACE_CERTIFICATE for one that does not
 */
export async function traceCertificateBody(
  proof: TraceProof,
  labels: readonly string[],
): Promise<{ readonly body: TraceCertificateBody; readonly details: TraceProofDetails }> {
  const text = encodeTraceProof(proof);
  const anchors = traceAnchors(proof);
  const judged = await judgeTraceProof(text, { trust: anchors as never }, { ofWhole: true });
  const bad = judged.checks.find(
    ({ code, status }) => status === 'fail' || (status === 'unknown' && code === 'TRACE_SIGNATURE'),
  );
  if (bad || !judged.details) {
    const words = `No certificate can be made of a proof that does not hold by itself (${bad?.code}).`;
    throw new AuditorError('usage', 'TRACE_CERTIFICATE', words);
  }
  const body: TraceCertificateBody = {
    affidavit: 'certificate/1',
    system: 'trace',
    subject: { code: proof.metadata.code },
    claim: traceClaim(judged.details),
    proof: parseJson(text) as JsonObject,
    anchors,
    labels: certificateLabelsOf([...labels, ...judged.labels]),
  };
  return { body, details: judged.details };
}

/**
 * The certificate's text, without evidence of a ledger: its anchor can only be told where the ledger is asked. Every label that judging the proof gave goes in.
 * @throws AuditorError `usage` TRACE_CERTIFICATE for a proof that does not hold under its own machine's key
 */
export async function makeTraceCertificate(proof: TraceProof, labels: readonly string[] = []): Promise<string> {
  return sealCertificate((await traceCertificateBody(proof, labels)).body);
}

/** The proof in a certificate, as the text of a file of its own. */
export function proofText(proof: JsonObject): string {
  return canonicalJson(proof);
}
