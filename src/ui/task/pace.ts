import type { Progress } from '../../core/kinds/kind.ts';

/** Progress with how fast it goes. */
export interface PaceState extends Progress {
  /** Things a second; 0 before it is known. */
  readonly rate: number;
  readonly secondsLeft: number | undefined;
}

const settleMilliseconds = 500;

/** Rate and time left of what is under way, from the moment its unit was first heard of. */
export class Pace {
  #unit = '';
  #since = 0;
  #from = 0;

  /** @param now milliseconds of a clock that does not jump */
  take(progress: Progress, now: number): PaceState {
    if (progress.unit !== this.#unit || progress.done < this.#from) {
      this.#unit = progress.unit;
      this.#since = now;
      this.#from = progress.done;
    }
    const elapsed = now - this.#since;
    const rate = elapsed < settleMilliseconds ? 0 : ((progress.done - this.#from) * 1000) / elapsed;
    const left = Math.max(0, progress.total - progress.done);
    return { ...progress, rate, secondsLeft: rate > 0 ? left / rate : undefined };
  }
}
