import { limits } from '../../core/chain/limits.ts';
import { parseName, sequenceName, tupleName } from '../../core/chain/names.ts';
import type { BucketAnswer } from '../../core/chain/types.ts';
import type { Bucket } from '../source/bucket.ts';
import type { AttestationJob, TupleJob } from './executor.ts';

/** No more names of one bucket's listing are looked at: a listing is a hint, and a liar may make it endless. */
const listedAtMost = 250_000;

/** Reads a chain's names from all of its buckets. */
export class ChainReader {
  readonly #chain: string;
  readonly #buckets: readonly Bucket[];
  readonly #signal: AbortSignal | undefined;

  constructor(chain: string, buckets: readonly Bucket[], signal: AbortSignal | undefined) {
    this.#chain = chain;
    this.#buckets = buckets;
    this.#signal = signal;
  }

  /** Every number and H(t) that any bucket's listing names (CHAIN.md 9). */
  async list(): Promise<{ readonly numbers: readonly number[]; readonly tuples: ReadonlySet<string> }> {
    const numbers = new Set<number>();
    const tuples = new Set<string>();
    const listings = await Promise.all(
      this.#buckets.flatMap((bucket) =>
        ['seq/', 'tuple/'].map((area) => bucket.list(`${this.#chain}/${area}`, listedAtMost, this.#signal)),
      ),
    );
    for (const listing of listings) {
      for (const name of listing) {
        const parsed = parseName(this.#chain, name);
        if (!parsed) continue;
        if ('seq' in parsed) numbers.add(parsed.seq);
        else if ('tuple' in parsed) tuples.add(parsed.tuple);
      }
    }
    return { numbers: [...numbers].sort((a, b) => a - b), tuples };
  }

  /** All buckets' answers: what is not addressed by content is read everywhere (CHAIN.md 2). */
  async attestations(numbers: readonly number[]): Promise<AttestationJob[]> {
    return Promise.all(
      numbers.map(async (k) => ({
        k,
        answers: await this.#readAll(sequenceName(this.#chain, k), limits.attestationShard),
      })),
    );
  }

  /** The answers of three buckets, a different three for each job so that the load is shared; the others count as missing. */
  async firstTuples(hashes: readonly string[]): Promise<TupleJob[]> {
    const count = this.#buckets.length;
    return Promise.all(
      hashes.map(async (timestampHash, index) => {
        const chosen = new Set([0, 1, 2].map((offset) => (index + offset) % Math.max(count, 1)));
        const answers = this.#buckets.map((bucket, number) =>
          chosen.has(number) ? this.#read(bucket, tupleName(this.#chain, timestampHash)) : 'missing',
        );
        return { timestampHash, answers: await Promise.all(answers) };
      }),
    );
  }

  async tuples(hashes: readonly string[]): Promise<TupleJob[]> {
    return Promise.all(
      hashes.map(async (timestampHash) => ({
        timestampHash,
        answers: await this.#readAll(tupleName(this.#chain, timestampHash), limits.shard),
      })),
    );
  }

  /** The buckets that were not asked the first time are asked now; what was read stays. */
  async restOf(jobs: readonly TupleJob[]): Promise<TupleJob[]> {
    return Promise.all(
      jobs.map(async ({ timestampHash, answers }) => ({
        timestampHash,
        answers: await Promise.all(
          answers.map((answer, number) => {
            const bucket = this.#buckets[number];
            return answer === 'missing' && bucket ? this.#read(bucket, tupleName(this.#chain, timestampHash)) : answer;
          }),
        ),
      })),
    );
  }

  #readAll(name: string, maximumLength: number): Promise<BucketAnswer[]> {
    return Promise.all(this.#buckets.map((bucket) => this.#read(bucket, name, maximumLength)));
  }

  #read(bucket: Bucket, name: string, maximumLength: number = limits.shard): Promise<BucketAnswer> {
    return bucket.read(name, maximumLength, this.#signal);
  }
}
