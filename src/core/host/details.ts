import type { JudgedProof, ProofState } from './countValidators.ts';
import type { HostDocument } from './checkEvidence.ts';
import type { ListShown } from './checkListed.ts';
import type { DriftField } from './drift.ts';
import type { HostSubject } from './hostCredential.ts';

/** One selected validator, whether it has spoken or not: a seat at the table, left or right of the threshold line. */
export interface Seat {
  readonly did: string;
  readonly operator: string | null;
  readonly region: string | null;
  /** `silent`: it has made no proof. */
  readonly state: ProofState | 'silent';
  readonly reason: string;
  /** Place of its proof in the credential; null where there is none. */
  readonly proof: number | null;
}

/** One state of the host over time. */
export interface HostState {
  readonly digest: string;
  readonly from: number;
  readonly until: number;
  readonly subject: HostSubject;
  readonly isAccepted: boolean;
}

/** What the page of a host draws. Plain JSON. */
export interface HostDetails {
  readonly form: 'host';
  readonly host: string;
  /** Name of the trust file's entry; null where none speaks for it. */
  readonly policy: string | null;
  readonly credential: string;
  readonly digest: string;
  readonly from: number;
  readonly until: number;
  readonly subject: HostSubject;
  /** Seats in the order of the trust file; those that count first. */
  readonly seats: readonly Seat[];
  readonly threshold: number | null;
  readonly counted: number;
  readonly open: number;
  /** The graph: every proof, with the places of those that it names. */
  readonly proofs: readonly JudgedProof[];
  /** Attestation documents with what their own kinds found (certificate paths, every field). */
  readonly documents: readonly HostDocument[];
  readonly quote: unknown;
  /** Former states that were given, oldest first, then this one. */
  readonly states: readonly HostState[];
  readonly drift: readonly DriftField[];
  readonly lists: readonly ListShown[];
  /** Blocks that the registries were read up to. */
  readonly ledgers: readonly { readonly chainId: number; readonly block: number; readonly time: number }[];
  /** The JSON as it stands. */
  readonly json: string;
}
