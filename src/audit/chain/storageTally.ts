import type { BucketFindings, ShardState } from '../../core/chain/types.ts';
import type { BucketPin } from '../../core/trust/trust.ts';

const counted = ['missing', 'wrong', 'copied', 'zero', 'dependent', 'malformed'] as const;

/** So many answers in a row that never came make a bucket count as down, though it answered before. */
const downAfter = 8;

/** Each bucket's part in each object that was asked for, by name; the last look at a name counts (CHAIN.md 18). */
export class StorageTally {
  readonly #states = new Map<string, readonly ShardState[]>();
  /** Of each bucket: how often it was asked, and how many of its last answers in a row were none. */
  readonly #asked: { times: number; downInARow: number }[];
  readonly #buckets: readonly BucketPin[];

  constructor(buckets: readonly BucketPin[]) {
    this.#buckets = buckets;
    this.#asked = buckets.map(() => ({ times: 0, downInARow: 0 }));
  }

  /** Takes in one name's states. A name of which no bucket has anything is no object: probing beyond the end makes many of those. */
  note(name: string, states: readonly ShardState[]): void {
    states.forEach((state, bucket) => {
      const asked = this.#asked[bucket];
      if (!asked) return;
      asked.times += 1;
      asked.downInARow = state === 'down' ? asked.downInARow + 1 : 0;
    });
    if (states.some((state) => state !== 'missing' && state !== 'down')) this.#states.set(name, states);
    else this.#states.delete(name);
  }

  findings(): BucketFindings[] {
    return this.#buckets.map(({ url }, bucket) => {
      const counts = { missing: 0, wrong: 0, copied: 0, zero: 0, dependent: 0, malformed: 0 };
      for (const states of this.#states.values()) {
        const state = states[bucket];
        for (const word of counted) if (state === word) counts[word] += 1;
      }
      const asked = this.#asked[bucket];
      const down = asked !== undefined && asked.times > 0 && asked.downInARow >= Math.min(asked.times, downAfter);
      return { bucket, url, down, ...counts };
    });
  }

  /** Of the given names those that some bucket holds something of, but fewer than three good shards. */
  unreadable(isNeeded: (name: string) => boolean): string[] {
    const names: string[] = [];
    for (const [name, states] of this.#states) {
      if (states.filter((state) => state === 'good').length < 3 && isNeeded(name)) names.push(name);
    }
    return names;
  }
}
