import type { BucketFindings, ChainAudit, Fork, SequencedBlock, Stop } from '../../core/chain/types.ts';

export type AuditPhase = 'listing' | 'blocks' | 'storage' | 'following' | 'done';

export interface AuditProgress {
  readonly done: number;
  /** How many there are as far as shown so far; it may grow. */
  readonly total: number;
  readonly unit: 'blocks';
  /** Per second, over the whole run. */
  readonly rate: number;
  readonly secondsLeft: number | null;
}

/** What an audit has found so far, given out a few times a second. Nothing in it is a verdict but `audit`, which is there at the end. */
export interface AuditSnapshot {
  readonly phase: AuditPhase;
  readonly mainChain: readonly SequencedBlock[];
  readonly forks: readonly Fork[];
  readonly orphans: readonly SequencedBlock[];
  readonly stop: Stop | null;
  readonly progress: AuditProgress;
  readonly buckets: readonly BucketFindings[];
  readonly audit: ChainAudit | null;
}
