import { partNotPinned } from '../../core/chain/chainContext.ts';
import { findTransaction, type Found } from '../../core/chain/findTransaction.ts';
import { limits } from '../../core/chain/limits.ts';
import { concludeOmc, extendOmc, type OmcState } from '../../core/chain/omc.ts';
import { segmentLength, segmentOf } from '../../core/chain/segment.ts';
import type {
  AttestedSequence,
  ChainAudit,
  Junk,
  SegmentFinding,
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
import { ChainReader, type Listed } from './chainReader.ts';
import { concludeAudit, concludeNotPinned } from './concludeAudit.ts';
import { Evidence } from './evidence.ts';
import type { ChainExecutor } from './executor.ts';
import { keepDocuments } from './keepDocuments.ts';
import type { NameReading } from './nameReading.ts';
import { pause } from './pause.ts';
import { readEntries } from './readEntries.ts';
import { SnapshotMaker, type AuditPhase, type AuditSnapshot } from './snapshot.ts';
import { Sweeper } from './sweeper.ts';

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
  /** A clock for rates only, in milliseconds. */
  readonly clock?: () => number;
}

export type Certified =
  | { readonly result: 'certificate'; readonly text: string; readonly audit: ChainAudit }
  | { readonly result: 'absent' | 'unknown'; readonly reason: string; readonly audit: ChainAudit };

/** A name that was decided by the first answers. `known`: H of what was accepted, which is not verified again. */
type Late = { readonly reading: NameReading; readonly known: readonly string[] } & (
  | { readonly kind: 'attestation'; readonly k: number }
  | { readonly kind: 'tuple'; readonly k: number; readonly timestampHash: string }
  | { readonly kind: 'segment'; readonly n: number }
);

/** So many numbers are read and verified together; a segment has a whole number of such windows. */
const windowLength = 64;
/** Tuples that a listing names and nobody sequenced are looked at up to here. */
const unsequencedAtMost = 1024;
const followMilliseconds = 1000;
/** In following, so many numbers beyond the end are asked for; the full probe is for the first run. */
const followProbe = 4;

/**
 * The audit of one chain from its buckets: reads, has everything verified by the executor, follows the main chain and judges it. It
 * believes no bucket and needs no index (DESIGN §5). One auditor serves one chain; `run` it once.
 *
 * What decides comes first, from the buckets that answer first; what slow ones still owe is read beside it, before the verdict.
 */
export class ChainAuditor {
  readonly #pin: ChainPin;
  readonly #executor: ChainExecutor;
  readonly #reader: ChainReader;
  readonly #options: ChainAuditorOptions;
  readonly #evidence: Evidence;
  readonly #state: OmcState;
  readonly #sweeper = new Sweeper<Late>((items) => this.#sweep(items));
  readonly #foundJunk: Junk[] = [];
  readonly #segments = new Map<number, SegmentFinding>();
  readonly #snapshots: SnapshotMaker;
  readonly #journal: AuditJournal | undefined;
  /** Of each segment how many names are not read to their end. */
  readonly #open = new Map<number, number>();
  #unsequenced = 0;
  #listed: Listed = { numbers: new Set(), tuples: new Set(), segments: new Set() };
  #next: number;
  #audit: ChainAudit | null = null;

