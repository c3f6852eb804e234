import type { BucketAnswer } from '../../core/chain/types.ts';

/** One storage origin of a chain, of which nothing is believed. Names are relative to the bucket's root: `<chain>/seq/17`. */
export interface Bucket {
  readonly url: string;
  /**
   * Every stored version of a name, each at most `maximumLength` bytes (a longer one is left out and not read). A bucket that cannot be
   * asked is `down`. Throws only when aborted.
   */
  read(name: string, maximumLength: number, signal?: AbortSignal): Promise<BucketAnswer>;
  /**
   * What `read` gives for each of many names, in their order: only where that takes no longer than one of them and cannot get stuck, as in memory or in
   * files that hold many objects.
   */
  readMany?(names: readonly string[], maximumLength: number, signal?: AbortSignal): Promise<readonly BucketAnswer[]>;
  /** The names under a prefix, at most `limit` of them; an empty list where it cannot or will not list. Throws only when aborted. */
  list(prefix: string, limit: number, signal?: AbortSignal): Promise<readonly string[]>;
}
