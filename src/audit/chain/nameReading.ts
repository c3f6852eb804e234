import type { BucketAnswer } from '../../core/chain/types.ts';
import type { ReadingRoom } from './readingRoom.ts';

interface Ask {
  readonly since: number;
  /** Whether it takes longer than anybody waits for, so that others are asked in its place. */
  overtaken: boolean;
}

/** Shards that give an object back. */
const enough = 3;

/** The answers of all buckets for one name: decided by those that answer first, read to the end later. */
export class NameReading {
  readonly #room: ReadingRoom;
  readonly #name: string;
  readonly #maximumLength: number;
  readonly #answers: (BucketAnswer | undefined)[];
  readonly #pending = new Map<number, Ask>();
  /** How many of those asked are not overtaken yet, and whether all of them are waited for. */
  #fresh = 0;
  #isPatient = false;
  #failure: { readonly reason: unknown } | undefined;
  #wake: () => void = () => undefined;

  constructor(room: ReadingRoom, name: string, maximumLength: number) {
    this.#room = room;
    this.#name = name;
    this.#maximumLength = maximumLength;
    this.#answers = Array.from({ length: room.count }, () => undefined);
  }

  /** In the order of the buckets; one that was not heard counts as `missing` until `isComplete`. */
  get answers(): readonly BucketAnswer[] {
    return this.#answers.map((answer) => answer ?? 'missing');
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
        const wanted = Math.max(count - (patient ? 0 : good), 0);
        while (next < order.length && (patient ? next < wanted : this.#fresh < wanted)) {
          this.#ask(order[next++] as number);
        }
        const decided = good >= enough || without > this.#answers.length - enough;
        if (decided && (!patient || this.#fresh === 0)) return;
        // Nobody else can decide but those that are slow: whoever asked goes on with what there is, and the rest comes later.
        if (this.#fresh === 0 && next >= count && good + without >= enough && this.#pending.size > 0) return;
        if (!decided && this.#fresh === 0 && next < order.length) this.#ask(order[next++] as number);
        else if (this.#pending.size === 0) return;
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
      for (const bucket of this.#answers.keys()) this.#ask(bucket);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.answers;
  }

  /** Lets go of the bytes; `rest` reads them again. */
  forget(): void {
    this.#answers.fill(undefined);
  }

  /** Marks who is slower than it is waited for. */
  tick(now: number): void {
    let changed = false;
    for (const [bucket, ask] of this.#pending) {
      if (ask.overtaken || now - ask.since < this.#room.patience.of(bucket)) continue;
      ask.overtaken = true;
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

  #ask(bucket: number): void {
    if (this.#answers[bucket] !== undefined || this.#pending.has(bucket)) return;
    const ask: Ask = { since: this.#room.now(), overtaken: false };
    this.#pending.set(bucket, ask);
    this.#fresh += 1;
    this.#room.read(bucket, this.#name, this.#maximumLength).then(
      (answer) => {
        this.#answers[bucket] = answer;
        this.#settle(bucket, ask);
      },
      (reason: unknown) => {
        this.#failure = { reason };
        this.#settle(bucket, ask);
      },
    );
  }

  #settle(bucket: number, ask: Ask): void {
    this.#pending.delete(bucket);
    if (!ask.overtaken) this.#fresh -= 1;
    this.#room.answered(bucket, ask);
    // Where all are waited for there is nothing to be decided before.
    if (!this.#isPatient || this.#fresh === 0 || this.#failure) this.#wake();
  }
}
