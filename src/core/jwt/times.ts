import type { JsonObject } from '../bytes/json.ts';
import { fail, pass, type Check } from '../verdict/check.ts';
import { timeText } from '../x509/validity.ts';

/** The last second that RFC 3339 can write. */
const maximumSeconds = 253_402_300_799;

/** A NumericDate (RFC 7519 §2) in milliseconds since 1970; undefined where absent, null where it is none. Fractions are allowed there. */
export function numericDate(payload: JsonObject, claim: 'iat' | 'exp' | 'nbf'): number | undefined | null {
  const value = payload[claim];
  if (value === undefined) return undefined;
  return typeof value === 'number' && value >= 0 && value <= maximumSeconds ? Math.floor(value * 1000) : null;
}

/**
 * Whether a token holds at a time (milliseconds since 1970): at or after `nbf`, before `exp` (RFC 7519 §4.1.4, §4.1.5).
 * `iat` bounds nothing by the RFC; a time before it is remarked by the caller.
 */
export function checkTimes(payload: JsonObject, at: number): Check {
  const details = { spec: 'RFC 7519 §4.1.4, §4.1.5' };
  const refuse = (reason: string) => fail('JWT_TIME', { ...details, params: { at: timeText(at), reason } });
  const dates = {
    iat: numericDate(payload, 'iat'),
    exp: numericDate(payload, 'exp'),
    nbf: numericDate(payload, 'nbf'),
  };
  for (const [claim, date] of Object.entries(dates)) {
    if (date === null) return refuse(`Its claim "${claim}" is not a number of seconds since 1970.`);
  }
  const { exp, nbf } = dates;
  if (typeof exp === 'number' && at >= exp) return refuse(`It expired at ${timeText(exp)}.`);
  if (typeof nbf === 'number' && at < nbf) return refuse(`It is not valid before ${timeText(nbf)}.`);
  return pass('JWT_TIME', { ...details, params: { at: timeText(at) } });
}
