import { setTimeout as delay } from 'node:timers/promises';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import { readSuccessor } from '../../core/chain/successor/successorRecord.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { ReplicationConflictError, ReplicationRefusedError } from '../replication/bucketWriter.ts';
import { createTroubleTeller } from '../replication/troubleTeller.ts';
import {
  SequencerLostError,
  SequencerUnreachableError,
  type SequencerClient,
  type SequencerIdentity,
} from '../sequencer/sequencerClient.ts';
import { BatchIt, type QueueBounds } from './batchIt.ts';
import { Chains } from './chains.ts';
import { ForeignNumberError, StoreIt, type TransactionRecord } from './storeIt.ts';
import { storeKeys, WriterStore } from './writerStore.ts';
import { ZipIt } from './zipIt.ts';
import type { ReplicationService } from '../replication/replicate.ts';
import type { TimestampService } from '../timestamp/timestampService.ts';
import type { ChainRecord } from './chainRecord.ts';
import type { SurveyChain } from './successorOf.ts';
import type { StepHook, Work } from './work.ts';

/** A running sequencer, as `spawnSequencer` gives it. */
export interface WriterSequencer {
  readonly identity: SequencerIdentity;
  readonly client: SequencerClient;
  /** Calls back once when it has ended; its key, and with it the chain, is gone then. */
  onExit(callback: (exit: unknown) => void): void;
  stop(): Promise<unknown>;
}

export type WriterEvent =
  | { readonly kind: 'chain opened'; readonly chain: ChainRecord }
  | { readonly kind: 'chain ended'; readonly chain: ChainRecord; readonly why: string }
  | { readonly kind: 'block'; readonly chain: ChainRecord; readonly k: number; readonly transactions: number }
  | { readonly kind: 'trouble'; readonly words: string }
  | { readonly kind: 'failed'; readonly error: Error };

export interface WriterOptions {
  /** The writer's own disk. */
  readonly folder: string;
  /** Name of the first chain; further ones get `-2`, `-3` … */
  readonly name: string;
  readonly timestamps: TimestampService;
  readonly replication: ReplicationService;
  /** A running sequencer: at the start, and again whenever the one before is gone. */
  readonly openSequencer: () => Promise<WriterSequencer>;
  /** Milliseconds between batches. */
  readonly interval: number;
  readonly bounds?: QueueBounds;
  /** What the buckets show of a chain that has ended, for its successor's record; left out, what the writer knows itself. */
  readonly surveyChain?: SurveyChain;
  readonly onEvent?: (event: WriterEvent) => void;
  /** Called at the boundary of each step; what it throws ends the writer as a crash there would. For tests. */
  readonly afterStep?: StepHook;
}

export type TransactionState = 'accepted' | 'batched' | 'stored' | 'sequenced' | 'final' | 'forked' | 'unknown';

/** Where a transaction is. `chain` (its name), `genesis`, `block` (H(b)) and `k` as far as they are settled. */
export interface TransactionStatus {
  readonly transaction: string;
  readonly state: TransactionState;
  readonly chain?: string;
  readonly genesis?: string;
  readonly k?: number;
  readonly height?: number;
  readonly block?: string;
}

/** The writing side of the chain: BatchIt, ZipIt and StoreIt, one block after the other, each step continued after a crash. */
export class Writer {
  readonly #options: WriterOptions;
  readonly #store: WriterStore;
  readonly #batchIt: BatchIt;
  readonly #zipIt: ZipIt;
  readonly #storeIt: StoreIt;
  readonly #chains: Chains;
  readonly #abort: AbortController;
  #wake: () => void = () => undefined;
  #sequencer: { readonly running: WriterSequencer; ended: boolean } | undefined;
  #lost: string | undefined;
  #work: Work | undefined;
  #nextBatchAt = 0;
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  private constructor(options: WriterOptions, parts: Parts) {
    this.#options = options;
    this.#store = parts.store;
    this.#batchIt = parts.batchIt;
    this.#zipIt = parts.zipIt;
    this.#storeIt = parts.storeIt;
    this.#chains = parts.chains;
    this.#work = parts.work;
    this.#abort = parts.abort;
  }

