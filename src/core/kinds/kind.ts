import type { HostGiven } from '../host/hostLedger.ts';
import type { Check, Plan } from '../verdict/check.ts';
import type { Messages } from '../verdict/messages.ts';
import type { TraceHelpers } from '../trace/helpers.ts';
import type { Trust } from '../trust/trust.ts';
import type { Content } from './content.ts';

/** Where the time came from at which evidence was judged (DESIGN §3.4). */
export type TimeSource = 'signed' | 'given' | 'now';

/** Everything that a check may use beside the evidence. Nothing else: no clock, no network, no hidden anchors. */
export interface Context {
  readonly trust: Trust;
  /** The time to judge at, in milliseconds since 1970, where the person gave one. */
  readonly givenTime?: number;
  /** The present, in milliseconds since 1970, as the caller's clock shows it. */
  readonly now: number;
  /** Companions: a data set, collateral, a status list, a proof of equivocation. */
  readonly companions: readonly Content[];
  /** For reports of audits: how many auditors are asked for, from 1. Never taken from a file. */
  readonly threshold?: number;
  /** For traces: what looks up anchors and runs programs, where the caller has something for that. */
  readonly trace?: TraceHelpers;
  /** For credentials of hosts: what the client asked, and what the registries on ledgers say. */
  readonly host?: HostGiven;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Awaited between steps of what takes long, where it is judged on a thread that has to stay usable: gives that thread away now and then. */
  readonly breathe?: () => Promise<void>;
  /** A check that is decided before the others are: where it stands in the plan (indices from the root), and how it turned out. */
  readonly onCheck?: (path: readonly number[], check: Check) => void;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
}

/** What a kind found. `checks` decide the verdict together; `labels` are shown everywhere; `details` feed the kind's own view. */
export interface Judgement {
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  /** The time judged at, milliseconds since 1970; null where the evidence could not be read so far. */
  readonly at: number | null;
  readonly timeSource: TimeSource;
  /** Of reports of audits: how many auditors were asked for. */
  readonly threshold?: number;
  readonly details?: unknown;
}

/** The part of a kind that may be heavy: loaded only when a file of the kind is judged. */
export interface Checker {
  /** The checks that will be made, before they are made. */
  readonly plan: (content: Content, context: Context) => readonly Plan[];
  readonly check: (content: Content, context: Context) => Promise<Judgement>;
}

/**
 * A kind of evidence. Adding one touches its own folder in `core`, one line in `registry.ts` and one view `src/ui/views/<name>.tsx`:
 * the page, the workers, the command line and certificates pick it up from there.
 */
export interface Kind {
  readonly name: string;
  /** What people call it, e.g. `AWS Nitro attestation document`. */
  readonly title: string;
  /** Cheap recognition from content alone; must not throw on any bytes. */
  readonly recognise: (content: Content) => boolean;
  /** Its files may be longer than what can be held: the checker reads them from `content.source`, where there is one. */
  readonly streams?: true;
  readonly messages: Messages;
  readonly load: () => Promise<Checker>;
}
