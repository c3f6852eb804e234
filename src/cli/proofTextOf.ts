import { decodeUtf8 } from '../core/bytes/bytes.ts';
import { AuditorError, FormatError } from '../core/verdict/auditorError.ts';

/** The text of a proof's file. @throws AuditorError `usage` TRACE_PROOF, naming it */
export function proofTextOf(name: string, bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new AuditorError('usage', 'TRACE_PROOF', `${name} is no proof: it is no text.`, { cause });
  }
}
