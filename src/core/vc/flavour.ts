import type { Content } from '../kinds/content.ts';
import type { Context } from '../kinds/kind.ts';
import type { Check, Plan } from '../verdict/check.ts';
import type { ContextRules } from './contextSource.ts';
import type { Coverage } from './coverage.ts';
import type { Credential } from './credential.ts';
import type { CertificateFact } from './details.ts';

/** What tells one kind of certificate from another; all else is judged alike. */
export interface Flavour {
  /** Its numbers of ledgers are bloxberg's. */
  readonly isBloxberg: boolean;
  readonly contexts: (credential: Credential) => ContextRules;
  /** Paths (`credentialSubject.id`) that the certificate is about: where the hash leaves one out, the certificate does not protect what it says. */
  readonly essential: (credential: Credential) => readonly string[];
  /** Blockcerts: a certificate with fields that no context maps is refused, as its issuers refuse it. */
  readonly refusesUnmapped: boolean;
  readonly facts: (credential: Credential) => readonly (Omit<CertificateFact, 'cover'> & { readonly path: string })[];
  /** The kind's own checks, beside those of all certificates. */
  readonly plan: (credential: Credential | undefined, companions: readonly Content[]) => readonly Plan[];
  readonly check: (
    credential: Credential,
    coverage: Coverage | undefined,
    context: Context,
  ) => { readonly checks: readonly Check[]; readonly labels: readonly string[] };
}
