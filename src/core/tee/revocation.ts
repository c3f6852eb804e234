import type { Content } from '../kinds/content.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { all, unknown, type Check, type Note } from '../verdict/check.ts';
import { checkRevocation } from '../x509/checkRevocation.ts';
import { parseCrl, type Crl } from '../x509/crl.ts';
import type { Path } from '../x509/path.ts';
import { isRevocationList } from '../x509/recognise.ts';

/** What the revocation lists that were given say of a path. */
export interface RevocationOutcome {
  /** One child for each certificate whose issuer has a list; undefined where nothing that was given is about this path. */
  readonly check: Check | undefined;
  /** What was not looked at, for the check of the path. */
  readonly notes: readonly Note[];
}

/** Whether a list is among what was given, so that its check can be planned before anything is read. */
export function hasRevocationList(companions: readonly Content[]): boolean {
  return companions.some(isRevocationList);
}

/** Judges every certificate below the root by the lists given, at a time. A list that cannot be read leaves the whole open. */
export async function checkPathRevocation(
  { certificates }: Pick<Path, 'certificates'>,
  companions: readonly Content[],
  at: number,
): Promise<RevocationOutcome> {
  const crls: Crl[] = [];
  const children: Check[] = [];
  for (const companion of companions.filter(isRevocationList)) {
    try {
      crls.push(parseCrl(companion.bytes));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      const params = { file: companion.name, reason: error.message, offset: error.offset };
      children.push(unknown('X509_CRL_FORM', { spec: 'RFC 5280 §5.1', params }));
    }
  }
  const open = new Set<string>();
  for (const [index, certificate] of certificates.entries()) {
    const issuer = certificates[index - 1];
    if (!issuer) continue;
    const check = await checkRevocation(certificate, issuer, crls, at, index + 1);
    if (check) children.push(check);
    else for (const address of certificate.crlAddresses) open.add(address);
  }
  const covered = children.filter(({ code }) => code === 'X509_REVOCATION').length;
  const notes: Note[] = [];
  if (covered < certificates.length - 1 || certificates.length === 0) {
    notes.push({ code: 'TEE_REVOCATION_OPEN', params: { addresses: [...open].join(' ') || 'none' } });
  }
  const strangers = crls.filter(({ issuer }) => !certificates.some(({ subject }) => subject.text === issuer.text));
  for (const { issuer } of strangers.slice(0, 8))
    notes.push({ code: 'TEE_CRL_OTHER', params: { issuer: issuer.text } });
  return { check: children.length > 0 ? all('TEE_REVOCATION', children, { spec: 'RFC 5280 §6.3' }) : undefined, notes };
}
