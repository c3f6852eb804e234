import type { BucketFindings, ShardState } from '../../core/chain/types.ts';
import type { BucketPin } from '../../core/trust/trust.ts';

const counted = ['missing', 'wrong', 'copied', 'zero', 'dependent', 'malformed'] as const;

/** Each bucket's part in each object that was asked for, by name; the last look at a name counts (CHAIN.md 18). */
export class StorageTally {
  readonly #states = new Map<string, readonly ShardState[]>();
  readonly #asked: { down: number; answered: number }[];
  readonly #buckets: readonly BucketPin[];

  constructor(buckets: readonly BucketPin[]) {
    this.#buckets = buckets;
    this.#asked = buckets.map(() => ({ down: 0, answered: 0 }));
  }

  /** Takes in one name's states. A name of which no bucket has anything is no object: probing beyond the end makes many of those. */
  note(name: string, states: readonly ShardState[]): void {
    states.forEach((state, bucket) => {
      const asked = this.#asked[bucket];
      if (!asked) return;
      if (state === 'down') asked.down += 1;
      else asked.answered += 1;
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
      return { bucket, url, down: asked !== undefined && asked.down > 0 && asked.answered === 0, ...counts };
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
