import { createHash, randomUUID } from 'node:crypto';
import { fromHex } from '../../core/bytes/hex.ts';
import { limits } from '../../core/chain/limits.ts';
import { merkleCommitment } from '../../core/chain/tree.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { putJson, storeKeys, type Change, type WriterStore } from './writerStore.ts';
import type { StepHook } from './work.ts';

/** ⟨c, m⟩ (patent figure 5, step 2): a batch's name, its transactions as the tree's leaves in order, and H(m). */
export interface Batch {
  readonly c: string;
  readonly transactions: readonly Uint8Array[];
  /** H(d) of each, 32 bytes. */
  readonly hashes: readonly Uint8Array[];
  /** m^H */
  readonly merkle: Uint8Array;
}

export interface QueueBounds {
  /** Writes that may wait. */
  readonly writes: number;
  /** Bytes of them together. */
  readonly bytes: number;
}

/** More waits than this writer takes: the same write may be sent again later. */
class QueueFullError extends AuditorError {
  constructor(bounds: QueueBounds) {
    super(
      'source',
      'QUEUE_FULL',
      `More writes wait than this writer takes (${bounds.writes}, or ${bounds.bytes} bytes). Send it again in a few seconds.`,
    );
  }
}

interface Entry {
  readonly hash: string;
  readonly sequence: number;
  readonly size: number;
}

interface Waiting extends Entry {
  readonly transaction: Uint8Array;
  readonly done: (error?: unknown) => void;
}

/** What a tree of this many bytes of transactions needs beyond them in a tuple: heads, block, timestamp. */
const overhead = 16 * 1024;
const leafHead = 5;

/** The first of the three writing services: takes writes, and hands them out in batches until it is told that a batch is stored. */
export class BatchIt {
  readonly #store: WriterStore;
  readonly #bounds: QueueBounds;
  readonly #afterStep: StepHook;
  /** On disk, in the order of acceptance. */
  #queue: Entry[] = [];
  readonly #pending = new Map<string, { readonly entry: Entry; readonly stored: Promise<void> }>();
  #waiting: Waiting[] = [];
  #flushing = false;
  /** Takes back writes that were refused because a commit failed: they may be on the disk all the same. */
  #undo: readonly Change[] = [];
  #lastCommit: Promise<void> = Promise.resolve();
  #bytes = 0;
  #next = 0;
  #batch: { readonly c: string; readonly count: number } | undefined;
  #formed: Batch | undefined;

  private constructor(store: WriterStore, bounds: QueueBounds, afterStep: StepHook) {
    this.#store = store;
    this.#bounds = bounds;
    this.#afterStep = afterStep;
  }

  static async open(
    store: WriterStore,
    options: { readonly bounds?: QueueBounds; readonly afterStep?: StepHook } = {},
  ): Promise<BatchIt> {
    const { bounds = { writes: 100_000, bytes: 256 * 1024 * 1024 }, afterStep = () => undefined } = options;
    const batchIt = new BatchIt(store, bounds, afterStep);
    for await (const { key, value } of store.entries<Omit<Entry, 'hash'>>('pending')) {
      const entry = { hash: key, ...value };
      batchIt.#queue.push(entry);
      batchIt.#pending.set(key, { entry, stored: Promise.resolve() });
      batchIt.#bytes += value.size;
    }
    batchIt.#queue.sort((a, b) => a.sequence - b.sequence);
    batchIt.#next = (batchIt.#queue.at(-1)?.sequence ?? -1) + 1;
    batchIt.#batch = await store.json(storeKeys.batch);
    return batchIt;
  }

  /** Writes that are not final. */
  get length(): number {
    return this.#pending.size;
  }

