import type { BucketFindings, ShardState } from '../../core/chain/types.ts';
import type { BucketPin } from '../../core/trust/trust.ts';

const counted = ['missing', 'wrong', 'copied', 'zero', 'dependent', 'malformed'] as const;
type Counted = (typeof counted)[number];

/** So many answers in a row that never came make a bucket count as down, though it answered before. */
const downAfter = 8;

interface BucketTally {
  /** How often it was asked, and how many of its last answers in a row were none. */
  times: number;
  downInARow: number;
  readonly counts: Record<Counted, number>;
}

/** Each bucket's part in each object that was asked for, by name; the last look at a name counts (CHAIN.md 18). */
export class StorageTally {
  /** Of names of which not every shard is good: what is as it should be needs no memory. */
  readonly #states = new Map<string, readonly ShardState[]>();
  readonly #tallies: BucketTally[];
  readonly #buckets: readonly BucketPin[];
  /** Told of every name whose shards are not all good, and, with nothing, of one that has become good. */
  onNote: ((name: string, states: readonly ShardState[] | undefined) => void) | undefined;

  constructor(buckets: readonly BucketPin[]) {
    this.#buckets = buckets;
    this.#tallies = buckets.map(() => ({
      times: 0,
      downInARow: 0,
      counts: { missing: 0, wrong: 0, copied: 0, zero: 0, dependent: 0, malformed: 0 },
    }));
  }

  /** Takes in one name's states. A name of which no bucket has anything is no object: probing beyond the end makes many of those. */
  note(name: string, states: readonly ShardState[]): void {
    let allGood = true;
    let anything = false;
    for (let bucket = 0; bucket < states.length; bucket += 1) {
      const state = states[bucket] as ShardState;
      if (state !== 'good') allGood = false;
      if (state !== 'missing' && state !== 'down') anything = true;
      const tally = this.#tallies[bucket];
      if (!tally) continue;
      tally.times += 1;
      tally.downInARow = state === 'down' ? tally.downInARow + 1 : 0;
    }
    if (allGood && this.#states.size === 0) return;
    const known = this.#states.get(name);
    if (known) this.#count(known, -1);
    if (anything && !allGood) {
      this.#states.set(name, states);
      this.#count(states, 1);
      this.onNote?.(name, states);
    } else if (known) {
      this.#states.delete(name);
      this.onNote?.(name, undefined);
    }
  }

  findings(): BucketFindings[] {
    return this.#buckets.map(({ url }, bucket) => {
      const { times, downInARow, counts } = this.#tallies[bucket] as BucketTally;
      const down = times > 0 && downInARow >= Math.min(times, downAfter);
      return { bucket, url, down, ...counts };
    });
  }

  /** Of the given names those that some bucket holds something of, but fewer than three good shards. */
  unreadable(isNeeded: (name: string) => boolean): string[] {
    const names: string[] = [];
    for (const [name, states] of this.#states) {
      if (states.filter((state) => state === 'good').length < 3 && isNeeded(name)) names.push(name);
    }
    return names.sort();
  }

  #count(states: readonly ShardState[], by: 1 | -1): void {
    for (const [bucket, { counts }] of this.#tallies.entries()) {
      const state = states[bucket];
      for (const word of counted) if (state === word) counts[word] += by;
    }
  }
}
