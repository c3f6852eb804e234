import type { BucketWriter } from './bucketWriter.ts';

/** What protects a stored object. `locked`: nobody can shorten it, not even who owns the bucket. */
export interface ObjectLock {
  readonly mode: 'locked' | 'unlocked';
  readonly until: Date;
}

/** A bucket that is written once and read many times, whoever's it is. Every adapter passes `adapters.contract.test.ts`. */
export interface WormBucket extends BucketWriter {
  /** The bytes under a name, with the adapter's credentials, or undefined where there are none. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** The names under a prefix. */
  list(prefix: string): Promise<readonly string[]>;
  /** What protects the current version, or undefined where nothing does. */
  lockOf(name: string): Promise<ObjectLock | undefined>;
}
