import { AuditorError } from '../verdict/auditorError.ts';
import { cancelledCode, type ErrorReply } from './protocol.ts';

/** What a throw becomes at the door of a worker. Whatever is not an AuditorError is a fault of ours. */
export function errorReply(id: number, thrown: unknown, signal?: AbortSignal): ErrorReply {
  if (signal?.aborted) {
    return { type: 'error', id, kind: 'source', code: cancelledCode, message: 'Cancelled before it was finished.' };
  }
  const { kind, code, message } = asAuditorError(thrown);
  return { type: 'error', id, kind, code, message };
}

/** Any throw as an AuditorError: one that is none already is `internal`, and says what was thrown. */
export function asAuditorError(thrown: unknown): AuditorError {
  if (thrown instanceof AuditorError) return thrown;
  const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new AuditorError(
    'internal',
    'INTERNAL',
    `Affidavit failed at something that it should not fail at: ${words}`,
    {
      cause: thrown,
    },
  );
}
