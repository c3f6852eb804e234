import type { CertificateRequest } from '../../core/chain/certificate/makeCertificate.ts';
import type { HoldVerification } from '../../core/chain/hold/verifyHold.ts';
import type { EntryKey } from '../../core/chain/readEntry.ts';
import type { TranscriptEntry } from '../../core/chain/transcript/transcript.ts';
import type { SegmentJob } from '../../core/chain/evaluateSegment.ts';
import type { AttestationFinding, BucketAnswer, SegmentFinding, TupleFinding } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';

/** All buckets' answers for `seq/<k>`, in the order of the buckets. */
export interface AttestationJob {
  readonly k: number;
  readonly answers: readonly BucketAnswer[];
  /** H of documents that were accepted under this name before: not verified again. */
  readonly known?: readonly string[];
}

/** All buckets' answers for `tuple/<H(t)>`, in the order of the buckets. */
export interface TupleJob {
  readonly timestampHash: string;
  readonly answers: readonly BucketAnswer[];
  /** H of tuples that were accepted under this name before: not verified again. */
  readonly known?: readonly string[];
}

/** All buckets' answers for a verified tuple that is read again. */
export interface EntryJob {
  readonly key: EntryKey;
  readonly attestation: readonly BucketAnswer[];
  readonly tuple: readonly BucketAnswer[];
}

/**
 * Where the verification of a chain runs: a pool of Web Workers in the page, the same functions in process in Node. The page's main
 * thread never verifies. The bytes of a job are copied, not taken.
 */
export interface ChainExecutor {
  /** Sets what is pinned for this chain; keys are imported once per worker. */
  open(pin: ChainPin): Promise<void>;
  attestations(jobs: readonly AttestationJob[], signal?: AbortSignal): Promise<readonly AttestationFinding[]>;
  tuples(jobs: readonly TupleJob[], signal?: AbortSignal): Promise<readonly TupleFinding[]>;
  segments(jobs: readonly SegmentJob[], signal?: AbortSignal): Promise<readonly SegmentFinding[]>;
  /** The bytes of tuples that an audit has verified, found again; null where the buckets no longer give them. */
  entries(jobs: readonly EntryJob[], signal?: AbortSignal): Promise<readonly (TranscriptEntry | null)[]>;
  /** Documents that may be hold attestations of this chain (CHAIN.md 34). */
  holds(documents: readonly Uint8Array[], signal?: AbortSignal): Promise<readonly HoldVerification[]>;
  /** @throws AuditorError (internal) when what is asked for does not give a certificate that verifies. */
  certificate(request: CertificateRequest, signal?: AbortSignal): Promise<string>;
  /** How many jobs may usefully be under way at once. */
  readonly concurrency: number;
  close(): void;
}
