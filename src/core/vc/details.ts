import type { Trust } from '../trust/trust.ts';
import type { Cover, CoveredField } from './coverage.ts';
import type { VerifiedProof } from './proof/verifyProofs.ts';

/** What the views of certificates draw. All of it is what the certificate says; the checks say what of it holds. */
export interface CertificateDetails {
  /** The JSON was attached to a PDF, whose drawn pages are not judged. */
  readonly attached: boolean;
  readonly facts: readonly CertificateFact[];
  readonly proofs: readonly CertificateProof[];
  /** Absent where the hash does not hold or could not be computed: then nothing is covered. */
  readonly fields?: readonly CoveredField[];
  readonly contexts: readonly {
    readonly address: string;
    readonly origin: 'built-in' | 'pinned' | 'beside' | 'missing' | 'inline';
  }[];
  /** The JSON as it stands. */
  readonly json: string;
  /** What a person could pin so that an open check can be told. */
  readonly offered?: Trust;
  readonly used: Trust;
}

export type FactName =
  | 'issuer'
  | 'issued'
  | 'until'
  | 'subject'
  | 'recipient'
  | 'title'
  | 'description'
  | 'crid'
  | 'order'
  | 'contract'
  | 'image'
  | 'script'
  | 'files'
  | 'result'
  | 'resultValue'
  | 'inputTransaction'
  | 'outputTransaction'
  | 'published'
  | 'resultTime';

export interface CertificateFact {
  readonly name: FactName;
  readonly value: string;
  /** What the hash makes of it; `untried` where nothing is covered because the hash does not hold. */
  readonly cover: Cover;
}

/** A signature as it was verified; what is wrong with it, its checks say. */
export type ShownSignature = Omit<VerifiedProof, 'signature' | 'chain'>;

export interface CertificateProof {
  readonly suite: string;
  /** Of a signature: who made it, what it covers. */
  readonly signature?: ShownSignature;
  /** Undefined for suites that are not Merkle proofs. */
  readonly merkle?: {
    readonly target: string;
    /** What the certificate hashes to; null where it could not be computed. */
    readonly computed: string | null;
    readonly root: string;
    readonly path: readonly { readonly side: 'left' | 'right'; readonly hash: string; readonly result: string }[];
    readonly anchors: readonly {
      readonly ledger: string | null;
      readonly transaction: string | null;
      /** Where a person can look it up. */
      readonly address: string | null;
      readonly closed: boolean;
    }[];
  };
}
