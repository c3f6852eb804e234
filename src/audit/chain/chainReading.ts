import { limits } from '../../core/chain/limits.ts';
import { extendOmc, type OmcState } from '../../core/chain/omc.ts';
import { segmentLength, segmentOf } from '../../core/chain/segment.ts';
import type { SegmentFinding } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { AuditJournal } from '../resume/auditJournal.ts';
import type { ChainReader, Listed } from './chainReader.ts';
import type { Evidence } from './evidence.ts';
import type { AttestationJob, ChainExecutor, TupleJob } from './executor.ts';
import type { NameReading } from './nameReading.ts';
import { Sweeper } from './sweeper.ts';

/** A name that was decided by the first answers. `known`: H of what was accepted, which is not verified again. */
type Late = { readonly reading: NameReading; readonly known: readonly string[] } & (
  | { readonly kind: 'attestation'; readonly k: number }
  | { readonly kind: 'tuple'; readonly k: number; readonly timestampHash: string }
  | { readonly kind: 'segment'; readonly n: number }
);

type LateTuple = Extract<Late, { kind: 'tuple' }>;

/** So many numbers are read and verified together; a segment has a whole number of such windows. */
export const windowLength = 64;
/** Windows under way at once, at least; more where that many names are verified at once, so that whoever verifies has the next when one is done. */
const windowsAtOnce = 4;
const windowsAtMost = 8;
/** Where the tuples of a window hold more, in bytes, windows are read one after the other. */
const heavyWindow = 16 * 1024 * 1024;

export interface ChainReadingParts {
  readonly pin: ChainPin;
  readonly reader: ChainReader;
  readonly executor: ChainExecutor;
  readonly evidence: Evidence;
  readonly journal: AuditJournal | undefined;
  readonly signal: AbortSignal | undefined;
  /** Called after each window of numbers, with what was read below. */
  readonly onRead: (next: number) => void;
}

/**
 * Reads a chain into evidence, from the first number to the last that anybody shows. What decides comes first, from the buckets that answer
 * first; what slow ones still owe is read beside it and looked at again when it is all there.
 */
export class ChainReading {
  /** What listings name. */
  listed: Listed = { numbers: new Set(), tuples: new Set(), segments: new Set() };
  readonly #parts: ChainReadingParts;
  readonly #state: OmcState;
  readonly #sweeper = new Sweeper<Late>((items) => this.#sweep(items));
  readonly #segments = new Map<number, SegmentFinding>();
  /** Of each segment how many names are not read to their end, and how many windows are under way. */
  readonly #open = new Map<number, number>();
  readonly #far = new Set<number>();
  readonly #segmentReads = new Map<number, Promise<void>>();
  #isHeavy = false;
  #next: number;

  constructor(parts: ChainReadingParts) {
    this.#parts = parts;
    this.#state = parts.evidence.state;
    this.#next = this.#first;
  }

  /** Resolves when every bucket has been heard about all that was read. @throws the first failure of what was read beside */
  idle(): Promise<void> {
    return this.#sweeper.idle();
  }

