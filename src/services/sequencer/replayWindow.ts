/** Remembers which counters were used, in bounded memory, and lets concurrent requests arrive a little out of order. */
export class ReplayWindow {
  readonly #size: number;
  readonly #seen = new Set<number>();
  #floor = 0;
  #highest = 0;

  constructor(size = 4_096) {
    this.#size = size;
  }

  get highest(): number {
    return this.#highest;
  }

  /** Whether the counter is new; it is used from then on. Older than the last `size` ones counts as used. */
  take(counter: number): boolean {
    if (counter <= this.#floor || this.#seen.has(counter)) return false;
    this.#seen.add(counter);
    this.#highest = Math.max(this.#highest, counter);
    if (this.#seen.size > this.#size) {
      // Half of the window at a time, so that the sorting is paid for seldom.
      const sorted = [...this.#seen].toSorted((a, b) => a - b);
      const dropped = sorted.slice(0, Math.ceil(this.#size / 2));
      for (const old of dropped) this.#seen.delete(old);
      this.#floor = dropped.at(-1) as number;
    }
    return true;
  }
}
