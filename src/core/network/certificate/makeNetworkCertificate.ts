import { utf8 } from '../../bytes/bytes.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { certificateChecker } from '../../certificate/checker.ts';
import { sealCertificate } from '../../certificate/envelope.ts';
import { anchorsPin } from '../../evm/ledgerProof/anchorsPin.ts';
import { gatherProof, type LedgerGathered } from '../../evm/ledgerProof/gatherProof.ts';
import { readProofHeaders } from '../../evm/ledgerProof/readProofHeaders.ts';
import { readContent } from '../../kinds/content.ts';
import type { EvmPin } from '../../trust/trust.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import { walk } from '../../verdict/check.ts';
import { combine } from '../../verdict/status.ts';
import { batchProof, type BatchLeaf } from '../batch.ts';
import type { NetworkDomain } from '../vote.ts';
import { eventsShown, examineRecord, labelsOf } from './examineRecord.ts';
import { networkCertificateBody, type NetworkProof } from './networkCertificate.ts';

/** What a certificate is made from: read from nodes, believed by nobody until it is proven. */
export interface NetworkCertificateRequest extends NetworkDomain, LedgerGathered {
  readonly requestId: number;
  readonly pin: EvmPin;
  /** All requests of a batch, and the number of the one, from 0, that the certificate is to be about. */
  readonly batch?: { readonly leaves: readonly BatchLeaf[]; readonly index: number };
}

/**
 * The certificate that a network has attested a machine, as a file. It is judged before it is given out, under the same pin.
 * @throws AuditorError (source) NETWORK_CERTIFICATE where what was gathered does not give a certificate that verifies
 */
export async function makeNetworkCertificate(request: NetworkCertificateRequest): Promise<string> {
  const { pin, chainId, verifyingContract, requestId, batch } = request;
  const domain = { chainId, verifyingContract };
  try {
    const headers = await readProofHeaders(request.headers, pin.consensus, {});
    const ledger = await gatherProof(request, headers, 1, (all) => eventsShown(all, domain, requestId));
    const shown = batch && batchProof(requestId, batch.leaves, batch.index);
    const proof: NetworkProof = {
      ...ledger,
      ...(shown && { inclusion: { index: shown.index, path: shown.path } }),
    };
    const { claim } = await examineRecord({ ...domain, requestId, leaf: shown?.leaf }, proof, headers, pin);
    if (!claim) throw refuse('the events do not show a record with its quorum');
    const text = sealCertificate({
      affidavit: 'certificate/1',
      system: 'network',
      ...networkCertificateBody(claim, proof),
      anchors: { evm: [anchorsPin(pin, headers)] } as unknown as JsonObject,
      labels: labelsOf(pin),
    });
    const context = { trust: { evm: [pin] }, now: 0, companions: [] };
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
  return new AuditorError('source', 'NETWORK_CERTIFICATE', `No certificate can be made: ${reason}.`);
}
