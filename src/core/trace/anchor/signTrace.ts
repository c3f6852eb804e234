import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import { traceDigest, type TraceDomain, type TraceMetadata } from '../metadata.ts';
import { lowerSignature } from '../traceSignature.ts';
import type { Signer } from './signer.ts';
import { verifyTraceSignature } from './verifySignature.ts';
import { parseVmKey } from './vmKey.ts';

/**
 * A machine's signature over the metadata of a trace, for one contract on one ledger; verified before it is given out, for tokens have been seen to sign otherwise.
 * @returns r ‖ s, 64 bytes, with s in the lower half of the order: the one form that files hold
 * @throws AuditorError `source` SIGNER where the signer's signature is not its key's
 */
export async function signTrace(signer: Signer, metadata: TraceMetadata, domain: TraceDomain): Promise<Uint8Array> {
  const digest = traceDigest(metadata, domain);
  const signature = await signer.sign(digest, { metadata, domain });
  try {
    const key = parseVmKey(signer.publicKey);
    if (verifyTraceSignature(digest, signature, key)) return lowerSignature(signature, key.algorithm);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new AuditorError('source', 'SIGNER', `The signer's key is of no use. ${error.message}`, { cause: error });
  }
  throw new AuditorError('source', 'SIGNER', 'What the signer gave is no signature of its key over this trace.');
}