  constructor(options: ChainAuditorOptions) {
    const { pin, buckets, executor } = options;
    this.#options = options;
    this.#pin = pin;
    this.#executor = executor;
    this.#reader = new ChainReader(pin.genesis ?? '', buckets, options.signal);
    this.#evidence = new Evidence(pin, buckets, (segment, entry) => this.#journal?.note(segment, entry));
    this.#state = this.#evidence.state;
    this.#next = this.#first;
    const { memory, onWords } = options;
    const firstSegment = segmentOf(this.#first);
    this.#journal =
      memory &&
      new AuditJournal({ memory, identity: memoryIdentity(pin), firstSegment, ...(onWords ? { onWords } : {}) });
    this.#snapshots = new SnapshotMaker(this.#evidence, options.clock ?? (() => performance.now()));
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
    this.#snapshots.start();
    this.#show('listing');
    await this.#executor.open(this.#pin);
    await this.#resume();
    const { listed, whole } = await this.#reader.list();
    this.#listed = listed;
    this.#snapshots.expect(listed.numbers);
    await this.#readNumbers();
    this.#show('storage');
    // What a slow bucket lists or holds may name more.
    do {
      await whole;
      await this.#sweeper.idle();
      await this.#lookAtSegments();
      extendOmc(this.#state);
    } while (await this.#readNumbers());
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

  async #resume(): Promise<void> {
    if (!this.#journal) return;
    const { entries, next } = await this.#journal.load();
    for (const entry of entries) this.#evidence.replay(entry);
    this.#next = Math.max(this.#next, next * segmentLength);
    extendOmc(this.#state);
    if (entries.length > 0) this.#show('blocks', this.#next);
  }

  /** Nothing about these 256 numbers can change by reading on: all are there, whole, and heard of from every bucket. */
  #isSettled(n: number): boolean {
    const last = (n + 1) * segmentLength - 1;
    if (this.#state.filled < last || this.#state.cut !== Infinity || (this.#open.get(n) ?? 0) > 0) return false;
    if (this.#suspectsOf(n).length > 0) return false;
    for (let k = Math.max(last - segmentLength + 1, this.#first); k <= last; k += 1) {
      const nodes = this.#state.numbers.get(k)?.nodes ?? [];
      if (nodes.length === 0 || nodes.some(({ leaves }) => leaves === null)) return false;
    }
    return true;
  }

  #later(items: readonly Late[]): void {
    for (const item of items) this.#count(item, 1);
    this.#sweeper.add(items);
  }

  #count(item: Late, by: 1 | -1): void {
    if (!this.#journal) return;
    const n = item.kind === 'segment' ? item.n : segmentOf(item.k);
    this.#open.set(n, (this.#open.get(n) ?? 0) + by);
  }

  get #first(): number {
    return this.#pin.checkpoint?.k ?? 0;
  }

  #transactionsOf(block: SequencedBlock): Uint8Array | null {
    return this.#state.tuples.get(block.timestampHash)?.tuple?.transactions ?? null;
  }

  /**
   * Reads number after number until nothing is shown for `limits.probe` of them, and every number that a listing or a segment names.
   * True when there was anything to read.
   */
  async #readNumbers(): Promise<boolean> {
    let any = false;
    for (let more = true; more; any ||= more) {
      more = await this.#readOn();
      if (more) continue;
      const far = await this.#farNumbers();
      more = far.length > 0;
      for (let at = 0; at < far.length; at += windowLength) await this.#readWindow(far.slice(at, at + windowLength));
      // A valid number far out moves the end, so what lies behind it is probed too.
      if (more) this.#next = Math.max(this.#next, this.#state.end);
    }
    return any;
  }

  async #readOn(): Promise<boolean> {
    let ahead: { readonly numbers: readonly number[]; readonly readings: Promise<NameReading[]> } | undefined;
    let any = false;
    for (;;) {
      const { numbers, readings } = ahead ?? this.#nextWindow();
      if (numbers.length === 0) return any;
      any = true;
      // The next are fetched while these are verified.
      ahead = this.#nextWindow();
      if (ahead.numbers.length === 0) ahead = undefined;
      await this.#readSegment(segmentOf(numbers[0] as number));
      await this.#readWindow(numbers, readings);
      await this.#sweeper.turn();
    }
  }

  /** Numbers up to the next boundary of windows, or up to where the end is probed. */
  #nextWindow(): { readonly numbers: readonly number[]; readonly readings: Promise<NameReading[]> } {
    const limit = Math.max(this.#state.end, this.#first - 1) + limits.probe;
    const numbers: number[] = [];
    while (this.#next <= limit && (numbers.length === 0 || this.#next % windowLength > 0)) numbers.push(this.#next++);
    const readings = this.#reader.attestations(numbers);
    // Met where it is awaited; here it must not be called unhandled.
    readings.catch(() => undefined);
    return { numbers, readings };
  }

  /** What listings, and the segments that they name, name beyond what was read. */
  async #farNumbers(): Promise<readonly number[]> {
    const { numbers, segments } = this.#listed;
    const far = new Set<number>();
    for (const n of segments) if ((n + 1) * segmentLength > this.#next) await this.#readSegment(n);
    for (const { documents } of this.#segments.values()) for (const { k } of documents) far.add(k);
    for (const k of numbers) far.add(k);
    // Each is read once: what gave nothing then gives nothing now.
    const fresh = [...far].filter((k) => k >= this.#next && !this.#far.has(k)).sort((a, b) => a - b);
    for (const k of fresh) this.#far.add(k);
    return fresh;
  }
  readonly #far = new Set<number>();

  async #readWindow(
    numbers: readonly number[],
    begun: Promise<readonly NameReading[]> = this.#reader.attestations(numbers),
  ): Promise<void> {
    const { signal } = this.#options;
    signal?.throwIfAborted();
    const jobs = (await begun).map((reading, index) => ({
      k: numbers[index] as number,
      reading,
      answers: reading.answers,
      complete: reading.isComplete,
    }));
    const findings = await this.#executor.attestations(
      jobs.map(({ k, answers }) => ({ k, answers })),
      signal,
    );
    const late: Late[] = [];
    const hashes = new Set<string>();
    for (const [index, finding] of findings.entries()) {
      const { k, reading, complete } = jobs[index] as (typeof jobs)[number];
      this.#evidence.take({ kind: 'attestation', finding, complete });
      for (const { y } of finding.sequences) hashes.add(y.slice(32));
      const known = finding.sequences.map(({ object }) => object);
      if (!complete) late.push({ kind: 'attestation', k, reading, known });
    }
    this.#later(late);
    await this.#readTuples([...hashes]);
    extendOmc(this.#state);
    this.#journal?.advance((n) => this.#isSettled(n));
    // Once there is a result, what is new is shown when it has been judged: a verdict does not come and go.
    if (!this.#audit) this.#show('blocks', (numbers.at(-1) ?? 0) + 1);
  }

  /** Three buckets first; where they do not give the whole tuple the others are asked at once, else later (CHAIN.md 2). */
  async #readTuples(wanted: readonly string[]): Promise<void> {
    const hashes = wanted.filter((hash) => !this.#state.tuples.get(hash)?.tuple?.transactions);
    if (hashes.length === 0) return;
    const readings = await this.#reader.tuples(hashes);
    const late = await this.#evaluateTuples(
      hashes.map((timestampHash, index) => ({
        kind: 'tuple' as const,
        k: this.#state.wanted.get(timestampHash)?.[0]?.k ?? 0,
        timestampHash,
        reading: readings[index] as NameReading,
        known: [],
      })),
    );
    const short = late.filter(({ known }) => known.length === 0);
    if (short.length > 0) {
      await Promise.all(short.map(({ reading }) => this.#reader.more(reading)));
      this.#later(await this.#evaluateTuples(short));
    }
    this.#later(late.filter(({ known }) => known.length > 0));
  }

  /** Has tuples judged by what came of them. @returns those of which more may come */
  async #evaluateTuples(
    items: readonly Extract<Late, { kind: 'tuple' }>[],
  ): Promise<Extract<Late, { kind: 'tuple' }>[]> {
    const complete = items.map(({ reading }) => reading.isComplete);
    const jobs = items.map(({ timestampHash, reading, known }) => ({ timestampHash, answers: reading.answers, known }));
    const late: Extract<Late, { kind: 'tuple' }>[] = [];
    for (const [index, finding] of (await this.#executor.tuples(jobs, this.#options.signal)).entries()) {
      this.#evidence.take({ kind: 'tuple', finding, complete: complete[index] === true });
      const item = items[index] as (typeof items)[number];
      const known = finding.object === undefined ? item.known : [...item.known, finding.object];
      if (!complete[index]) late.push({ ...item, known });
    }
    return late;
  }

  /** A segment spares the tuples in it; once a segment, and only where a listing names it or nobody lists (CHAIN.md 20). */
  async #readSegment(n: number): Promise<void> {
    const { numbers, segments } = this.#listed;
    if (this.#segments.has(n) || !(segments.has(n) || (numbers.size === 0 && n * segmentLength >= this.#first))) return;
    const reading = await this.#reader.segment(n);
    const complete = reading.isComplete;
    const job = { n, answers: reading.answers };
    const [finding] = (await this.#executor.segments([job], this.#options.signal)) as [SegmentFinding];
    this.#segments.set(n, { ...finding, tuples: [] });
    this.#evidence.take({ kind: 'segment', finding, complete });
    const known = finding.object === null ? [] : [finding.object];
    if (!complete) this.#later([{ kind: 'segment', n, reading, known }]);
  }

  /** Documents in a segment that no single object showed: where they are valid they may contradict what was shown. */
  async #lookAtSegments(): Promise<void> {
    for (const n of this.#segments.keys()) {
      const suspects = this.#suspectsOf(n);
      this.#segments.set(n, { ...(this.#segments.get(n) as SegmentFinding), documents: [] });
      if (suspects.length === 0) continue;
      const answers = await (await this.#reader.segment(n)).rest();
      const findings = await this.#executor.segments([{ n, answers, suspects }], this.#options.signal);
      for (const finding of findings) this.#evidence.take({ kind: 'segment', finding, complete: false });
    }
  }

  #suspectsOf(n: number): string[] {
    return (this.#segments.get(n)?.documents ?? []).flatMap(({ k, objects }) => {
      const shown = this.#state.numbers.get(k)?.sequences ?? [];
      return objects.filter((object) => !shown.some((sequence) => sequence.object === object));
    });
  }

  /** What was decided by the first answers is looked at again with all of them. */
  async #sweep(items: readonly Late[]): Promise<void> {
    await Promise.all(items.map(({ reading }) => reading.rest()));
    const { signal } = this.#options;
    const jobs = items.map((item) => ({ ...item, answers: item.reading.answers }));
    const hashes = new Set<string>();
    const attestations = jobs.filter((job) => job.kind === 'attestation');
    for (const finding of await this.#executor.attestations(attestations.map(withoutReading), signal)) {
      this.#evidence.take({ kind: 'attestation', finding, complete: true });
      for (const { y } of finding.sequences) hashes.add(y.slice(32));
    }
    const segments = jobs.filter((job) => job.kind === 'segment');
    for (const finding of await this.#executor.segments(segments.map(withoutReading), signal)) {
      this.#evidence.take({ kind: 'segment', finding, complete: true });
    }
    await this.#evaluateTuples(items.filter((item) => item.kind === 'tuple'));
    await this.#readTuples([...hashes]);
    extendOmc(this.#state);
    for (const item of items) this.#count(item, -1);
    this.#journal?.advance((n) => this.#isSettled(n));
  }

  /** Tuples that a bucket lists and no valid attestation names: counted, never candidates (CHAIN.md 10). */
  async #lookAtUnsequenced(): Promise<void> {
    const hashes = [...this.#listed.tuples].filter((hash) => !this.#state.wanted.has(hash)).sort();
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
    await this.#readWindow(numbers);
    if (filled < end) {
      const lost = this.#state.numbers.get(filled + 1)?.sequences.map(({ y }) => y.slice(32)) ?? [];
      await this.#readTuples(lost);
    }
    for (let last = end + followProbe; this.#state.end >= last; last += windowLength) {
      // More was written meanwhile than one look shows.
      await this.#readWindow(Array.from({ length: windowLength }, (_, index) => last + 1 + index));
    }
    await this.#sweeper.idle();
    extendOmc(this.#state);
    return this.#state.end > end || this.#state.filled > filled;
  }

  async #conclude(phase: AuditPhase): Promise<ChainAudit> {
    const needed = (name: string): boolean => {
      const [area, rest] = name.split('/') as [string, string];
      // A segment is a cache: nothing needs it.
      if (area === 'seg') return false;
      return area === 'tuple' ? this.#state.wanted.has(rest) : Number(rest) <= this.#state.end;
    };
    const { tally, segmentJunk } = this.#evidence;
    const result = concludeOmc(this.#state);
    const read = async (k: number) => (await this.#reader.allAttestations([k]))[0]?.answers ?? [];
    this.#audit = await concludeAudit(this.#pin, this.#state, result, {
      buckets: tally.findings(),
      unreadable: tally.unreadable(needed),
      unsequenced: this.#unsequenced,
      junk: [...segmentJunk, ...this.#foundJunk],
      equivocation: await keepDocuments(result.contradictions, read),
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

function withoutReading<Job extends { readonly reading: NameReading }>({ reading: _, ...job }: Job) {
  return job;
}

/** An auditor for one chain, not yet running. */
export function createChainAuditor(options: ChainAuditorOptions): ChainAuditor {
  return new ChainAuditor(options);
}
