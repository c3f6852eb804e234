import { FormatError } from '../verdict/auditorError.ts';
import { maximumEventRecords } from './event.ts';
import { FunctionCounter, type FunctionEntry } from './functionIndex.ts';
import { recordKinds, recordLength } from './record.ts';
import { tileWidth } from './tileTree.ts';
import { batchBytes, batchLeaves, treeHasher, type TreeHasher } from './treeHasher.ts';

export interface ScanRules {
  readonly eventsPerLeaf: number;
  /** Functions that the symbols have. */
  readonly functions: number;
  readonly saltKey: Uint8Array | undefined;
}

/** When leaves are to be handed over, beside when there are `batchLeaves`: where they have so many bytes and are a multiple of so many. */
export interface FullRule {
  readonly bytes: number;
  /** While there are fewer than a tile has. */
  readonly few: number;
  /** Whether whole tiles are right too. */
  readonly tiles: boolean;
}

export const longestEvent = maximumEventRecords * recordLength;
export const lastCall = recordKinds.hostCall;

/** Records as they come in: where events and leaves begin, and which functions were called at which events. */
export abstract class RecordScanner {
  /** Offsets of leaves: leaf i is `buffer[offsets[i], offsets[i + 1])`. */
  abstract readonly offsets: Uint32Array;
  /** `batchBytes` of records: leaves that are not handed over yet, and what is behind them. */
  abstract readonly buffer: Uint8Array;
  /** Hashes leaves, those of the buffer where they stand. */
  abstract readonly hasher: TreeHasher;
  protected abstract readonly counter: FunctionCounter;
  filled = 0;
  /** Up to where the buffer was looked at. */
  scanned = 0;
  leaves = 0;
  events = 0;
  records = 0;
  /** Whether values may still come for the last event. */
  isStarted = false;
  protected eventsInLeaf = 0;
  /** Of the event that may still go on. */
  protected eventRecords = 0;
  protected readonly rules: ScanRules;

  constructor(rules: ScanRules) {
    this.rules = rules;
  }

  /**
   * Looks at what was filled in.
   * @returns whether it stopped because leaves are to be handed over; then it is to be called again
   * @throws FormatError for a value without an event, too many of one, or a function that there is not
   */
  abstract scan(full: FullRule): boolean;

  /** The last leaf is over. */
  end(): void {
    if (!this.isStarted) return;
    this.leaves++;
    this.offsets[this.leaves] = this.scanned;
    this.isStarted = false;
  }

  /** The first leaves were handed over: what is behind them moves to the beginning. */
  drop(count: number): void {
    const { offsets, buffer } = this;
    const end = offsets[count] as number;
    buffer.copyWithin(0, end, this.filled);
    for (let index = count; index <= this.leaves; index++) {
      offsets[index - count] = (offsets[index] as number) - end;
    }
    this.leaves -= count;
    this.filled -= end;
    this.scanned -= end;
  }

  /** What each function did. */
  entries(isTraced: (index: number) => boolean): FunctionEntry[] {
    return this.counter.entries(this.rules.functions, isTraced);
  }

  /** It is not needed any more. */
  release(): void {
    this.filled = 0;
  }

  protected refuseValue(atRecord: number): never {
    throw new FormatError(
      'Records: a value without an event, or too many values of one.',
      (this.records + atRecord) * recordLength,
    );
  }

  protected refuseFunction(site: number, atRecord: number): never {
    throw new FormatError(
      `Records: the symbols do not have function ${site}.`,
      (this.records + atRecord) * recordLength,
    );
  }
}

/** The same where WebAssembly cannot do it. */
export class PlainScanner extends RecordScanner {
  readonly offsets = new Uint32Array(batchLeaves + 1);
  readonly buffer = new Uint8Array(batchBytes);
  readonly hasher = treeHasher();
  protected readonly counter: FunctionCounter;
  /** The same bytes as the buffer's: the first of four words is kind and site. */
  readonly #words = new Uint32Array(this.buffer.buffer);

  constructor(rules: ScanRules) {
    super(rules);
    this.counter = new FunctionCounter(rules.saltKey, this.hasher);
  }

  /** Runs over every record, so it looks at one word of each and counts records by their places alone; a closure over what it counts by would put that into memory. */
  scan(full: FullRule): boolean {
    const words = this.#words;
    const { counter } = this;
    const { eventsPerLeaf, functions } = this.rules;
    const last = this.filled >>> 2;
    let at = this.scanned >>> 2;
    const from = at;
    let events = this.events;
    let inLeaf = this.eventsInLeaf;
    let isStarted = this.isStarted;
    let isFull = false;
    const longest = longestEvent / 4;
    /** Where the event began: before the buffer, it may be. */
    let start = at - (this.eventRecords << 2);
    for (;;) {
      while (at < last && ((words[at] as number) & 0x80) !== 0) at += 4;
      if (at - start > longest || (at > start && !isStarted)) {
        this.refuseValue((Math.min(at, start + longest) - from) >>> 2);
      }
      if (at >= last) break;
      if (inLeaf === eventsPerLeaf) {
        this.leaves++;
        this.offsets[this.leaves] = at << 2;
        inLeaf = 0;
        isFull = this.#isFull(at << 2, full);
        if (isFull) {
          start = at;
          break;
        }
      }
      const head = words[at] as number;
      if ((head & 0xff) <= lastCall) {
        const site = head >>> 8;
        if (site >= functions) this.refuseFunction(site, (at - from) >>> 2);
        counter.add(site, events);
      }
      isStarted = true;
      events++;
      inLeaf++;
      start = at;
      at += 4;
    }
    this.eventRecords = (at - start) >>> 2;
    this.isStarted = isStarted;
    this.records += (at - from) >>> 2;
    this.scanned = at << 2;
    this.events = events;
    this.eventsInLeaf = inLeaf;
    return isFull;
  }

  #isFull(end: number, { bytes, few, tiles }: FullRule): boolean {
    const { leaves } = this;
    if (leaves === batchLeaves) return true;
    if (end < bytes) return false;
    return leaves < tileWidth && few > 0 && leaves % few === 0 ? true : tiles && leaves % tileWidth === 0;
  }
}
