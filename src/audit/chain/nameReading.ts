import type { BucketAnswer } from '../../core/chain/types.ts';
import type { ReadingRoom } from './readingRoom.ts';

/** Shards that give an object back. */
const enough = 3;
/** In place of a time: the bucket owes no answer. */
const idle = -1;

/** The answers of all buckets for one name: decided by those that answer first, read to the end later. */
export class NameReading {
  readonly #room: ReadingRoom;
  readonly #name: string;
  readonly #maximumLength: number;
  #answers: (BucketAnswer | undefined)[];
  /** By bucket, while it owes an answer, since when; how many do, and how many of these are not overtaken yet. */
  readonly #since: number[];
  /** Buckets that take longer than anybody waits for, so that others are asked in their place. */
  #overtaken: Set<number> | undefined;
  #pending = 0;
  #fresh = 0;
  /** Whether all that were asked are waited for. */
  #isPatient = false;
  #failure: { readonly reason: unknown } | undefined;
  #wake: () => void = () => undefined;

  constructor(room: ReadingRoom, name: string, maximumLength: number) {
    this.#room = room;
    this.#name = name;
    this.#maximumLength = maximumLength;
    this.#answers = room.each(undefined);
    this.#since = room.each(idle);
  }

  /** In the order of the buckets; one that was not heard counts as `missing` until `isComplete`. */
  get answers(): readonly BucketAnswer[] {
    if (this.isComplete) return this.#answers as readonly BucketAnswer[];
    const answers: BucketAnswer[] = [];
    for (const answer of this.#answers) answers.push(answer ?? 'missing');
    return answers;
  }

  get isComplete(): boolean {
    return !this.#answers.includes(undefined);
  }

  /** Bytes that it holds. */
  get length(): number {
    let length = 0;
    for (const answer of this.#answers) {
      if (typeof answer === 'object') for (const version of answer) length += version.length;
    }
    return length;
  }

  /**
   * Resolves when what came can decide: three buckets have something, or too few are left that could; or when only slow ones could. `count` buckets are asked at first, in the
   * given order, and a further one for each that has nothing or is slower than it is waited for. With `patient` all that were asked
   * are waited for, but for those that are overtaken.
   * @throws the signal's reason when aborted
   */
  async first(order: readonly number[], count: number, patient: boolean): Promise<void> {
    let next = 0;
    this.#isPatient = patient;
    try {
      for (;;) {
        if (this.#failure) throw this.#failure.reason;
        let good = 0;
        let without = 0;
        for (const answer of this.#answers) {
          if (typeof answer === 'object' && answer.length > 0) good += 1;
          else if (answer !== undefined) without += 1;
        }
        const now = this.#room.now();
        const wanted = Math.max(count - (patient ? 0 : good), 0);
        while (next < order.length && (patient ? next < wanted : this.#fresh < wanted)) {
          this.#ask(order[next++] as number, now);
        }
        const decided = good >= enough || without > this.#answers.length - enough;
        if (decided && (!patient || this.#fresh === 0)) return;
        // Nobody else can decide but those that are slow: whoever asked goes on with what there is, and the rest comes later.
        if (this.#fresh === 0 && next >= count && good + without >= enough && this.#pending > 0) return;
        if (!decided && this.#fresh === 0 && next < order.length) this.#ask(order[next++] as number, now);
        else if (this.#pending === 0) return;
        else await this.#change();
      }
    } finally {
      this.#room.leave(this);
    }
  }

  /** Every bucket's answer. @throws the signal's reason when aborted */
  async rest(): Promise<readonly BucketAnswer[]> {
    while (!this.isComplete) {
      if (this.#failure) throw this.#failure.reason;
      const now = this.#room.now();
      for (const bucket of this.#answers.keys()) this.#ask(bucket, now);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.answers;
  }

  /** Lets go of the bytes; `rest` reads them again. */
  forget(): void {
    // Whoever has the old list goes on with it.
    this.#answers = this.#room.each(undefined);
  }

  /** Marks who is slower than it is waited for: by bucket so many milliseconds. */
  tick(now: number, patience: readonly number[]): void {
    let changed = false;
    for (let bucket = 0; bucket < this.#since.length; bucket += 1) {
      const since = this.#since[bucket] as number;
      if (since === idle || now - since < (patience[bucket] as number) || this.#overtaken?.has(bucket)) continue;
      (this.#overtaken ??= new Set()).add(bucket);
      this.#fresh -= 1;
      this.#room.overtake(bucket);
      changed = true;
    }
    if (changed) this.#wake();
  }

  #change(): Promise<void> {
    this.#room.enter(this);
    return new Promise((resolve) => (this.#wake = resolve));
  }

  /** A failure is kept for whoever waits. Without `async`, since every shard of a chain comes through here. */
  #ask(bucket: number, now: number): void {
    if (this.#answers[bucket] !== undefined || this.#since[bucket] !== idle) return;
    this.#since[bucket] = now;
    this.#pending += 1;
    this.#fresh += 1;
    this.#room.read(bucket, this.#name, this.#maximumLength).then(
      (answer) => this.#settle(bucket, answer),
      (reason: unknown) => {
        this.#failure = { reason };
        this.#settle(bucket, undefined);
      },
    );
  }

  #settle(bucket: number, answer: BucketAnswer | undefined): void {
    const isOvertaken = this.#overtaken?.delete(bucket) === true;
    this.#room.answered(bucket, this.#since[bucket] as number, isOvertaken);
    this.#answers[bucket] = answer;
    this.#since[bucket] = idle;
    this.#pending -= 1;
    if (!isOvertaken) this.#fresh -= 1;
    // Where all are waited for there is nothing to be decided before.
    if (!this.#isPatient || this.#fresh === 0 || this.#failure) this.#wake();
  }
}
