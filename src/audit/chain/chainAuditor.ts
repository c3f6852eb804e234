import { bestDocument } from '../../core/chain/bestDocument.ts';
import { partNotPinned } from '../../core/chain/chainContext.ts';
import { findTransaction, type Found } from '../../core/chain/findTransaction.ts';
import { listForks } from '../../core/chain/forks.ts';
import { limits } from '../../core/chain/limits.ts';
import { addAttestation, addTuple, concludeOmc, extendOmc, startOmc, type OmcState } from '../../core/chain/omc.ts';
import type { EntryKey } from '../../core/chain/readEntry.ts';
import type { TranscriptEntry } from '../../core/chain/transcript/transcript.ts';
import type {
  AttestedSequence,
  ChainAudit,
  Junk,
  SequencedBlock,
  Stop,
  TimestampedBlock,
} from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Bucket } from '../source/bucket.ts';
import { ChainReader } from './chainReader.ts';
import { concludeAudit, concludeNotPinned } from './concludeAudit.ts';
import type { ChainExecutor, TupleJob } from './executor.ts';
import { keepDocuments } from './keepDocuments.ts';
import type { AuditPhase, AuditSnapshot } from './snapshot.ts';
import { StorageTally } from './storageTally.ts';

export interface ChainAuditorOptions {
  readonly pin: ChainPin;
  /** In the writer's order. */
  readonly buckets: readonly Bucket[];
  readonly executor: ChainExecutor;
  /** Called at most every `snapshotMilliseconds`, and at every change of phase. */
  readonly onSnapshot?: (snapshot: AuditSnapshot) => void;
  readonly signal?: AbortSignal;
  /** A clock for rates only, in milliseconds. */
  readonly clock?: () => number;
}

export type Certified =
  | { readonly result: 'certificate'; readonly text: string; readonly audit: ChainAudit }
  | { readonly result: 'absent' | 'unknown'; readonly reason: string; readonly audit: ChainAudit };

/** So many numbers are read and verified together. */
const windowLength = 48;
/** Sweeps of the remaining buckets that may be under way beside the reading. */
const sweepsAtMost = 3;
/** Tuples that a listing names and nobody sequenced are looked at up to here. */
const unsequencedAtMost = 1024;
const snapshotMilliseconds = 200;
const followMilliseconds = 1000;
/** In following, so many numbers beyond the end are asked for; the full probe is for the first run. */
const followProbe = 4;

/**
 * The audit of one chain from its buckets: reads, has everything verified by the executor, follows the main chain and judges it. It
 * believes no bucket and needs no index (DESIGN §5). One auditor serves one chain; `run` it once.
 */
export class ChainAuditor {
  readonly #pin: ChainPin;
  readonly #executor: ChainExecutor;
  readonly #reader: ChainReader;
  readonly #tally: StorageTally;
  readonly #options: ChainAuditorOptions;
  readonly #state: OmcState;
  readonly #sweeps = new Set<Promise<void>>();
  readonly #foundJunk: Junk[] = [];
  readonly #clock: () => number;
  #unsequenced = 0;
  #listed = new Set<string>();
  #done = 0;
  #hint = 0;
  #started = 0;
  #shown = Number.NEGATIVE_INFINITY;
  #audit: ChainAudit | null = null;

  constructor(options: ChainAuditorOptions) {
    const { pin, buckets, executor } = options;
    this.#options = options;
    this.#pin = pin;
    this.#executor = executor;
    this.#reader = new ChainReader(pin.genesis ?? '', buckets, options.signal);
    this.#tally = new StorageTally(buckets.map(({ url }) => ({ url })));
    const genesis = pin.genesis ?? '';
    this.#state = startOmc(pin.checkpoint ? { genesis, checkpoint: pin.checkpoint } : { genesis });
    this.#clock = options.clock ?? (() => performance.now());
  }

