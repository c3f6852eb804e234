import { partNotPinned } from '../../core/chain/chainContext.ts';
import { findTransaction, type Found } from '../../core/chain/findTransaction.ts';
import { concludeOmc, extendOmc, type OmcState } from '../../core/chain/omc.ts';
import { segmentOf } from '../../core/chain/segment.ts';
import type {
  AttestedSequence,
  BucketAnswer,
  ChainAudit,
  Junk,
  SequencedBlock,
  TimestampedBlock,
} from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Bucket } from '../source/bucket.ts';
import { AuditJournal } from '../resume/auditJournal.ts';
import type { AuditMemory } from '../resume/auditMemory.ts';
import { memoryIdentity } from '../resume/memoryIdentity.ts';
import { ChainReader } from './chainReader.ts';
import { ChainReading, windowLength } from './chainReading.ts';
import { concludeAudit, concludeNotPinned } from './concludeAudit.ts';
import { Evidence } from './evidence.ts';
import type { ChainExecutor } from './executor.ts';
import { keepDocuments } from './keepDocuments.ts';
import { pause } from '../source/pause.ts';
import { readEntries } from './readEntries.ts';
import { readObject } from './readObject.ts';
import { readHolds, type HoldFile } from './readHolds.ts';
import { asksForHolds } from '../../core/chain/hold/judgeHolds.ts';
import type { HoldEvidence } from '../../core/chain/hold/holdEvidence.ts';
import { SnapshotMaker, type AuditPhase, type AuditSnapshot } from './snapshot.ts';

export interface ChainAuditorOptions {
  readonly pin: ChainPin;
  /** In the writer's order. */
  readonly buckets: readonly Bucket[];
  readonly executor: ChainExecutor;
  /** Called at most every `snapshotMilliseconds`, and at every change of phase. */
  readonly onSnapshot?: (snapshot: AuditSnapshot) => void;
  readonly signal?: AbortSignal;
  /** What an earlier audit under the same `memoryIdentity` left is continued, and this one's findings are left there. */
  readonly memory?: AuditMemory;
  /** A sentence for people about that: what was not reused or not kept, and why. */
  readonly onWords?: (words: string) => void;
  /** Hold attestations that came beside the audit, for a pin that asks for them. */
  readonly holds?: readonly HoldFile[];
  /** A clock for rates only, in milliseconds. */
  readonly clock?: () => number;
}

export type Certified =
  | { readonly result: 'certificate'; readonly text: string; readonly audit: ChainAudit }
  | { readonly result: 'absent' | 'unknown'; readonly reason: string; readonly audit: ChainAudit };

