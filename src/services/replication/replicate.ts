import { encodeShards, shardCount } from '../../core/chain/shard.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { retry } from '../process/retry.ts';
import { openWormBucket, type AnyTarget } from './openWormBucket.ts';
import { reasonOf, ReplicationConflictError, ReplicationRefusedError, type BucketWriter } from './bucketWriter.ts';
import { createTroubleTeller } from './troubleTeller.ts';

/** The patent's trusted replication service ([0033]–[0037]), the writing half: readers need no service, only buckets. */
export interface ReplicationService {
  /**
   * Stores an object as six shards, any three of which give it back, one in each bucket, and resolves only when all six buckets have
   * confirmed. A bucket that cannot be reached is tried again until it can. Doing it twice is the same as once.
   * @param name the name in each bucket, e.g. `<chain>/seq/0`
   * @throws ReplicationConflictError where a bucket holds other bytes under the name; ReplicationRefusedError; the signal's reason
   */
  replicate(name: string, objectBytes: Uint8Array, signal?: AbortSignal): Promise<void>;
  close(): void;
}

export interface ReplicationOptions {
  /** Six, in the order that the chain's trust file lists them. */
  readonly targets: readonly AnyTarget[];
  /** Until when an object stored now must stay. */
  readonly retainUntil: () => Date;
  /** A sentence for the operator: a bucket does not take what it should, or does again. */
  readonly onTrouble?: (words: string) => void;
  /** Milliseconds: the bound of the first wait before a bucket is tried again, which doubles, and the longest. */
  readonly firstWait?: number;
  readonly longestWait?: number;
}

/** @throws AuditorError `usage` REPLICATION_BUCKETS unless there are six */
export function createReplication(options: ReplicationOptions): ReplicationService {
  const { targets, retainUntil, onTrouble = () => undefined, firstWait = 200, longestWait = 5_000 } = options;
  if (targets.length !== shardCount) {
    throw new AuditorError(
      'usage',
      'REPLICATION_BUCKETS',
      `A chain has ${shardCount} buckets, not ${targets.length}: any three of them give every object back.`,
    );
  }
  const writers = targets.map(openWormBucket);
  const troubles = writers.map(() => createTroubleTeller(onTrouble));

  async function putUntilDone(index: number, name: string, shard: Uint8Array, signal: AbortSignal): Promise<void> {
    const writer = writers[index] as BucketWriter;
    await retry(
      async () => {
        try {
          await writer.put(name, shard, retainUntil(), signal);
          troubles[index]?.over(`${writer.where} stores again.`);
        } catch (error) {
          signal.throwIfAborted();
          if (!isHard(error)) {
            troubles[index]?.tell(
              `${writer.where} does not store: ${reasonOf(error)}. Trying again until it does; nothing is final before that.`,
            );
          }
          throw error;
        }
      },
      { attempts: Infinity, firstWait, longestWait, retryable: (error) => !isHard(error) && !signal.aborted, signal },
    );
  }

  return {
    async replicate(name, objectBytes, signal) {
      const shards = encodeShards(objectBytes);
      // The first hard error ends the tries at the other buckets too.
      const stop = new AbortController();
      const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
      const puts = shards.map((shard, index) => putUntilDone(index, name, shard, both));
      try {
        await Promise.all(puts);
      } catch (error) {
        stop.abort();
        await Promise.allSettled(puts);
        throw signal?.aborted === true ? signal.reason : error;
      }
    },
    close: () => writers.forEach((writer) => writer.close()),
  };
}

function isHard(error: unknown): boolean {
  return error instanceof ReplicationConflictError || error instanceof ReplicationRefusedError;
}
