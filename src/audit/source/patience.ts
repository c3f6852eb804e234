/** Answers of one bucket that are remembered. */
const remembered = 64;
/** What a bucket's slowest tenth takes is worked out anew after so many answers. */
const renewedAfter = 32;
/** Nobody is called slow before this, in milliseconds. */
const least = 150;
/** Below this the middle bucket is quick, in milliseconds. */
const quick = 50;
/** Before anything was answered. */
const atFirst = 500;

/**
 * How long each bucket is waited for before another is asked in its place: the time within which nine in ten of its last answers came, but no
 * longer than that of the middle one of all buckets, so that a slow one does not buy itself more time, and never less than 150 ms.
 */
export class Patience {
  readonly #buckets: {
    /** The last ones, in no order; those behind `count` are not there yet. */
    readonly times: Float64Array;
    count: number;
    at: number;
    news: number;
    tenth: number;
  }[];

  constructor(count: number) {
    this.#buckets = Array.from({ length: count }, () => ({
      times: new Float64Array(remembered),
      count: 0,
      at: 0,
      news: 0,
      tenth: Number.NaN,
    }));
  }

  /** Takes in that a bucket answered, after so many milliseconds. */
  note(bucket: number, milliseconds: number): void {
    const known = this.#buckets[bucket];
    if (!known) return;
    known.times[known.at] = milliseconds;
    known.at = (known.at + 1) % remembered;
    known.count = Math.min(known.count + 1, remembered);
    known.news += 1;
    if (known.news < renewedAfter && known.count >= remembered / 2) return;
    known.news = 0;
    // A list of numbers would be sorted with a box for each: as much for the collector as all objects of a block.
    const sorted = known.times.slice(0, known.count).sort();
    known.tenth = sorted[Math.ceil(sorted.length * 0.9) - 1] as number;
  }

  /** Milliseconds that a bucket is waited for. */
  of(bucket: number): number {
    const own = this.#buckets[bucket]?.tenth ?? Number.NaN;
    const middle = this.#middle();
    if (middle === undefined) return atFirst;
    return Math.max(least, Number.isNaN(own) ? middle : Math.min(own, middle));
  }

  /** Whether buckets answer so fast that nothing is gained by asking only some of them. */
  get isQuick(): boolean {
    return (this.#middle() ?? Infinity) < quick;
  }

  #middle(): number | undefined {
    const known = this.#buckets.map(({ tenth }) => tenth).filter((tenth) => !Number.isNaN(tenth));
    return known.sort(ascending)[(known.length - 1) >> 1];
  }
}

function ascending(a: number, b: number): number {
  return a - b;
}
