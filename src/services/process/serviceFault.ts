import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { HttpFault } from './httpFault.ts';

/**
 * What a service that judges or signs answers where it cannot: 400 where the question is at fault, 502 where what it relies on is, 500 else.
 * @param failed what is said of a fault of its own; what it was is nobody's business
 */
export function serviceFault(error: unknown, failed: string): HttpFault {
  if (error instanceof HttpFault) return error;
  if (error instanceof FormatError) return new HttpFault(400, 'FORM', error.message);
  if (!(error instanceof AuditorError)) return new HttpFault(500, 'INTERNAL', failed);
  const status = { usage: 400, source: 502, internal: 500 }[error.kind];
  return new HttpFault(status, error.code, error.message);
}
