import type { Hex } from '../evm/hex.ts';
import type { Code } from '../verdict/check.ts';
import type { Status, Verdict } from '../verdict/status.ts';

/** The file `report/1`: what an auditor says of an audit. Strict JCS, no unknown fields, no free text; README has the format. */
export interface Report {
  readonly affidavit: 'report/1';
  readonly subject: Subject;
  readonly covered: Covered;
  /** By name, what was counted. */
  readonly counts: Readonly<Record<string, number>>;
  /** The checks of the audit's top level, in their order: the verdict follows from these. */
  readonly checks: readonly { readonly code: Code; readonly status: Status }[];
  /** The innermost checks that do not hold, at most `maximumFindings`. */
  readonly findings: readonly Finding[];
  /** Further ones that are left out. */
  readonly findingsLeft: number;
  readonly verdict: Verdict;
  readonly labels: readonly string[];
  /** SHA3-256 of the auditor's trust file in its canonical form, hex. */
  readonly trust: string;
  /** `build`: digest of the built page that was used; null where the program ran from its source. */
  readonly verifier: { readonly version: string; readonly build: string | null };
  /** Seconds since 1970, by the auditor's clock. */
  readonly time: number;
  /** Lower case. */
  readonly auditor: Hex;
  /** Hex of H over the JCS of everything else but the signature. */
  readonly digest: string;
  /** r ‖ s ‖ v over the EIP-712 digest, s in the lower half, v 27 or 28; null where nobody has signed yet. */
  readonly signature: Hex | null;
}

export type ReportBody = Omit<Report, 'digest' | 'signature'>;

/** What was audited, by what identifies it and by no name. */
export type Subject =
  | { readonly kind: 'chain'; readonly genesis: string; readonly sequencerKey: string }
  | { readonly kind: 'contract' | 'network'; readonly chainId: number; readonly contract: Hex }
  | { readonly kind: 'task' | 'order'; readonly chainId: number; readonly contract: Hex; readonly id: string }
  | { readonly kind: 'host'; readonly did: string };

/** From where to where, both included. A chain is counted by `k`, a ledger by its blocks, a host by seconds since 1970. `to` is null where nothing was reached. */
export interface Covered {
  readonly unit: 'k' | 'block' | 'second';
  readonly from: number;
  readonly to: number | null;
  /** Why it ends there (chain), how it is known that nothing is missing (ledger), or `as shown`. */
  readonly end: string;
  readonly tip: Tip | null;
}

/** What stands at the end. */
export type Tip = ChainTip | LedgerTip | HostTip;

export interface ChainTip {
  readonly k: number;
  readonly height: number;
  readonly block: string;
  readonly timestampHash: string;
  readonly time: number;
}

export interface LedgerTip {
  readonly number: number;
  readonly hash: Hex;
  readonly time: number;
}

export interface HostTip {
  /** Digest of the credential. */
  readonly credential: string;
}

export interface Finding {
  readonly code: Code;
  readonly status: 'fail' | 'unknown';
  /** Values without white space: sentences stay with the auditor. */
  readonly params: Readonly<Record<string, string | number | boolean>>;
  /** Digests of the objects whose bytes show it. */
  readonly evidence: readonly string[];
}

/** The file `reports/1`: reports of several auditors about the same, in the order of their digests. */
export interface ReportBundle {
  readonly affidavit: 'reports/1';
  readonly reports: readonly Report[];
  /** Hex of H over the JCS of the list of the reports' digests. */
  readonly digest: string;
}

export const maximumFindings = 256;
export const maximumReports = 64;
