/** How patient an auditor is with one origin. Times in milliseconds. */
export interface OriginOptions {
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Broken requests in a row after which the origin is left alone for a while. */
  readonly failures: number;
  /** How long it is left alone the first time; twice as long each time after, up to sixteen times that. */
  readonly rest: number;
  readonly now: () => number;
}

const defaultOriginOptions: OriginOptions = { concurrency: 8, failures: 3, rest: 10_000, now: () => Date.now() };

/** How a request went: answered in whatever way, broken off, or not even begun to be answered in its time. */
export type Contact = 'answered' | 'broken' | 'silent';

/** Of one who waits for a request of its own. */
interface Turn {
  readonly signal: AbortSignal | undefined;
  readonly begin: () => void;
  readonly end: (reason: unknown) => void;
}

/**
 * One storage origin: bounds what is asked of it at once and remembers whether it answers. One that stayed silent, or broke off several times in a
 * row, counts as down without being asked, so that dead origins do not stall an audit. After a rest one request tries again, and nobody waits
 * for it.
 */
export class Origin {
  readonly #options: OriginOptions;
  #waiting: Turn[] = [];
  /** Signals that end the waiting of all who wait under them. */
  readonly #watched = new WeakSet<AbortSignal>();
  #under = 0;
  #failures = 0;
  #rests = 0;
  #restUntil = Number.NEGATIVE_INFINITY;
  #trying = false;

  constructor(options: Partial<OriginOptions> = {}) {
    this.#options = { ...defaultOriginOptions, ...options };
  }

  /**
   * Does one request when it is its turn. `work` tells how it went.
   * @returns undefined where the origin is left alone. @throws what `work` throws, and the signal's reason
   */
  async run<Result>(
    work: () => Promise<{ readonly contact: Contact; readonly result: Result }>,
    signal?: AbortSignal,
  ): Promise<Result | undefined> {
    await this.#turn(signal);
    try {
      if (this.#failures >= this.#options.failures) {
        if (!this.#trying && this.#options.now() >= this.#restUntil) void this.#try(work);
        return undefined;
      }
      const { contact, result } = await work();
      this.#report(contact);
      return result;
    } finally {
      this.#under -= 1;
      this.#waiting.shift()?.begin();
    }
  }

  async #try(work: () => Promise<{ readonly contact: Contact }>): Promise<void> {
    this.#trying = true;
    try {
      this.#report((await work()).contact);
    } catch {
      // Aborted: nothing was learnt.
    } finally {
      this.#trying = false;
    }
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#under >= this.#options.concurrency) {
      if (signal) this.#watch(signal);
      await new Promise<void>((begin, end) => this.#waiting.push({ signal, begin, end }));
    }
    this.#under += 1;
  }

  /** One listener for all who wait under a signal: an audit has thousands waiting, and a signal goes through all its listeners to add or to remove one. */
  #watch(signal: AbortSignal): void {
    if (this.#watched.has(signal)) return;
    this.#watched.add(signal);
    const abort = (): void => {
      const ended = this.#waiting.filter((turn) => turn.signal === signal);
      this.#waiting = this.#waiting.filter((turn) => turn.signal !== signal);
      for (const { end } of ended) end(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
  }

  #report(contact: Contact): void {
    if (contact === 'answered') {
      this.#failures = 0;
      this.#rests = 0;
      return;
    }
    this.#failures += contact === 'silent' ? this.#options.failures : 1;
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