  /**
   * Step 1: resolves with the hex of H(d) when d is on disk. The same d while it is pending is the same write.
   * @throws AuditorError `usage` TRANSACTION_LENGTH; QueueFullError; `source` IO_…
   */
  async enqueue(transaction: Uint8Array): Promise<string> {
    if (transaction.length > limits.transaction) {
      throw new AuditorError(
        'usage',
        'TRANSACTION_LENGTH',
        `A transaction has at most ${limits.transaction} bytes, not ${transaction.length}.`,
      );
    }
    const hash = hashOf(transaction);
    const known = this.#pending.get(hash);
    if (known !== undefined) {
      await known.stored;
      return hash;
    }
    const size = transaction.length;
    if (this.#pending.size >= this.#bounds.writes || this.#bytes + size > this.#bounds.bytes) {
      throw new QueueFullError(this.#bounds);
    }
    const entry: Entry = { hash, sequence: this.#next, size };
    this.#next += 1;
    this.#bytes += size;
    const stored = new Promise<void>((resolve, reject) => {
      const done = (error?: unknown) => (error === undefined ? resolve() : reject(error));
      this.#waiting.push({ ...entry, transaction: Uint8Array.from(transaction), done });
    });
    this.#pending.set(hash, { entry, stored });
    void this.#flush();
    await stored;
    this.#afterStep('1 accepted', null);
    return hash;
  }

  /** Step 2: the batch under way, or else a new one of the writes that wait, in their order; undefined where none waits. */
  async batch(): Promise<Batch | undefined> {
    if (this.#formed !== undefined) return this.#formed;
    if (this.#batch === undefined) {
      const count = this.#fitting();
      if (count === 0) return undefined;
      const batch = { c: randomUUID(), count };
      await this.#commit([putJson(storeKeys.batch, batch)]);
      this.#batch = batch;
      this.#afterStep('2 batched', batch.c);
    }
    const { c, count } = this.#batch;
    const entries = this.#queue.slice(0, count);
    const transactions = await this.#store.bytes(entries.map(({ sequence }) => storeKeys.write(sequence)));
    const hashes = entries.map(({ hash }) => fromHex(hash));
    this.#formed = { c, transactions, hashes, merkle: merkleCommitment(hashes) };
    return this.#formed;
  }

  /** Step 8: forgets a batch, in one commit with what the caller has to record about it. */
  async drop(c: string, also: readonly Change[]): Promise<void> {
    const batch = this.#batch;
    if (batch?.c !== c) throw new AuditorError('internal', 'WRITER_BATCH', `The batch ${c} is not under way.`);
    const entries = this.#queue.slice(0, batch.count);
    await this.#commit([
      ...also,
      { type: 'del', key: storeKeys.batch },
      ...entries.flatMap(({ hash, sequence }) => [
        { type: 'del' as const, key: storeKeys.pending(hash) },
        { type: 'del' as const, key: storeKeys.write(sequence) },
      ]),
    ]);
    this.#queue = this.#queue.slice(batch.count);
    for (const { hash, size } of entries) {
      this.#pending.delete(hash);
      this.#bytes -= size;
    }
    this.#batch = undefined;
    this.#formed = undefined;
    this.#afterStep('8 dropped', c);
  }

  /** Where a write is, or undefined where none of that hash is pending. */
  stateOf(hash: string): 'accepted' | 'batched' | undefined {
    const known = this.#pending.get(hash);
    if (known === undefined) return undefined;
    const last = this.#batch === undefined ? undefined : this.#queue[this.#batch.count - 1];
    return last !== undefined && known.entry.sequence <= last.sequence ? 'batched' : 'accepted';
  }

  /** How many of the writes that wait, from the first on, one tree can hold (CHAIN.md 19). */
  #fitting(): number {
    let bytes = overhead;
    let count = 0;
    for (const { size } of this.#queue) {
      bytes += size + leafHead;
      if (count === limits.leaves || bytes > limits.object) break;
      count += 1;
    }
    return count;
  }

  /**
   * One after the other, since each takes back what those before it failed to write.
   * @param takeBack what undoes the changes, should they fail and be on the disk all the same
   */
  #commit(changes: readonly Change[], takeBack: readonly Change[] = []): Promise<void> {
    const done = this.#lastCommit.then(async () => {
      const undo = this.#undo;
      try {
        // First what is taken back: the same bytes may be among what is written now.
        await this.#store.commit([...undo, ...changes]);
        this.#undo = [];
      } catch (error) {
        this.#undo = [...undo, ...takeBack];
        throw error;
      }
    });
    this.#lastCommit = done.catch(() => undefined);
    return done;
  }

  /** Commits everything that waits in one go, over and over: one flush of the disk serves all writes that came during the last. */
  async #flush(): Promise<void> {
    if (this.#flushing) return;
    this.#flushing = true;
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#commit(
          group.flatMap(({ hash, sequence, size, transaction }) => [
            { type: 'put' as const, key: storeKeys.write(sequence), value: transaction },
            putJson(storeKeys.pending(hash), { sequence, size }),
          ]),
          group.flatMap(({ hash, sequence }) =>
            [storeKeys.write(sequence), storeKeys.pending(hash)].map((key) => ({ type: 'del' as const, key })),
          ),
        );
        for (const { hash, sequence, size, done } of group) {
          this.#queue.push({ hash, sequence, size });
          done();
        }
      } catch (error) {
        for (const { hash, size, done } of group) {
          this.#pending.delete(hash);
          this.#bytes -= size;
          done(error);
        }
      }
    }
    this.#flushing = false;
  }
}

/** H(d) in hex, by OpenSSL: forty times as fast as the core's own, which matters for 16 MiB on the thread that answers requests. */
function hashOf(transaction: Uint8Array): string {
  return createHash('sha3-256').update(transaction).digest('hex');
}
