import { setTimeout as delay } from 'node:timers/promises';

export interface RetryOptions {
  /** How often it is tried in all, at least 1. */
  readonly attempts: number;
  /** The wait before the second try is at most this long, in milliseconds, and doubles from then on. */
  readonly firstWait?: number;
  readonly longestWait?: number;
  /** Whether trying again may help. */
  readonly retryable: (error: unknown) => boolean;
  readonly signal?: AbortSignal;
}

/**
 * Tries again a bounded number of times. Each wait is drawn evenly from between nothing and its bound ("full jitter"), so that many
 * callers that failed together do not come back together. The last error is thrown as it is.
 */
export async function retry<T>(operation: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { attempts, firstWait = 100, longestWait = 5_000, retryable, signal } = options;
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await operation(attempt);
    } catch (error) {
      if (attempt >= attempts || !retryable(error)) throw error;
    }
    const bound = Math.min(longestWait, firstWait * 2 ** (attempt - 1));
    await delay(Math.random() * bound, undefined, signal ? { signal } : undefined);
  }
}