  /**
   * Audits from block zero, or from the pinned checkpoint, to the end as shown. With `follow` it goes on until aborted, showing each
   * new block, and then throws the signal's reason.
   * @throws AuditorError when workers break down; the signal's reason when aborted. Bad storage is never thrown.
   */
  async run({ follow = false }: { readonly follow?: boolean } = {}): Promise<ChainAudit> {
    const part = partNotPinned(this.#pin);
    if (part) {
      this.#audit = concludeNotPinned(this.#pin, part);
      this.#show('done');
      return this.#audit;
    }
    this.#started = this.#clock();
    this.#show('listing');
    await this.#executor.open(this.#pin);
    const { numbers, tuples } = await this.#reader.list();
    this.#listed = new Set(tuples);
    this.#hint = (numbers.at(-1) ?? -1) + 1;
    await this.#readNumbers(numbers);
    this.#show('storage');
    await Promise.all(this.#sweeps);
    await this.#lookAtUnsequenced();
    let audit = await this.#conclude(follow ? 'following' : 'done');
    while (follow) {
      await this.#pause(followMilliseconds);
      if (await this.#readNews()) audit = await this.#conclude('following');
    }
    return audit;
  }

  /** Where a record stands, from what has been read so far. */
  find(hash: Uint8Array): Found {
    const closed = this.#audit?.stop.reason === 'end as shown';
    return findTransaction(
      this.#state.main as readonly SequencedBlock[],
      (block) => this.#transactionsOf(block),
      hash,
      closed,
    );
  }

  /** The fields of one block and its records' hashes, as read; undefined where it was not. */
  blockOf(timestampHash: string): TimestampedBlock | undefined {
    return this.#state.tuples.get(timestampHash)?.tuple ?? undefined;
  }

  /** The enclave documents that give one number, as read. */
  attestationsOf(k: number): readonly AttestedSequence[] {
    return this.#state.numbers.get(k)?.sequences ?? [];
  }

  /** `verify` of the patent as a file: a certificate for H(d), or that it is absent, or that this cannot be told (CHAIN.md 31). */
  async certify(hash: Uint8Array): Promise<Certified> {
    const audit = this.#audit ?? (await this.#conclude('done'));
    if (audit.verdict === 'rejected') {
      return { result: 'unknown', reason: 'The chain is rejected, so nothing on it is certified.', audit };
    }
    const found = this.find(hash);
    if (found.result === 'absent') return { result: 'absent', reason: 'No block on the main chain holds it.', audit };
    if (found.result === 'unknown') {
      return { result: 'unknown', reason: 'It was not found, but not everything could be read.', audit };
    }
    const entries = await this.#entriesUpTo(found.block.k);
    if (!entries) return { result: 'unknown', reason: 'The buckets no longer give what was read before.', audit };
    try {
      const text = await this.#executor.certificate(
        {
          pin: this.#pin,
          hash: toHex(hash),
          height: found.block.height as number,
          transactions: found.transactions,
          entries,
          earlierTreesUnread: found.earlierTreesUnread,
        },
        this.#options.signal,
      );
      return { result: 'certificate', text, audit };
    } catch (error) {
      if (error instanceof AuditorError && error.code === 'CERTIFICATE_MAKE') {
        return { result: 'unknown', reason: error.message, audit };
      }
      throw error;
    }
  }

  #transactionsOf(block: SequencedBlock): Uint8Array | null {
    return this.#state.tuples.get(block.timestampHash)?.tuple?.transactions ?? null;
  }

  /** Reads number after number until nothing is shown for `limits.probe` of them, and every number that a listing names. */
  async #readNumbers(listed: readonly number[]): Promise<void> {
    const first = this.#pin.checkpoint?.k ?? 0;
    let next = first;
    const limit = (): number => Math.max(this.#state.end, first - 1) + limits.probe;
    const window = (): number[] => {
      const numbers: number[] = [];
      while (numbers.length < windowLength && next <= limit()) numbers.push(next++);
      return numbers;
    };
    for (let numbers = window(); numbers.length > 0; numbers = window()) await this.#readWindow(numbers);
    const far = listed.filter((k) => k >= next);
    for (let at = 0; at < far.length; at += windowLength) {
      await this.#readWindow(far.slice(at, at + windowLength));
      // A valid number far out moves the end, so what lies behind it is probed too.
      next = Math.max(next, this.#state.end);
    }
    if (far.length > 0)
      for (let numbers = window(); numbers.length > 0; numbers = window()) await this.#readWindow(numbers);
  }

  async #readWindow(numbers: readonly number[]): Promise<void> {
    const { signal } = this.#options;
    signal?.throwIfAborted();
    const findings = await this.#executor.attestations(await this.#reader.attestations(numbers), signal);
    const hashes = new Set<string>();
    for (const finding of findings) {
      addAttestation(this.#state, finding);
      this.#tally.note(`seq/${finding.k}`, finding.shards);
      for (const { y } of finding.sequences) {
        const hash = y.slice(32);
        if (!this.#state.tuples.get(hash)?.tuple?.transactions) hashes.add(hash);
      }
    }
    await this.#readTuples([...hashes]);
    this.#done = Math.max(this.#done, Math.min((numbers.at(-1) ?? 0) + 1, this.#state.end + 1));
    extendOmc(this.#state);
    // Once there is a result, what is new is shown when it has been judged: a verdict does not come and go.
    if (!this.#audit) this.#show('blocks');
  }

  /** Three buckets first; where that does not give the whole tuple all are read at once, else the others are swept beside (CHAIN.md 2). */
  async #readTuples(hashes: readonly string[]): Promise<void> {
    if (hashes.length === 0) return;
    const { signal } = this.#options;
    const jobs = await this.#reader.firstTuples(hashes);
    const first = await this.#executor.tuples(jobs, signal);
    const whole: TupleJob[] = [];
    const short: TupleJob[] = [];
    for (const [index, finding] of first.entries()) {
      const job = jobs[index] as TupleJob;
      if (finding.tuple?.transactions) {
        addTuple(this.#state, finding);
        whole.push(job);
      } else short.push(job);
    }
    if (short.length > 0) await this.#sweep(short);
    while (this.#sweeps.size >= sweepsAtMost) await Promise.race(this.#sweeps);
    const sweep = this.#sweep(whole).finally(() => this.#sweeps.delete(sweep));
    // A failure is met where the sweeps are awaited; here it must not be called unhandled.
    sweep.catch(() => undefined);
    this.#sweeps.add(sweep);
  }

  async #sweep(jobs: readonly TupleJob[]): Promise<void> {
    if (jobs.length === 0) return;
    const findings = await this.#executor.tuples(await this.#reader.restOf(jobs), this.#options.signal);
    for (const finding of findings) {
      const known = this.#state.tuples.get(finding.timestampHash)?.tuple?.transactions;
      addTuple(this.#state, known ? { ...finding, signatures: 0 } : finding);
      this.#tally.note(`tuple/${finding.timestampHash}`, finding.shards);
    }
  }

  /** Tuples that a bucket lists and no valid attestation names: counted, never candidates (CHAIN.md 10). */
  async #lookAtUnsequenced(): Promise<void> {
    const hashes = [...this.#listed].filter((hash) => !this.#state.wanted.has(hash)).slice(0, unsequencedAtMost);
    for (let at = 0; at < hashes.length; at += windowLength) {
      const jobs = await this.#reader.tuples(hashes.slice(at, at + windowLength));
      for (const finding of await this.#executor.tuples(jobs, this.#options.signal)) {
        if (finding.tuple) this.#unsequenced += 1;
        this.#foundJunk.push(...finding.junk);
      }
    }
  }

  /** Looks for what has been written since, and again for what was missing. True when something came of it. */
  async #readNews(): Promise<boolean> {
    const { end, filled } = this.#state;
    const numbers = Array.from({ length: followProbe }, (_, index) => end + 1 + index);
    if (filled < end) numbers.unshift(filled + 1);
    await this.#readWindow(numbers);
    if (filled < end) {
      const lost = this.#state.numbers.get(filled + 1)?.sequences.map(({ y }) => y.slice(32)) ?? [];
      await this.#sweep(await this.#reader.tuples(lost));
    }
    while (this.#state.end >= end + followProbe && (await this.#readOn(this.#state.end))) {
      // More was written meanwhile than one look shows.
    }
    await Promise.all(this.#sweeps);
    extendOmc(this.#state);
    return this.#state.end > end || this.#state.filled > filled;
  }

  async #readOn(end: number): Promise<boolean> {
    await this.#readWindow(Array.from({ length: windowLength }, (_, index) => end + 1 + index));
    return this.#state.end > end;
  }

  async #entriesUpTo(last: number): Promise<TranscriptEntry[] | null> {
    const first = this.#pin.checkpoint?.k ?? 0;
    const keys: EntryKey[] = [];
    for (let k = first; k <= last; k += 1) {
      const best = bestDocument(this.#state.numbers.get(k)?.sequences ?? [], this.#pin.measurements ?? []);
      if (!best) return null;
      keys.push({ k, object: best.object, timestampHash: best.y.slice(32) });
    }
    const entries: TranscriptEntry[] = [];
    for (let at = 0; at < keys.length; at += windowLength) {
      const part = keys.slice(at, at + windowLength);
      const attestations = await this.#reader.attestations(part.map(({ k }) => k));
      const tuples = await this.#reader.tuples(part.map(({ timestampHash }) => timestampHash));
      const jobs = part.map((key, index) => ({
        key,
        attestation: attestations[index]?.answers ?? [],
        tuple: tuples[index]?.answers ?? [],
      }));
      for (const entry of await this.#executor.entries(jobs, this.#options.signal)) {
        if (!entry) return null;
        entries.push(entry);
      }
    }
    return entries;
  }

  async #conclude(phase: AuditPhase): Promise<ChainAudit> {
    const needed = (name: string): boolean => {
      const tuple = name.startsWith('tuple/');
      return tuple ? this.#state.wanted.has(name.slice(6)) : Number(name.slice(4)) <= this.#state.end;
    };
    const result = concludeOmc(this.#state);
    const read = async (k: number) => (await this.#reader.attestations([k]))[0]?.answers ?? [];
    this.#audit = await concludeAudit(this.#pin, this.#state, result, {
      buckets: this.#tally.findings(),
      unreadable: this.#tally.unreadable(needed),
      unsequenced: this.#unsequenced,
      junk: this.#foundJunk,
      equivocation: await keepDocuments(result.contradictions, read),
    });
    this.#show(phase);
    return this.#audit;
  }

  #show(phase: AuditPhase): void {
    const { onSnapshot } = this.#options;
    const now = this.#clock();
    if (!onSnapshot || (phase === 'blocks' && now - this.#shown < snapshotMilliseconds)) return;
    this.#shown = now;
    const audit = this.#audit;
    const seconds = Math.max((now - this.#started) / 1000, 0.001);
    const total = Math.max(this.#hint, this.#state.end + 1);
    const rate = this.#done / seconds;
    const stop: Stop | null = audit?.stop ?? null;
    onSnapshot({
      phase,
      mainChain: audit?.mainChain ?? this.#state.main.map((node) => ({ ...node })),
      forks: audit?.forks ?? listForks(this.#state.main, this.#state.children, this.#state.cut),
      orphans: audit?.orphans ?? [],
      stop,
      progress: {
        done: this.#done,
        total,
        unit: 'blocks',
        rate,
        secondsLeft: rate > 0 && total > this.#done ? (total - this.#done) / rate : null,
      },
      buckets: audit?.storage ?? this.#tally.findings(),
      audit,
    });
  }

  #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#options;
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, milliseconds);
      const abort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', abort, { once: true });
    });
  }
}

/** An auditor for one chain, not yet running. */
export function createChainAuditor(options: ChainAuditorOptions): ChainAuditor {
  return new ChainAuditor(options);
}
