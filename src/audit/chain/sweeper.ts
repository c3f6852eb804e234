import type { NameReading } from './nameReading.ts';

/** A name that was decided before all buckets had answered, and is read to its end before the verdict. */
export interface Sweepable {
  readonly reading: NameReading;
}

/** Names of one sweep, sweeps under way at once. */
const batchLength = 64;
const atOnce = 3;
/** Bytes that waiting names may hold; beyond it they are read again when it is their turn. */
const heldAtMost = 64 * 1024 * 1024;
/** So long the reading lets sweeps catch up, in milliseconds; what takes longer waits for a bucket, and is not waited for. */
const patience = 100;

/** Reads the remaining shards beside the audit's own reading, in order, and never holds it up for a slow bucket. */
export class Sweeper<Item extends Sweepable> {
  readonly #sweep: (items: readonly Item[]) => Promise<void>;
  readonly #waiting: { readonly item: Item; readonly held: number }[] = [];
  readonly #idle: (() => void)[] = [];
  readonly #done: (() => void)[] = [];
  #under = 0;
  #held = 0;
  #stalled = false;
  #failure: { readonly reason: unknown } | undefined;

  constructor(sweep: (items: readonly Item[]) => Promise<void>) {
    this.#sweep = sweep;
  }

  add(items: readonly Item[]): void {
    for (const item of items) {
      const { length } = item.reading;
      const held = this.#held + length > heldAtMost ? 0 : length;
      if (held === 0) item.reading.forget();
      this.#held += held;
      this.#waiting.push({ item, held });
    }
    this.#start();
  }

  /** Lets the sweeps catch up, unless they are held up by a bucket. */
  async turn(): Promise<void> {
    if (this.#stalled || this.#waiting.length < batchLength * atOnce) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.#stalled = true;
        resolve();
      }, patience);
      this.#done.push(resolve);
    });
    clearTimeout(timer);
  }

  /** Resolves when nothing is left to be read. @throws the first failure of a sweep */
  async idle(): Promise<void> {
    while (!this.#failure && (this.#under > 0 || this.#waiting.length > 0)) {
      await new Promise<void>((resolve) => this.#idle.push(resolve));
    }
    if (this.#failure) throw this.#failure.reason;
  }

  #start(): void {
    while (this.#under < atOnce && this.#waiting.length > 0 && !this.#failure) {
      const batch = this.#waiting.splice(0, batchLength);
      this.#under += 1;
      void this.#run(
        batch.map(({ item }) => item),
        batch.reduce((total, { held }) => total + held, 0),
      );
    }
  }

  async #run(items: readonly Item[], held: number): Promise<void> {
    try {
      await this.#sweep(items);
    } catch (reason) {
      this.#failure ??= { reason };
    }
    this.#under -= 1;
    this.#held -= held;
    this.#stalled = false;
    for (const resolve of [...this.#done.splice(0), ...this.#idle.splice(0)]) resolve();
    this.#start();
  }
}
