import type { BucketAnswer } from '../../core/chain/types.ts';

/** One storage origin of a chain, of which nothing is believed. Names are relative to the bucket's root: `<chain>/seq/17`. */
export interface Bucket {
  readonly url: string;
  /**
   * Every stored version of a name, each at most `maximumLength` bytes (a longer one is left out and not read). A bucket that cannot be
   * asked is `down`. Throws only when aborted.
   */
  read(name: string, maximumLength: number, signal?: AbortSignal): Promise<BucketAnswer>;
  /** The names under a prefix, at most `limit` of them; an empty list where it cannot or will not list. Throws only when aborted. */
  list(prefix: string, limit: number, signal?: AbortSignal): Promise<readonly string[]>;
}
