import { fail, pass, type Check } from '../verdict/check.ts';
import { text, type Credential } from './credential.ts';
import { readMoment } from './moment.ts';

/** Members that bound when a certificate is valid, in Verifiable Credentials 1 and 2 and in Blockcerts 2. */
const members = {
  from: ['validFrom', 'issuanceDate'],
  until: ['validUntil', 'expirationDate', 'expires'],
} as const;

/** There where a certificate says from or up to when it is valid. */
export function checkTime({ json }: Credential, at: number): Check | undefined {
  const spec = 'Verifiable Credentials Data Model 2.0 §4.9';
  const stated = (names: readonly string[]) =>
    names.flatMap((name) => (json[name] === undefined ? [] : [{ name, time: readMoment(text(json, name)) }]));
  const [from, until] = [stated(members.from), stated(members.until)];
  if (from.length + until.length === 0) return undefined;
  const time = new Date(at).toISOString();
  const bad = [...from, ...until].find((each) => each.time === undefined);
  if (bad) return fail('CERT_TIME', { spec, params: { time, reason: `“${bad.name}” is no date.` } });
  const early = from.find((each) => at < (each.time as number));
  if (early) {
    const moment = new Date(early.time as number).toISOString();
    return fail('CERT_TIME', { spec, params: { time, reason: `It is valid only from ${moment} on.` } });
  }
  const late = until.find((each) => at >= (each.time as number));
  if (late) {
    const moment = new Date(late.time as number).toISOString();
    return fail('CERT_TIME', { spec, params: { time, reason: `It was valid up to ${moment}.` } });
  }
  return pass('CERT_TIME', {
    spec,
    params: { time, until: until[0] ? new Date(until[0].time as number).toISOString() : '' },
  });
}
