import { equalBytes } from '../bytes/bytes.ts';
import { fail, pass, unknown, type Check, type Note, type Params } from '../verdict/check.ts';
import type { Certificate } from './certificate.ts';
import type { Crl } from './crl.ts';
import { verifySigned } from './signature.ts';
import { isWithin, timeText } from './validity.ts';

/** What one list says of one certificate. */
interface Finding {
  readonly status: 'pass' | 'fail' | 'unknown';
  readonly params: Params;
  readonly notes?: readonly Note[];
}

/**
 * Whether a certificate is revoked at a time (milliseconds since 1970), by the lists of its issuer among those given: `X509_REVOCATION`,
 * or undefined where none of them is of this issuer. Lists count in this order: one that revokes it, one that does not, one that cannot say.
 * `number` is how the certificate is called in its path (1 is the root).
 */
export async function checkRevocation(
  certificate: Certificate,
  issuer: Certificate,
  crls: readonly Crl[],
  at: number,
  number = 0,
): Promise<Check | undefined> {
  const own = crls.filter((crl) => equalBytes(crl.issuer.der, issuer.subject.der));
  if (own.length === 0 || !equalBytes(certificate.issuer.der, issuer.subject.der)) return undefined;
  const findings = await Promise.all(own.map((crl) => examine(certificate, issuer, crl, at)));
  const found =
    findings.find(({ status }) => status === 'fail') ??
    findings.find(({ status }) => status === 'pass') ??
    (findings[0] as Finding);
  const details = {
    spec: 'RFC 5280 §6.3.3',
    params: {
      number,
      subject: certificate.subject.text,
      issuer: issuer.subject.text,
      at: timeText(at),
      ...found.params,
    },
    ...(found.notes && { notes: found.notes }),
  };
  const make = { pass, fail, unknown }[found.status];
  return make('X509_REVOCATION', details);
}

async function examine(certificate: Certificate, issuer: Certificate, crl: Crl, at: number): Promise<Finding> {
  const from = timeText(crl.thisUpdate);
  const to = timeText(crl.nextUpdate);
  const open = (reason: string): Finding => ({ status: 'unknown', params: { from, to, reason } });
  // RFC 5280 §6.3.3 (f): a key that may not sign lists has signed none.
  if (issuer.keyUsage && !issuer.keyUsage.includes('cRLSign')) {
    return open('The issuer may not sign revocation lists: its key usage lacks cRLSign.');
  }
  const signature = await verifySigned(crl, issuer);
  if (signature.status !== 'holds') {
    return open(`The list given is not known to be of this issuer. ${signature.reason}`);
  }
  const outside = scopeFault(certificate, crl);
  if (outside) return open(outside);
  const date = crl.revoked.get(certificate.serial);
  // Revoked stays revoked, so a list of any time can say it; that a certificate is not revoked it can say for its own time alone.
  if (date !== undefined && date <= at) {
    const reason = `It was revoked at ${timeText(date)}.`;
    return { status: 'fail', params: { from, to, date: timeText(date), reason } };
  }
  if (date !== undefined && at <= crl.nextUpdate) {
    const later = { code: 'X509_REVOKED_LATER' as const, params: { date: timeText(date), at: timeText(at) } };
    return { status: 'pass', params: { from, to }, notes: [later] };
  }
  if (!isWithin(at, crl.thisUpdate, crl.nextUpdate)) {
    return open(`The list given counts from ${from} to ${to} and says nothing of ${timeText(at)}.`);
  }
  return { status: 'pass', params: { from, to } };
}

/** Why a list of part of an issuer's certificates is not about this one (RFC 5280 §6.3.3 (b)(2)). */
function scopeFault({ basicConstraints, crlAddresses }: Certificate, { scope }: Crl): string | undefined {
  if (!scope) return undefined;
  const isAuthority = basicConstraints?.ca === true;
  if (scope.only !== 'all' && (scope.only === 'authorities') !== isAuthority) {
    return `The list given is about ${scope.only} alone.`;
  }
  if (scope.addresses.length > 0 && !scope.addresses.some((address) => crlAddresses.includes(address))) {
    return 'The list given is of another distribution point than the certificate names.';
  }
  return undefined;
}