  /** Opens the writer's disk and goes on with what it finds there. @throws AuditorError `usage` WRITER_LOCKED, `source` IO_… */
  static async open(options: WriterOptions): Promise<Writer> {
    const { afterStep = () => undefined } = options;
    const store = await WriterStore.open(options.folder);
    try {
      const abort = new AbortController();
      const batchIt = await BatchIt.open(store, { afterStep, ...(options.bounds ? { bounds: options.bounds } : {}) });
      const zipIt = new ZipIt({ store, timestamps: options.timestamps, afterStep });
      const storeIt = new StoreIt({
        store,
        batchIt,
        replication: options.replication,
        afterStep,
        signal: abort.signal,
        onTrouble: (words) => options.onEvent?.({ kind: 'trouble', words }),
      });
      const chains = await Chains.open(store, options.name);
      for (const chain of chains.published) storeIt.segments.resume(chain);
      const work = await store.json<Work>(storeKeys.work);
      await storeIt.sweep(work);
      const writer = new Writer(options, { store, batchIt, zipIt, storeIt, chains, work, abort });
      writer.#running = writer.#run();
      return writer;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  /** Step 1: resolves with the hex of H(d) when d is on disk. @throws AuditorError TRANSACTION_LENGTH | TRANSACTION_RESERVED | QUEUE_FULL | WRITER_STOPPED | IO_… */
  async write(transaction: Uint8Array): Promise<string> {
    if (this.#stopping)
      throw new AuditorError('source', 'WRITER_STOPPED', 'The writer is stopping. Send it again later.');
    // At the head of a first chain it would speak in the writer's name (CHAIN.md 33).
    if (readSuccessor(transaction)) {
      throw new AuditorError(
        'usage',
        'TRANSACTION_RESERVED',
        'These bytes are a successor record, which only the writer makes. Record their digest instead.',
      );
    }
    return this.#batchIt.enqueue(transaction);
  }

  /** @param hash hex of H(d) */
  async status(hash: string): Promise<TransactionStatus> {
    const pending = this.#batchIt.stateOf(hash);
    const work = pending === 'batched' && typeof this.#work?.c === 'string' ? this.#work : undefined;
    const record = await this.#store.json<TransactionRecord>(storeKeys.transaction(hash));
    // A transaction that was final once stays so, also while the same bytes are written again; a forked one is so until it is in a new block.
    if (record !== undefined && (record.state === 'final' || work === undefined))
      return { transaction: hash, ...record };
    if (pending === undefined) return { transaction: hash, state: 'unknown' };
    if (work === undefined || work.step === 'zipped') return { transaction: hash, state: pending };
    const chain = this.#chains.byGenesis(work.chain);
    return {
      transaction: hash,
      state: work.step,
      genesis: work.chain,
      ...(chain === undefined ? {} : { chain: chain.name }),
      ...(work.k === undefined ? {} : { k: work.k }),
    };
  }

  /** Every chain that has its block zero, the last one last. */
  chains(): readonly ChainRecord[] {
    return this.#chains.published;
  }

  /** Writes that are not final. */
  get pending(): number {
    return this.#batchIt.length;
  }

  /**
   * Finishes the block under way and closes the disk; what waits stays on disk for the next start.
   * @param patience milliseconds after which a block that cannot be finished is left for the next start too
   */
  async stop(patience = 5_000): Promise<void> {
    this.#stopping = true;
    this.#wake();
    const timer = new AbortController();
    const late = delay(patience, undefined, { signal: timer.signal }).then(
      () => this.#abort.abort(new Error('The writer was stopped.')),
      () => undefined,
    );
    await Promise.race([this.#running, late]);
    timer.abort();
    // A request that cannot be called back ends on its own; what it brings finds the disk closed, and is asked for again at the next start.
    await Promise.race([this.#running, delay(500)]);
    await Promise.race([this.#storeIt.segments.close(), delay(500)]);
    await this.#store.close();
  }

  async #run(): Promise<void> {
    const trouble = createTroubleTeller((words) => this.#tell({ kind: 'trouble', words }));
    for (let wait = 200; !this.#abort.signal.aborted;) {
      try {
        const advanced = await this.#advance();
        if (advanced) {
          trouble.over('Writing goes on.');
          wait = 200;
        }
        if (!advanced && this.#stopping) return;
        if (!advanced) await this.#sleep(Math.max(0, this.#nextBatchAt - performance.now()));
      } catch (error) {
        if (this.#abort.signal.aborted) return;
        if (!(await this.#overcome(error, trouble.tell))) return;
        await this.#sleep(wait * (0.5 + Math.random() / 2));
        wait = Math.min(wait * 2, 5_000);
      }
    }
  }

  /** One step forward, as the disk says where it stands; false where there is nothing to do yet. */
  async #advance(): Promise<boolean> {
    const work = this.#work;
    if (work?.step === 'sequenced') {
      await this.#finish(work);
      return true;
    }
    if (this.#sequencer?.ended === true) this.#loseSequencer('its process ended');
    if (this.#sequencer === undefined) {
      if (this.#stopping) return false;
      await this.#takeSequencer();
      return true;
    }
    const chain = this.#chains.current;
    if (work !== undefined && chain !== undefined) {
      this.#work =
        work.step === 'zipped'
          ? await this.#storeIt.storeTuple(work)
          : await this.#storeIt.sequence(work, chain, this.#sequencer.running.client);
      return true;
    }
    if (this.#stopping) return false;
    if (chain === undefined) {
      this.#work = await this.#chains.found(
        this.#zipIt,
        this.#sequencer.running.identity,
        await this.#options.timestamps.pin(),
        this.#options.surveyChain,
      );
      return true;
    }
    if (chain.height === 0 && chain.successor !== undefined) {
      this.#work = await this.#zipIt.zipSuccessor(chain, chain.successor);
      return true;
    }
    if (performance.now() < this.#nextBatchAt) return false;
    this.#nextBatchAt = performance.now() + this.#options.interval;
    const batch = await this.#batchIt.batch();
    if (batch === undefined) return false;
    this.#work = await this.#zipIt.zip(chain, batch);
    return true;
  }

  async #finish(work: Work): Promise<void> {
    const chain = this.#chains.current;
    if (chain === undefined || chain.genesis !== work.chain) {
      throw new AuditorError('internal', 'WRITER_ORDER', 'The block under way belongs to no chain that can grow.');
    }
    const batch = work.c === null ? undefined : await this.#batchIt.batch();
    const next = await this.#storeIt.finish(work, chain, batch);
    this.#work = undefined;
    this.#chains.replace(next);
    await this.#storeIt.clear(work);
    if (next.height === 0) this.#tell({ kind: 'chain opened', chain: next });
    else this.#tell({ kind: 'block', chain: next, k: next.next - 1, transactions: batch?.transactions.length ?? 1 });
  }

  /** Gets a sequencer, and goes on with the current chain where it is that chain's; ends the chain where it is not. */
  async #takeSequencer(): Promise<void> {
    const running = await this.#options.openSequencer();
    const { publicKey, genesis } = running.identity;
    const chain = this.#chains.current;
    if (chain !== undefined) {
      const samePin = canonicalJson(chain.timestamp) === canonicalJson(await this.#options.timestamps.pin());
      const same = chain.sequencerKey === publicKey && (genesis === null || genesis === chain.genesis) && samePin;
      if (!same)
        await this.#endChain(
          this.#lost ?? 'its sequencer, or its timestamp service, is another one since the last start',
        );
    }
    if (this.#chains.current === undefined && genesis !== null) {
      throw new AuditorError(
        'usage',
        'WRITER_SEQUENCER',
        `The sequencer has a chain already (${genesis}), which is not this writer's: one sequencer serves one chain. Start another sequencer.`,
      );
    }
    const taken = { running, ended: false };
    this.#lost = undefined;
    this.#sequencer = taken;
    running.onExit(() => {
      taken.ended = true;
      this.#wake();
    });
  }

  async #endChain(why: string, foreign?: number): Promise<void> {
    const chain = this.#chains.current;
    if (this.#work?.step === 'zipped') await this.#storeIt.complete(this.#work);
    await this.#chains.end(why, foreign);
    if (this.#work !== undefined) await this.#storeIt.clear(this.#work);
    this.#work = undefined;
    if (chain !== undefined) this.#storeIt.segments.ended(chain);
    if (chain !== undefined && chain.next > 0) this.#tell({ kind: 'chain ended', chain, why });
  }

  #loseSequencer(why: string): void {
    this.#lost = `the sequencer that it belongs to is gone (${why}), and nobody else has its key`;
    this.#sequencer = undefined;
  }

  /** What can be put right is told and tried again; the loss of the sequencer leads to a new chain. False: the writer ends. */
  async #overcome(error: unknown, tell: (words: string) => void): Promise<boolean> {
    if (error instanceof SequencerLostError) {
      this.#loseSequencer('another one answers in its place');
      return true;
    }
    if (error instanceof ForeignNumberError) {
      try {
        await this.#endChain(error.message, error.k);
        await this.#sequencer?.running.stop();
        this.#sequencer = undefined;
        return true;
      } catch (fault) {
        return this.#overcome(fault, tell);
      }
    }
    if (error instanceof SequencerUnreachableError && this.#sequencer?.ended === true) return true;
    const final = error instanceof ReplicationConflictError || error instanceof ReplicationRefusedError;
    if (error instanceof AuditorError && error.kind === 'source' && !final) {
      tell(`Writing waits: ${error.message} Trying again.`);
      return true;
    }
    this.#stopping = true;
    this.#tell({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
    return false;
  }

  #tell(event: WriterEvent): void {
    this.#options.onEvent?.(event);
  }

  /** Until the time is over, the writer is stopped, or its sequencer ends. */
  async #sleep(milliseconds: number): Promise<void> {
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    const signal = AbortSignal.any([woken.signal, this.#abort.signal]);
    await delay(milliseconds, undefined, { signal }).catch(() => undefined);
    this.#wake = () => undefined;
  }
}

interface Parts {
  readonly store: WriterStore;
  readonly batchIt: BatchIt;
  readonly zipIt: ZipIt;
  readonly storeIt: StoreIt;
  readonly chains: Chains;
  readonly work: Work | undefined;
  readonly abort: AbortController;
}
