import type { BucketAnswer } from '../../core/chain/types.ts';
import type { Bucket } from '../source/bucket.ts';
import { Patience } from '../source/patience.ts';
import type { NameReading } from './nameReading.ts';

/** How often it is looked who is overtaken, in milliseconds. */
const tickMilliseconds = 25;
/** A bucket that owes so many answers that nobody waits for is not asked first any more. */
const owedAtMost = 32;

/** Whom to ask one after the other; `ready` of them at first. */
export interface Order {
  readonly order: readonly number[];
  readonly ready: number;
}

const nobody: Order = { order: [], ready: 0 };

/** What all readings of one audit share: the buckets, how patient one is with each, and one clock for all who wait. */
export class ReadingRoom {
  readonly patience: Patience;
  readonly #buckets: readonly Bucket[];
  readonly #signal: AbortSignal | undefined;
  readonly #waiting = new Set<NameReading>();
  readonly #owed: number[];
  readonly #inTurn: readonly Order[];
  #ticking = false;

  constructor(buckets: readonly Bucket[], signal: AbortSignal | undefined) {
    this.#buckets = buckets;
    this.#signal = signal;
    this.patience = new Patience(buckets.length);
    this.#owed = buckets.map(() => 0);
    this.#inTurn = buckets.map((_, turn) => ({
      order: buckets.map((__, index) => (index + turn) % buckets.length),
      ready: buckets.length,
    }));
  }

  /** A list with one thing for each bucket. */
  each<Thing>(thing: Thing): Thing[] {
    return this.#buckets.map(() => thing);
  }

  /** Whole milliseconds: a fraction would be kept in a box of its own by each of the readings. */
  now(): number {
    return Math.trunc(performance.now());
  }

  read(bucket: number, name: string, maximumLength: number): Promise<BucketAnswer> {
    const asked = this.#buckets[bucket];
    return asked ? asked.read(name, maximumLength, this.#signal) : Promise.resolve('missing');
  }

  /** The buckets in the order in which they are asked, another one first each time; those that owe too much come last. */
  order(turn: number): Order {
    const inTurn = this.#inTurn[turn % this.#inTurn.length] ?? nobody;
    let most = 0;
    for (const count of this.#owed) most = Math.max(most, count);
    if (most < owedAtMost) return inTurn;
    const ready = inTurn.order.filter((bucket) => (this.#owed[bucket] as number) < owedAtMost);
    return {
      order: [...ready, ...inTurn.order.filter((bucket) => !ready.includes(bucket))],
      ready: ready.length,
    };
  }

  overtake(bucket: number): void {
    this.#owed[bucket] = (this.#owed[bucket] as number) + 1;
  }

  answered(bucket: number, since: number, isOvertaken: boolean): void {
    if (isOvertaken) this.#owed[bucket] = (this.#owed[bucket] as number) - 1;
    this.patience.note(bucket, this.now() - since);
  }

  enter(reading: NameReading): void {
    this.#waiting.add(reading);
    if (!this.#ticking) setTimeout(() => this.#tick(), tickMilliseconds);
    this.#ticking = true;
  }

  leave(reading: NameReading): void {
    this.#waiting.delete(reading);
  }

  #tick(): void {
    const now = this.now();
    const patience = this.#buckets.map((_, bucket) => this.patience.of(bucket));
    for (const reading of this.#waiting) reading.tick(now, patience);
    this.#ticking = this.#waiting.size > 0;
    if (this.#ticking) setTimeout(() => this.#tick(), tickMilliseconds);
  }
}
