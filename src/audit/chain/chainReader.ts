import { limits } from '../../core/chain/limits.ts';
import { holdName, parseName, segmentName, sequenceName, tupleName } from '../../core/chain/names.ts';
import type { BucketAnswer } from '../../core/chain/types.ts';
import type { Bucket } from '../source/bucket.ts';
import type { AttestationJob, TupleJob } from './executor.ts';
import { NameReading } from './nameReading.ts';
import { ReadingRoom } from './readingRoom.ts';

/** No more names of one bucket's listing are looked at: a listing is a hint, and a liar may make it endless. */
const listedAtMost = 250_000;
/** Buckets whose listings are waited for, and how long the others are waited for then, in milliseconds. */
const listersAwaited = 3;
const listingPatience = 500;
/** Shards that are read of a tuple at first. */
const firstShards = 3;

/** Every number, H(t) and segment that listings name (CHAIN.md 9); it grows while slow buckets still list. */
export interface Listed {
  readonly numbers: Set<number>;
  readonly tuples: Set<string>;
  readonly segments: Set<number>;
}

/** Reads a chain's names from all of its buckets, deciding by those that answer first. */
export class ChainReader {
  readonly #chain: string;
  readonly #buckets: readonly Bucket[];
  readonly #signal: AbortSignal | undefined;
  readonly #room: ReadingRoom;
  #turn = 0;

  constructor(chain: string, buckets: readonly Bucket[], signal: AbortSignal | undefined) {
    this.#chain = chain;
    this.#buckets = buckets;
    this.#signal = signal;
    this.#room = new ReadingRoom(buckets, signal);
  }

  /** What listings name: resolves when three buckets have listed, or all; `whole` when all have. */
  async list(): Promise<{ readonly listed: Listed; readonly whole: Promise<void> }> {
    const listed: Listed = { numbers: new Set(), tuples: new Set(), segments: new Set() };
    let done = 0;
    let resolve: () => void = () => undefined;
    const some = new Promise<void>((settle) => (resolve = settle));
    const whole = Promise.all(
      this.#buckets.map(async (bucket) => {
        await Promise.all(['seq/', 'seg/', 'tuple/'].map((area) => this.#listArea(bucket, area, listed)));
        done += 1;
        if (done >= listersAwaited) resolve();
      }),
    ).then(() => undefined);
    // A failure is met by whoever awaits it all; here it must not be called unhandled.
    whole.catch(() => undefined);
    await Promise.race([whole, some.then(() => Promise.race([whole, delay(listingPatience)]))]);
    return { listed, whole };
  }

  /** `seq/<k>` of all buckets: what is not addressed by content is read everywhere (CHAIN.md 2), the slow ones' part later. */
  attestations(numbers: readonly number[]): Promise<NameReading[]> {
    return this.#first(
      numbers.map((k) => sequenceName(this.#chain, k)),
      limits.attestationShard,
      true,
    );
  }

  /**
   * `tuple/<H(t)>` of three buckets, a different three for each so that the load is shared; of all at once where they are quick, since then
   * each tuple is put together and hashed once instead of twice.
   */
  tuples(hashes: readonly string[]): Promise<NameReading[]> {
    return this.#first(
      hashes.map((hash) => tupleName(this.#chain, hash)),
      limits.shard,
      this.#room.patience.isQuick,
    );
  }

  /** Asks every bucket, and waits for those that are not slow. */
  async more(reading: NameReading): Promise<void> {
    const { order, ready } = this.#room.order(0);
    await reading.first(order, ready, true);
  }

  /** `seg/<n>`, as a tuple. */
  async segment(n: number): Promise<NameReading> {
    return (await this.#first([segmentName(this.#chain, n)], limits.shard, false))[0] as NameReading;
  }

  /** All buckets' answers, whoever is slow. */
  async allAttestations(numbers: readonly number[]): Promise<AttestationJob[]> {
    const names = numbers.map((k) => sequenceName(this.#chain, k));
    const answers = await this.#all(names, limits.attestationShard);
    return numbers.map((k, index) => ({ k, answers: answers[index] ?? [] }));
  }

  async allTuples(hashes: readonly string[]): Promise<TupleJob[]> {
    const names = hashes.map((hash) => tupleName(this.#chain, hash));
    const answers = await this.#all(names, limits.shard);
    return hashes.map((timestampHash, index) => ({ timestampHash, answers: answers[index] ?? [] }));
  }

  /** `hold/<bucket index>` of all buckets, for each of so many. */
  allHolds(count: number): Promise<(readonly BucketAnswer[])[]> {
    const names = Array.from({ length: count }, (_, bucket) => holdName(this.#chain, bucket));
    return this.#all(names, limits.attestationShard);
  }

  async #first(names: readonly string[], maximumLength: number, everywhere: boolean): Promise<NameReading[]> {
    const readings: NameReading[] = [];
    const decided: Promise<void>[] = [];
    for (const name of names) {
      const reading = new NameReading(this.#room, name, maximumLength);
      const { order, ready } = this.#room.order(this.#turn++);
      readings.push(reading);
      decided.push(reading.first(order, everywhere ? ready : firstShards, everywhere));
    }
    await Promise.all(decided);
    return readings;
  }

  #all(names: readonly string[], maximumLength: number): Promise<(readonly BucketAnswer[])[]> {
    return Promise.all(names.map((name) => new NameReading(this.#room, name, maximumLength).rest()));
  }

  async #listArea(bucket: Bucket, area: string, listed: Listed): Promise<void> {
    for (const name of await bucket.list(`${this.#chain}/${area}`, listedAtMost, this.#signal)) {
      const parsed = parseName(this.#chain, name);
      if (!parsed) continue;
      if ('seq' in parsed) listed.numbers.add(parsed.seq);
      else if ('seg' in parsed) listed.segments.add(parsed.seg);
      else listed.tuples.add(parsed.tuple);
    }
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
