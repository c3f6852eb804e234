import { fail, pass, type Check } from '../verdict/check.ts';
import type { Certificate } from './certificate.ts';

/** RFC 3339 in whole seconds, UTC. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/**
 * Whether a window holds at a time, all in milliseconds since 1970. Windows have whole seconds and include both ends
 * (RFC 5280 §4.1.2.5), so the time is taken in whole seconds too: 12:00:00.9 is still inside a window that ends at 12:00:00.
 */
export function isWithin(at: number, notBefore: number, notAfter: number): boolean {
  const second = Math.floor(at / 1000) * 1000;
  return second >= notBefore && second <= notAfter;
}

/** One check for each certificate of a path: is it valid at this very time? */
export function checkValidity(certificates: readonly Certificate[], at: number): Check[] {
  return certificates.map(({ subject, notBefore, notAfter }, index) => {
    const params = {
      number: index + 1,
      subject: subject.text,
      from: timeText(notBefore),
      to: timeText(notAfter),
      at: timeText(at),
    };
    const details = { spec: 'RFC 5280 §4.1.2.5', params };
    return isWithin(at, notBefore, notAfter) ? pass('X509_VALIDITY', details) : fail('X509_VALIDITY', details);
  });
}