/** Tuples that a listing names and nobody sequenced are looked at up to here. */
const unsequencedAtMost = 1024;
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
  readonly #options: ChainAuditorOptions;
  readonly #evidence: Evidence;
  readonly #state: OmcState;
  readonly #reading: ChainReading;
  readonly #foundJunk: Junk[] = [];
  readonly #snapshots: SnapshotMaker;
  readonly #journal: AuditJournal | undefined;
  #unsequenced = 0;
  #audit: ChainAudit | null = null;

  constructor(options: ChainAuditorOptions) {
    const { pin, buckets, executor } = options;
    this.#options = options;
    this.#pin = pin;
    this.#executor = executor;
    this.#reader = new ChainReader(pin.genesis ?? '', buckets, options.signal);
    this.#evidence = new Evidence(pin, buckets, (segment, entry) => this.#journal?.note(segment, entry));
    this.#state = this.#evidence.state;
    const { memory, onWords } = options;
    const firstSegment = segmentOf(pin.checkpoint?.k ?? 0);
    this.#journal =
      memory &&
      new AuditJournal({ memory, identity: memoryIdentity(pin), firstSegment, ...(onWords ? { onWords } : {}) });
    this.#reading = new ChainReading({
      pin,
      reader: this.#reader,
      executor,
      evidence: this.#evidence,
      journal: this.#journal,
      signal: options.signal,
      // Once there is a result, what is new is shown when it has been judged: a verdict does not come and go.
      onRead: (next) => {
        if (!this.#audit) this.#show('blocks', next);
      },
    });
    this.#snapshots = new SnapshotMaker(this.#evidence, options.clock ?? (() => performance.now()));
  }

  /**
   * Audits from block zero, or from the pinned checkpoint, to the end as shown. With `follow` it goes on until aborted, showing each
   * new block, and then throws the signal's reason.
   * @throws AuditorError when workers break down; the signal's reason when aborted. Bad storage is never thrown.
   */
  async run({ follow = false }: { readonly follow?: boolean } = {}): Promise<ChainAudit> {
    try {
      return await this.#run(follow);
    } catch (error) {
      // Another audit may go on from the same memory at once: nothing may reach it after this one has ended.
      await this.#journal?.close();
      throw error;
    }
  }

  async #run(follow: boolean): Promise<ChainAudit> {
    const part = partNotPinned(this.#pin);
    if (part) {
      this.#audit = concludeNotPinned(this.#pin, part);
      this.#show('done');
      return this.#audit;
    }
    this.#snapshots.start();
    this.#show('listing');
    // Workers are loaded while buckets list.
    const opened = this.#executor.open(this.#pin);
    // Met where it is awaited; here it must not be called unhandled.
    opened.catch(() => undefined);
    await this.#reading.resume();
    const { listed, whole } = await this.#reader.list();
    this.#reading.listed = listed;
    this.#snapshots.expect(listed.numbers);
    await opened;
    await this.#reading.readNumbers();
    this.#show('storage');
    // What a slow bucket lists or holds may name more.
    do {
      await whole;
      await this.#reading.idle();
      await this.#reading.lookAtSegments();
      extendOmc(this.#state);
    } while (await this.#reading.readNumbers());
    await this.#lookAtUnsequenced();
    await this.#journal?.saved();
    let audit = await this.#conclude(follow ? 'following' : 'done');
    while (follow) {
      await pause(followMilliseconds, this.#options.signal);
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
    return this.#state.hashes.get(timestampHash)?.tuple ?? undefined;
  }

  /** The enclave documents that give one number, as read. */
  attestationsOf(k: number): readonly AttestedSequence[] {
    return this.#state.numbers.get(k)?.sequences ?? [];
  }

  /** A document that checks name by its digest (hex), read again from the buckets; undefined where none hands it over. */
  document(digest: string): Promise<Uint8Array | undefined> {
    return readObject(digest, this.#state, {
      attestation: (k) => this.#attestation(k),
      holds: () => this.#reader.allHolds((this.#pin.buckets ?? []).length),
    });
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
    const { signal } = this.#options;
    const parts = { pin: this.#pin, reader: this.#reader, executor: this.#executor, signal };
    const entries = await readEntries(found.block.k, this.#state, parts);
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
        signal,
      );
      return { result: 'certificate', text, audit };
    } catch (error) {
      if (error instanceof AuditorError && error.code === 'CERTIFICATE_MAKE') {
        return { result: 'unknown', reason: error.message, audit };
      }
      throw error;
    }
  }

  async #attestation(k: number): Promise<readonly BucketAnswer[]> {
    return (await this.#reader.allAttestations([k]))[0]?.answers ?? [];
  }

  #transactionsOf(block: SequencedBlock): Uint8Array | null {
    return this.#state.hashes.get(block.timestampHash)?.tuple?.transactions ?? null;
  }

  /** Whether any valid sequence names this H(t). */
  #isNamed(timestampHash: string): boolean {
    return (this.#state.hashes.get(timestampHash)?.sequences.length ?? 0) > 0;
  }

  /** Tuples that a bucket lists and no valid attestation names: counted, never candidates (CHAIN.md 10). */
  async #lookAtUnsequenced(): Promise<void> {
    const hashes = [...this.#reading.listed.tuples].filter((hash) => !this.#isNamed(hash)).sort();
    for (let at = 0; at < Math.min(hashes.length, unsequencedAtMost); at += windowLength) {
      const jobs = await this.#reader.allTuples(hashes.slice(at, Math.min(at + windowLength, unsequencedAtMost)));
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
    await this.#reading.readWindow(numbers);
    if (filled < end) {
      const lost = this.#state.numbers.get(filled + 1)?.sequences.map(({ y }) => y.slice(32)) ?? [];
      await this.#reading.readTuples(lost);
    }
    for (let last = end + followProbe; this.#state.end >= last; last += windowLength) {
      // More was written meanwhile than one look shows.
      await this.#reading.readWindow(Array.from({ length: windowLength }, (_, index) => last + 1 + index));
    }
    await this.#reading.idle();
    extendOmc(this.#state);
    return this.#state.end > end || this.#state.filled > filled;
  }

  #readHolds(): Promise<HoldEvidence> {
    const { holds = [], signal } = this.#options;
    return readHolds(this.#pin, this.#reader, this.#executor, holds, signal);
  }

  async #conclude(phase: AuditPhase): Promise<ChainAudit> {
    const needed = (name: string): boolean => {
      const [area, rest] = name.split('/') as [string, string];
      // A segment is a cache: nothing needs it.
      if (area === 'seg') return false;
      return area === 'tuple' ? this.#isNamed(rest) : Number(rest) <= this.#state.end;
    };
    const { tally, segmentJunk } = this.#evidence;
    const result = concludeOmc(this.#state);
    this.#audit = await concludeAudit(this.#pin, this.#state, result, {
      buckets: tally.findings(),
      unreadable: tally.unreadable(needed),
      unsequenced: this.#unsequenced,
      junk: [...segmentJunk, ...this.#foundJunk],
      equivocation: await keepDocuments(result.contradictions, (k) => this.#attestation(k)),
      ...(asksForHolds(this.#pin) ? { holds: await this.#readHolds() } : {}),
    });
    this.#show(phase);
    return this.#audit;
  }

  /** @param read numbers below it were read */
  #show(phase: AuditPhase, read = 0): void {
    const { onSnapshot } = this.#options;
    if (onSnapshot) this.#snapshots.show(phase, read, this.#audit, onSnapshot);
  }
}

/** An auditor for one chain, not yet running. */
export function createChainAuditor(options: ChainAuditorOptions): ChainAuditor {
  return new ChainAuditor(options);
}
