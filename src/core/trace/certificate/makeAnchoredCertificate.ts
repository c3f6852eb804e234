import type { JsonObject } from '../../bytes/json.ts';
import { utf8 } from '../../bytes/bytes.ts';
import { certificateChecker } from '../../certificate/checker.ts';
import { sealCertificate } from '../../certificate/envelope.ts';
import type { ProvenEvent } from '../../evm/events.ts';
import { toHex0x, type Hex } from '../../evm/hex.ts';
import { anchorsPin } from '../../evm/ledgerProof/anchorsPin.ts';
import { gatherProof, type LedgerGathered } from '../../evm/ledgerProof/gatherProof.ts';
import { readProofHeaders } from '../../evm/ledgerProof/readProofHeaders.ts';
import { readContent } from '../../kinds/content.ts';
import type { EvmPin, Trust } from '../../trust/trust.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import { walk } from '../../verdict/check.ts';
import { combine } from '../../verdict/status.ts';
import { readAnchorEvents } from '../anchor/readAnchorEvents.ts';
import { traceStructHash } from '../metadata.ts';
import type { TraceProof } from '../traceProof.ts';
import { certificateLabelsOf, traceCertificateBody, traceClaim } from './traceCertificate.ts';
import { examineTraceLedger, traceLedgerToJson, type TraceLedger } from './traceLedger.ts';

/** What the ledger's part of a certificate is made from: read from nodes, believed by nobody until it is proven. */
export interface AnchoredRequest extends LedgerGathered {
  readonly proof: TraceProof;
  readonly pin: EvmPin;
  /** The machine's key, and pins for its attestation document. */
  readonly trust: Trust;
  /** The attestation document that the registration names; empty where it names none. */
  readonly document: Uint8Array;
  /** Milliseconds since 1970; for evidence without a signed time. */
  readonly now: number;
}

/** Of all that a contract said, what a certificate of a trace shows: its anchor, and every key of its machine. */
export function eventsOfTrace(
  { metadata, domain }: Pick<TraceProof, 'metadata' | 'domain'>,
  events: readonly ProvenEvent[],
): ProvenEvent[] {
  const contract = domain.verifyingContract.toLowerCase() as Hex;
  const id = toHex0x(traceStructHash(metadata));
  return events.filter((event) => {
    if (event.address !== contract) return false;
    const { anchors } = readAnchorEvents([event], contract);
    return anchors.length > 0 ? anchors[0]?.id === id : event.topics[1] === `0x${metadata.vm}`;
  });
}

/**
 * The certificate of an anchored trace with everything that shows the anchor, so that it is checked offline. It is judged before it is given out, under the same pins.
 * @throws AuditorError `usage` TRACE_CERTIFICATE for a proof that does not hold, `internal` TRACE_CERTIFICATE_MAKE when what was read does not give one that verifies
 */
export async function makeAnchoredCertificate(request: AnchoredRequest): Promise<string> {
  const { proof, pin, document, now } = request;
  const context = { trust: { ...request.trust, evm: [pin] }, now, companions: [] };
  const { body, details } = await traceCertificateBody(proof, []);
  try {
    const headers = await readProofHeaders(request.headers, pin.consensus, {});
    const gathered = await gatherProof(request, headers, 1, (events) => eventsOfTrace(proof, events));
    const ledger: TraceLedger = { ...gathered, document };
    const examined = await examineTraceLedger(proof.metadata, proof.domain, ledger, headers, pin, context);
    const text = sealCertificate({
      ...body,
      claim: traceClaim(details, examined.judged.anchored),
      proof: { ...body.proof, ledger: traceLedgerToJson(ledger) },
      anchors: { ...examined.used, ...body.anchors, evm: [anchorsPin(pin, headers)] } as unknown as JsonObject,
      labels: certificateLabelsOf([...body.labels, ...examined.labels], pin),
    });
    const { checks } = await certificateChecker.check(readContent('certificate', utf8(text)), context);
    if (combine(checks.map(({ status }) => status)) === 'pass') return text;
    const failing = [...walk(checks)].filter(({ status }) => status !== 'pass').map(({ code }) => code);
    throw refuse(`the certificate made would not verify (${[...new Set(failing)].join(', ')})`);
  } catch (error) {
    if (error instanceof FormatError) throw refuse(error.message.replace(/\.$/, ''));
    throw error;
  }
}

function refuse(reason: string): AuditorError {
  return new AuditorError('internal', 'TRACE_CERTIFICATE_MAKE', `No certificate can be made: ${reason}.`);
}