  /** Takes in what an earlier audit has settled. */
  async resume(): Promise<void> {
    if (!this.#parts.journal) return;
    const { entries, next } = await this.#parts.journal.load();
    for (const entry of entries) this.#parts.evidence.replay(entry);
    this.#next = Math.max(this.#next, next * segmentLength);
    extendOmc(this.#state);
    if (entries.length > 0) this.#parts.onRead(this.#next);
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
    this.#hold(item.kind === 'segment' ? item.n : segmentOf(item.k), by);
  }

  /** One thing more, or less, that may still change what is known of these 256 numbers. */
  #hold(n: number, by: 1 | -1): void {
    if (this.#parts.journal) this.#open.set(n, (this.#open.get(n) ?? 0) + by);
  }

  get #first(): number {
    return this.#parts.pin.checkpoint?.k ?? 0;
  }

  /**
   * Reads number after number until nothing is shown for `limits.probe` of them, and every number that a listing or a segment names.
   * True when there was anything to read.
   */
  async readNumbers(): Promise<boolean> {
    let any = false;
    for (let more = true; more; any ||= more) {
      more = await this.#readOn();
      if (more) continue;
      const far = await this.#farNumbers();
      more = far.length > 0;
      for (let at = 0; at < far.length; at += windowLength) {
        const numbers = far.slice(at, at + windowLength);
        await this.readWindow(numbers);
        this.#parts.onRead((numbers.at(-1) as number) + 1);
      }
      // A valid number far out moves the end, so what lies behind it is probed too.
      if (more) this.#next = Math.max(this.#next, this.#state.end);
    }
    return any;
  }

  /** Several windows are under way at once; they count as read in their order, whichever is done first. */
  async #readOn(): Promise<boolean> {
    const atOnce = Math.max(windowsAtOnce, Math.min(windowsAtMost, this.#parts.executor.concurrency / windowLength));
    const under: { readonly next: number; readonly read: Promise<void> }[] = [];
    let any = false;
    for (;;) {
      while (under.length < (this.#isHeavy ? 1 : atOnce)) {
        const numbers = this.#nextNumbers();
        if (numbers.length === 0) break;
        any = true;
        const read = this.#readInOrder(numbers);
        // Met where it is awaited; here it must not be called unhandled.
        read.catch(() => undefined);
        under.push({ next: this.#next, read });
      }
      const first = under.shift();
      if (!first) return any;
      await first.read;
      this.#parts.onRead(first.next);
      await this.#sweeper.turn();
    }
  }

  async #readInOrder(numbers: readonly number[]): Promise<void> {
    const readings = this.#parts.reader.attestations(numbers);
    readings.catch(() => undefined);
    await this.#readSegment(segmentOf(numbers[0] as number));
    await this.readWindow(numbers, readings);
  }

  /** Numbers up to the next boundary of windows, or up to where the end is probed. */
  #nextNumbers(): readonly number[] {
    const limit = Math.max(this.#state.end, this.#first - 1) + limits.probe;
    const numbers: number[] = [];
    while (this.#next <= limit && (numbers.length === 0 || this.#next % windowLength > 0)) numbers.push(this.#next++);
    return numbers;
  }

  /** What listings, and the segments that they name, name beyond what was read. */
  async #farNumbers(): Promise<readonly number[]> {
    const { numbers, segments } = this.listed;
    const far = new Set<number>();
    for (const n of segments) if ((n + 1) * segmentLength > this.#next) await this.#readSegment(n);
    for (const { documents } of this.#segments.values()) for (const { k } of documents) far.add(k);
    for (const k of numbers) far.add(k);
    // Each is read once: what gave nothing then gives nothing now.
    const fresh = [...far].filter((k) => k >= this.#next && !this.#far.has(k)).sort((a, b) => a - b);
    for (const k of fresh) this.#far.add(k);
    return fresh;
  }

  /** Reads and verifies what is stored for some numbers: the attestations of each, then the tuples that they name. */
  async readWindow(
    numbers: readonly number[],
    begun: Promise<readonly NameReading[]> = this.#parts.reader.attestations(numbers),
  ): Promise<void> {
    const segments = new Set(numbers.map(segmentOf));
    for (const n of segments) this.#hold(n, 1);
    try {
      await this.#readWindow(numbers, await begun);
    } finally {
      for (const n of segments) this.#hold(n, -1);
    }
    this.#parts.journal?.advance((n) => this.#isSettled(n));
  }

  async #readWindow(numbers: readonly number[], readings: readonly NameReading[]): Promise<void> {
    const { signal } = this.#parts;
    signal?.throwIfAborted();
    const complete: boolean[] = [];
    const jobs: AttestationJob[] = [];
    for (const [index, reading] of readings.entries()) {
      complete.push(reading.isComplete);
      jobs.push({ k: numbers[index] as number, answers: reading.answers });
    }
    const findings = await this.#parts.executor.attestations(jobs, signal);
    const late: Late[] = [];
    const hashes = new Set<string>();
    for (const [index, finding] of findings.entries()) {
      const reading = readings[index] as NameReading;
      this.#parts.evidence.take({ kind: 'attestation', finding, complete: complete[index] === true });
      for (const { y } of finding.sequences) hashes.add(y.slice(32));
      if (complete[index]) continue;
      const known = finding.sequences.map(({ object }) => object);
      late.push({ kind: 'attestation', k: finding.k, reading, known });
    }
    this.#later(late);
    await this.readTuples([...hashes]);
    extendOmc(this.#state);
  }

  /** Three buckets first; where they do not give the whole tuple the others are asked at once, else later (CHAIN.md 2). */
  async readTuples(wanted: readonly string[]): Promise<void> {
    const hashes: string[] = [];
    for (const hash of wanted) if (!this.#state.hashes.get(hash)?.tuple?.transactions) hashes.push(hash);
    if (hashes.length === 0) return;
    const readings = await this.#parts.reader.tuples(hashes);
    const items: LateTuple[] = [];
    let bytes = 0;
    for (const [index, timestampHash] of hashes.entries()) {
      const reading = readings[index] as NameReading;
      bytes += reading.length;
      const k = this.#state.hashes.get(timestampHash)?.sequences[0]?.k ?? 0;
      items.push({ kind: 'tuple', k, timestampHash, reading, known: [] });
    }
    this.#isHeavy = bytes > heavyWindow;
    const late = await this.#evaluateTuples(items);
    const short = late.filter(({ known }) => known.length === 0);
    if (short.length > 0) {
      await Promise.all(short.map(({ reading }) => this.#parts.reader.more(reading)));
      this.#later(await this.#evaluateTuples(short));
    }
    this.#later(late.filter(({ known }) => known.length > 0));
  }

  /** Has tuples judged by what came of them. @returns those of which more may come */
  async #evaluateTuples(items: readonly LateTuple[]): Promise<LateTuple[]> {
    const complete: boolean[] = [];
    const jobs: TupleJob[] = [];
    for (const { timestampHash, reading, known } of items) {
      complete.push(reading.isComplete);
      jobs.push({ timestampHash, answers: reading.answers, known });
    }
    const late: LateTuple[] = [];
    for (const [index, finding] of (await this.#parts.executor.tuples(jobs, this.#parts.signal)).entries()) {
      this.#parts.evidence.take({ kind: 'tuple', finding, complete: complete[index] === true });
      const item = items[index] as (typeof items)[number];
      const known = finding.object === undefined ? item.known : [...item.known, finding.object];
      if (!complete[index]) late.push({ ...item, known });
    }
    return late;
  }

  /** A segment spares the tuples in it; once a segment, and only where a listing names it or nobody lists (CHAIN.md 20). */
  #readSegment(n: number): Promise<void> {
    const { numbers, segments } = this.listed;
    const known = this.#segmentReads.get(n);
    if (known) return known;
    if (!(segments.has(n) || (numbers.size === 0 && n * segmentLength >= this.#first))) return Promise.resolve();
    const read = this.#readSegmentNow(n);
    this.#segmentReads.set(n, read);
    return read;
  }

  async #readSegmentNow(n: number): Promise<void> {
    const reading = await this.#parts.reader.segment(n);
    const complete = reading.isComplete;
    const job = { n, answers: reading.answers };
    const [finding] = (await this.#parts.executor.segments([job], this.#parts.signal)) as [SegmentFinding];
    this.#segments.set(n, { ...finding, tuples: [] });
    this.#parts.evidence.take({ kind: 'segment', finding, complete });
    const known = finding.object === null ? [] : [finding.object];
    if (!complete) this.#later([{ kind: 'segment', n, reading, known }]);
  }

  /** Documents in a segment that no single object showed: where they are valid they may contradict what was shown. */
  async lookAtSegments(): Promise<void> {
    for (const n of this.#segments.keys()) {
      const suspects = this.#suspectsOf(n);
      this.#segments.set(n, { ...(this.#segments.get(n) as SegmentFinding), documents: [] });
      if (suspects.length === 0) continue;
      const answers = await (await this.#parts.reader.segment(n)).rest();
      const findings = await this.#parts.executor.segments([{ n, answers, suspects }], this.#parts.signal);
      for (const finding of findings) this.#parts.evidence.take({ kind: 'segment', finding, complete: false });
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
    const { signal } = this.#parts;
    const jobs = items.map((item) => ({ ...item, answers: item.reading.answers }));
    const hashes = new Set<string>();
    const attestations = jobs.filter((job) => job.kind === 'attestation');
    for (const finding of await this.#parts.executor.attestations(attestations.map(withoutReading), signal)) {
      this.#parts.evidence.take({ kind: 'attestation', finding, complete: true });
      for (const { y } of finding.sequences) hashes.add(y.slice(32));
    }
    const segments = jobs.filter((job) => job.kind === 'segment');
    for (const finding of await this.#parts.executor.segments(segments.map(withoutReading), signal)) {
      this.#parts.evidence.take({ kind: 'segment', finding, complete: true });
    }
    await this.#evaluateTuples(items.filter((item) => item.kind === 'tuple'));
    await this.readTuples([...hashes]);
    extendOmc(this.#state);
    for (const item of items) this.#count(item, -1);
    this.#parts.journal?.advance((n) => this.#isSettled(n));
  }
}

function withoutReading<Job extends { readonly reading: NameReading }>({ reading: _, ...job }: Job) {
  return job;
}
