import { toBase64Url } from '../../bytes/base64.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { certificateChecker } from '../../certificate/checker.ts';
import { sealCertificate } from '../../certificate/envelope.ts';
import type { ProvenEvent } from '../../evm/events.ts';
import { anchorsPin } from '../../evm/ledgerProof/anchorsPin.ts';
import { gatherProof, type LedgerGathered } from '../../evm/ledgerProof/gatherProof.ts';
import { ledgerProofToJson } from '../../evm/ledgerProof/ledgerProof.ts';
import { readProofHeaders } from '../../evm/ledgerProof/readProofHeaders.ts';
import { readContent } from '../../kinds/content.ts';
import type { EvmPin, Trust } from '../../trust/trust.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import { walk } from '../../verdict/check.ts';
import { combine } from '../../verdict/status.ts';
import { readContractEvents } from '../contractEvent.ts';
import { examineTask, labelsOf, type TaskPlace } from './examineTask.ts';
import { claimOf } from './taskClaim.ts';

/** What a certificate is made from: read from nodes, believed by nobody until it is proven. */
export interface TaskCertificateRequest extends TaskPlace, LedgerGathered {
  readonly pin: EvmPin;
  /** Pins for the attestation document. */
  readonly trust: Trust;
  readonly attestation: Uint8Array;
  /** Milliseconds since 1970; for evidence without a signed time. */
  readonly now: number;
}

/**
 * The certificate of a task as a file. It is judged before it is given out, under the same pins.
 * @throws AuditorError (internal) when what was asked for does not give a certificate that verifies.
 */
export async function makeTaskCertificate(request: TaskCertificateRequest): Promise<string> {
  const { pin, trust, attestation, now, chainId, contract, id } = request;
  const place = { chainId, contract, id };
  const context = { trust: { ...trust, evm: [pin] }, now, companions: [] };
  try {
    const headers = await readProofHeaders(request.headers, pin.consensus, {});
    const ledger = await gatherProof(request, headers, 3, (events) => eventsOfTask(request, events));
    const proof = { ...ledger, attestation };
    const examined = await examineTask(place, proof, headers, pin, context);
    const claim = claimOf(examined.judged.timeline);
    if (!claim) throw refuse(`the task is ${examined.judged.timeline.state}`);
    const text = sealCertificate({
      affidavit: 'certificate/1',
      system: 'task',
      subject: { chainId, contract, id: String(id) },
      claim: { ...claim },
      proof: { ...ledgerProofToJson(ledger), attestation: toBase64Url(attestation) },
      anchors: { ...examined.used, evm: [anchorsPin(pin, headers)] } as unknown as JsonObject,
      labels: labelsOf(pin, examined.judged),
    });
    const content = readContent('certificate', new TextEncoder().encode(text));
    const { checks } = await certificateChecker.check(content, context);
    if (combine(checks.map(({ status }) => status)) === 'pass') return text;
    const failing = [...walk(checks)].filter(({ status }) => status !== 'pass').map(({ code }) => code);
    throw refuse(`the certificate made would not verify (${[...new Set(failing)].join(', ')})`);
  } catch (error) {
    if (error instanceof FormatError) throw refuse(error.message.replace(/\.$/, ''));
    throw error;
  }
}

/** Of all events of the contract those of the task and those that made the offers which it names. */
function eventsOfTask({ contract, id }: TaskCertificateRequest, all: readonly ProvenEvent[]): ProvenEvent[] {
  const { events } = readContractEvents(all, contract);
  const own = events.filter((event) => event.name !== 'ResourcesAdvertised' && event.id === id);
  const offers = new Set(own.map(({ values }) => values['offer']));
  const made = events.filter((event) => event.name === 'ResourcesAdvertised' && offers.has(event.id));
  return [...own, ...made].map(({ event }) => event);
}

function refuse(reason: string): AuditorError {
  return new AuditorError('internal', 'TASK_CERTIFICATE_MAKE', `No certificate can be made: ${reason}.`);
}
