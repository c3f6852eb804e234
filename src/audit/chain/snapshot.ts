import { listForks } from '../../core/chain/forks.ts';
import type { BucketFindings, ChainAudit, Fork, SequencedBlock, Stop } from '../../core/chain/types.ts';
import type { Evidence } from './evidence.ts';

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
  /** What all of this was made from. It goes on changing: whoever wants more than this moment's look takes it now. */
  readonly evidence: Evidence;
  /** Numbers below it were read. */
  readonly read: number;
  /** The audit's own list, which grows: no copy, so that a snapshot of a long chain costs no more than one of a short. */
  readonly mainChain: readonly SequencedBlock[];
  readonly forks: readonly Fork[];
  readonly orphans: readonly SequencedBlock[];
  readonly stop: Stop | null;
  readonly progress: AuditProgress;
  readonly buckets: readonly BucketFindings[];
  readonly audit: ChainAudit | null;
}

/** Snapshots are at least so far apart, in milliseconds; and so many times as far as the last one took, so that long chains are not slower. */
const snapshotMilliseconds = 200;
const snapshotShare = 25;

/** Makes the snapshots of one audit. */
export class SnapshotMaker {
  readonly #evidence: Evidence;
  readonly #clock: () => number;
  #started: number;
  #nextAt = Number.NEGATIVE_INFINITY;
  #done = 0;
  #hint = 0;

  constructor(evidence: Evidence, clock: () => number) {
    this.#evidence = evidence;
    this.#clock = clock;
    this.#started = clock();
  }

  start(): void {
    this.#started = this.#clock();
  }

  /** What listings name says how many numbers there may be. */
  expect(numbers: Iterable<number>): void {
    for (const k of numbers) this.#hint = Math.max(this.#hint, k + 1);
  }

  /** @param read numbers below it were read */
  show(phase: AuditPhase, read: number, audit: ChainAudit | null, tell: (snapshot: AuditSnapshot) => void): void {
    const { state, tally } = this.#evidence;
    this.#done = Math.max(this.#done, Math.min(read, state.end + 1));
    const now = this.#clock();
    if (phase === 'blocks' && now < this.#nextAt) return;
    const seconds = Math.max((now - this.#started) / 1000, 0.001);
    const total = Math.max(this.#hint, state.end + 1);
    const rate = this.#done / seconds;
    tell({
      phase,
      evidence: this.#evidence,
      read: this.#done,
      mainChain: state.main,
      forks: audit?.forks ?? this.#forks(),
      orphans: audit?.orphans ?? [],
      stop: audit?.stop ?? null,
      progress: {
        done: this.#done,
        total,
        unit: 'blocks',
        rate,
        secondsLeft: rate > 0 && total > this.#done ? (total - this.#done) / rate : null,
      },
      buckets: audit?.storage ?? tally.findings(),
      audit,
    });
    this.#nextAt = now + Math.max(snapshotMilliseconds, snapshotShare * (this.#clock() - now));
  }

  /** Where every block that was found stands on the main chain there is nothing to look for. */
  #forks(): readonly Fork[] {
    const { main, nodes, hashes, cut } = this.#evidence.state;
    return nodes === main.length ? [] : listForks(main, hashes, cut);
  }
}
