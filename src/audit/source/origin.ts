/** How patient an auditor is with one origin. Times in milliseconds. */
export interface OriginOptions {
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Failures in a row after which the origin is left alone for a while. */
  readonly failures: number;
  /** How long it is left alone the first time; twice as long each time after, up to sixteen times that. */
  readonly rest: number;
  readonly now: () => number;
}

export const defaultOriginOptions: OriginOptions = { concurrency: 8, failures: 3, rest: 10_000, now: () => Date.now() };

/**
 * One storage origin: bounds what is asked of it at once and remembers whether it answers. One that failed several times in a row counts as
 * down without being asked, so that dead origins do not stall an audit; after a rest a single request tries again.
 */
export class Origin {
  readonly #options: OriginOptions;
  readonly #waiting: (() => void)[] = [];
  #under = 0;
  #failures = 0;
  #rests = 0;
  #restUntil = Number.NEGATIVE_INFINITY;
  #trying = false;

  constructor(options: Partial<OriginOptions> = {}) {
    this.#options = { ...defaultOriginOptions, ...options };
  }

  /**
   * Does one request when it is its turn. `work` tells whether the origin answered.
   * @returns undefined where the origin is left alone. @throws what `work` throws, and the signal's reason
   */
  async run<Result>(
    work: () => Promise<{ readonly answered: boolean; readonly result: Result }>,
    signal?: AbortSignal,
  ): Promise<Result | undefined> {
    await this.#turn(signal);
    try {
      if (!this.#mayAsk()) return undefined;
      const trial = this.#trying;
      try {
        const { answered, result } = await work();
        this.#report(answered);
        return result;
      } finally {
        if (trial) this.#trying = false;
      }
    } finally {
      this.#under -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#under >= this.#options.concurrency) {
      await new Promise<void>((resolve, reject) => {
        const go = (): void => {
          signal?.removeEventListener('abort', abort);
          resolve();
        };
        const abort = (): void => {
          const place = this.#waiting.indexOf(go);
          if (place >= 0) this.#waiting.splice(place, 1);
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', abort, { once: true });
        this.#waiting.push(go);
      });
    }
    this.#under += 1;
  }

  #mayAsk(): boolean {
    if (this.#failures < this.#options.failures) return true;
    if (this.#trying || this.#options.now() < this.#restUntil) return false;
    this.#trying = true;
    return true;
  }

  #report(answered: boolean): void {
    if (answered) {
      this.#failures = 0;
      this.#rests = 0;
      return;
    }
    this.#failures += 1;
    if (this.#failures < this.#options.failures || this.#options.now() < this.#restUntil) return;
    this.#restUntil = this.#options.now() + this.#options.rest * 2 ** Math.min(this.#rests, 4);
    this.#rests += 1;
  }
}

/** The origins of one audit by scheme, host and port, so that buckets on one host share its bounds. */
export class Origins {
  readonly #options: Partial<OriginOptions>;
  readonly #origins = new Map<string, Origin>();

  constructor(options: Partial<OriginOptions> = {}) {
    this.#options = options;
  }

  of(url: URL): Origin {
    const known = this.#origins.get(url.origin);
    if (known) return known;
    const origin = new Origin(this.#options);
    this.#origins.set(url.origin, origin);
    return origin;
  }
}
