import { equalBytes } from '../bytes/bytes.ts';
import { sha3 } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { ChainContext } from './chainContext.ts';
import { registerText } from './registers.ts';
import { parseSequence, sequenceMessage, type Sequence } from './sequence.ts';
import type { AttestedSequence } from './types.ts';
import { fault, type Fault } from './verifyTimestamp.ts';

export interface VerifiedAttestation {
  readonly ok: true;
  readonly sequence: AttestedSequence;
  /** Index, in the chain's roots, of the one that the document goes back to. */
  readonly root: number;
  readonly signatures: number;
}

/**
 * `check(K_S, a)` of the patent: a genuine enclave document under the chain's roots at its own time, for the pinned sequencer key, whose
 * `user_data` is exactly one sequence signed by that key for this chain (CHAIN.md 23). Everything but the measurement, which is an
 * opinion over the main chain (DESIGN §3.7).
 * @param digest H(document), where it is known already
 */
export async function verifyAttestation(
  context: ChainContext,
  documentBytes: Uint8Array,
  digest?: Uint8Array,
): Promise<VerifiedAttestation | Fault> {
  const enclave = await context.nitro.verify(documentBytes);
  if (!enclave.ok) return fault(enclave.code, enclave.reason, enclave.signatures);
  const { document, signatures } = enclave;
  if (!document.publicKey || !equalBytes(document.publicKey, context.sequencerSpki)) {
    const found = document.publicKey ? `${document.publicKey.length} bytes that differ` : 'none';
    return fault('CHAIN_SEQUENCER_KEY', `public_key must be the pinned sequencer key, found ${found}.`, signatures);
  }
  let sequence: Sequence;
  try {
    sequence = parseSequence(document.userData ?? new Uint8Array(0));
  } catch (error) {
    if (error instanceof FormatError) return fault('CHAIN_SEQUENCE_FORM', `user_data: ${error.message}`, signatures);
    throw error;
  }
  const message = sequenceMessage(context.genesis, sequence.y, sequence.k);
  const signed = await crypto.subtle.verify(
    'Ed25519',
    context.sequencerKey,
    sequence.g as Uint8Array<ArrayBuffer>,
    message as Uint8Array<ArrayBuffer>,
  );
  if (!signed) {
    return fault(
      'CHAIN_SEQUENCE_SIGNATURE',
      `g is not the sequencer key's signature over number ${sequence.k} for this chain.`,
      signatures + 1,
    );
  }
  return {
    ok: true,
    root: enclave.root,
    signatures: signatures + 1,
    sequence: {
      k: sequence.k,
      y: toHex(sequence.y),
      object: toHex(digest ?? sha3(documentBytes)),
      length: documentBytes.length,
      storedAt: sequence.k,
      documentTime: document.timestamp,
      pcrs: registerText(context, document.pcrs),
    },
  };
}
