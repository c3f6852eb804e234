import { toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { maximumEventRecords } from './event.ts';
import { lookupIn } from './eventJson.ts';
import { FunctionCounter, functionIndexRoot, type FunctionEntry } from './functionIndex.ts';
import { makeLeafHasher, type HashLeaves, type LeafBatch } from './leafHasher.ts';
import { zeroDigest, type LeafEncoding, type TraceMetadata } from './metadata.ts';
import { recordKinds, recordLength } from './record.ts';
import { saltCommitment } from './salt.ts';
import { symbolsRoot, type Symbols } from './symbols.ts';
import { TileTree, tileWidth } from './tileTree.ts';
import { batchBytes, batchLeaves, treeHasher } from './treeHasher.ts';
import { SelectionCollector } from './zk/selectionCollector.ts';

export interface CommitmentOptions {
  readonly leafEncoding: LeafEncoding;
  readonly eventsPerLeaf: number;
  /** 32 bytes; leaves are not salted without one. */
  readonly saltKey?: Uint8Array | undefined;
  readonly symbols: Symbols;
  /** Whether the policy writes an event for every call of a function. */
  readonly isTraced: (index: number) => boolean;
  /** Functions whose calls zero-knowledge proofs are to speak of, see `zk/README.md`; their values are kept and hashed at the end. */
  readonly select?: ReadonlySet<number> | undefined;
  /** Where leaves are hashed; on this thread where nothing is said. Several batches may be under way at a time. */
  readonly hashLeaves?: HashLeaves | undefined;
  /** Batches that may be under way before `add` has to be waited for; 4 where nothing is said. */
  readonly ahead?: number | undefined;
  /** The records of 256 leaves (fewer at the end), in order; the array is the receiver's. */
  readonly onBundle?: ((index: number, records: Uint8Array) => void) | undefined;
  /** Leaf hashes are kept up to so many leaves (2²⁰ where nothing is said); of longer traces only the levels above. */
  readonly keepLeavesUpTo?: number | undefined;
}

/** What a trace was committed to. */
export interface Committed {
  /** The members of the metadata that follow from events, symbols and salt key. */
  readonly metadata: Pick<
    TraceMetadata,
    | 'root'
    | 'count'
    | 'records'
    | 'leafEncoding'
    | 'eventsPerLeaf'
    | 'saltCommitment'
    | 'symbols'
    | 'functionIndex'
    | 'selection'
  >;
  readonly tree: TileTree;
  readonly functions: readonly FunctionEntry[];
}

const lastCall = recordKinds.hostCall;
/** In words. */
const longestEvent = (maximumEventRecords * recordLength) / 4;

/** Bytes that are copied and looked at in one go: they are near at hand then. */
const atOnce = 32 * 1024;

/** Bytes of leaves that are hashed at a time on this thread: they stay in its processor's own cache from being copied until they are hashed. */
const nearBytes = 128 * 1024;

/** Longest leaf in bytes. */
export const maximumLeafBytes = batchBytes - maximumEventRecords * recordLength;

/**
 * Builds the commitment while records come in, in chunks of any length: splits them into events and leaves, hashes, keeps tiles. Memory does not grow with the
 * number of events but for tiles above the leaves (1.3 MB for ten million leaves).
 */
export class Commitment {
  readonly #options: CommitmentOptions;
  readonly #hashLeaves: HashLeaves;
  /** Whether nobody holds the records of a batch any longer than its hashing takes, which is on this thread: they need no copy. */
  readonly #isDirect: boolean;
  readonly #hasher = treeHasher();
  readonly #functions: FunctionCounter;
  readonly #selection: SelectionCollector | undefined;
  #tree: TileTree;
  readonly #buffer = new Uint8Array(batchBytes);
  /** The same bytes: the first of four words is kind and site. */
  readonly #words = new Uint32Array(this.#buffer.buffer);
  #filled = 0;
  /** Up to where the buffer was looked at. */
  #scanned = 0;
  #offsets = new Uint32Array(batchLeaves + 1);
  #leaves = 0;
  #eventsInLeaf = 0;
  #eventRecords = 0;
  #events = 0;
  #records = 0;
  #firstLeaf = 0;
  #isStarted = false;
  #bundle: Uint8Array[] = [];
  #bundleLeaves = 0;
  #bundles = 0;
  /** From here on only tiles above the leaves are kept. */
  #forgets = false;
  #underWay: { readonly batch: LeafBatch; readonly hashes: Promise<Uint8Array> }[] = [];

  constructor(options: CommitmentOptions) {
    const { eventsPerLeaf, leafEncoding, saltKey, symbols } = options;
    if (!Number.isInteger(eventsPerLeaf) || eventsPerLeaf < 1 || eventsPerLeaf > 65536) {
      throw new RangeError(`A leaf has 1 to 65536 events, not ${eventsPerLeaf}.`);
    }
    if (leafEncoding === 'fields' && (eventsPerLeaf !== 1 || !saltKey)) {
      throw new RangeError('Leaves of fields have one event each and a salt key.');
    }
    this.#options = options;
    this.#hashLeaves =
      options.hashLeaves ?? makeLeafHasher({ leafEncoding, saltKey, symbols: lookupIn(symbols) }, this.#hasher);
    this.#isDirect = !options.hashLeaves && !options.onBundle;
    this.#functions = new FunctionCounter(saltKey, this.#hasher);
    this.#selection = options.select && new SelectionCollector(options.select, saltKey);
    this.#tree = new TileTree(true, this.#hasher);
  }

  /** Events that are complete so far; the one that values may still come for is not counted. */
  get events(): number {
    return this.#events - (this.#isStarted ? 1 : 0);
  }

  /**
   * Takes whole records (a multiple of 16 bytes); an event may go on in the next chunk. What is hashed on this thread is hashed before it returns, so it can
   * be called from within a run. Where leaves are hashed elsewhere, `add` is to be used: it bounds what is under way.
   * @throws FormatError for a value record without an event, or a function that the symbols do not have
   */
  push(records: Uint8Array): void {
    if (records.length % recordLength !== 0) {
      throw new FormatError(`Records: expected whole records, found ${records.length} bytes.`, records.length);
    }
    for (let at = 0; at < records.length;) {
      const part = records.subarray(at, at + Math.min(atOnce, this.#buffer.length - this.#filled));
      this.#buffer.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      this.#scan();
      if (this.#filled === this.#buffer.length) this.#flush();
    }
    this.#selection?.add(records);
  }

  /** As `push`; to be waited for before the next. @throws FormatError, and what hashing elsewhere throws */
  async add(records: Uint8Array): Promise<void> {
    this.push(records);
    while (this.#underWay.length > (this.#options.ahead ?? 4)) await this.#settle();
  }

  /** The end of the trace. */
  async finish(): Promise<Committed> {
    if (this.#isStarted) {
      this.#leaves++;
      this.#offsets[this.#leaves] = this.#scanned;
      this.#isStarted = false;
    }
    this.#flush();
    while (this.#underWay.length > 0) await this.#settle();
    if (this.#bundleLeaves > 0) this.#giveBundle();
    const { leafEncoding, eventsPerLeaf, saltKey, symbols, isTraced } = this.#options;
    const functions = this.#functions.entries(symbols.functions.length, isTraced);
    return {
      tree: this.#tree,
      functions,
      metadata: {
        root: toHex(this.#tree.root()),
        count: this.#events,
        records: this.#records,
        leafEncoding,
        eventsPerLeaf,
        saltCommitment: saltKey ? saltCommitment(saltKey) : zeroDigest,
        symbols: toHex(symbolsRoot(symbols)),
        functionIndex: toHex(functionIndexRoot(functions, saltKey)),
        selection: this.#selection?.finish().root() ?? zeroDigest,
      },
    };
  }

  /**
   * Finds where events and leaves begin. Runs over every record, so it looks at one word of each and counts records by their places alone; a closure over what
   * it counts by would put that into memory.
   */
  #scan(): void {
    const words = this.#words;
    const counter = this.#functions;
    const perLeaf = this.#options.eventsPerLeaf;
    const functions = this.#options.symbols.functions.length;
    let last = this.#filled >>> 2;
    let at = this.#scanned >>> 2;
    let from = at;
    let events = this.#events;
    let inLeaf = this.#eventsInLeaf;
    let isStarted = this.#isStarted;
    /** Where the event began: before the buffer, it may be. */
    let start = at - (this.#eventRecords << 2);
    for (;;) {
      while (at < last && ((words[at] as number) & 0x80) !== 0) at += 4;
      if (at - start > longestEvent || (at > start && !isStarted)) {
        throw new FormatError(
          'Records: a value without an event, or too many values of one.',
          (this.#records + ((Math.min(at, start + longestEvent) - from) >>> 2)) * recordLength,
        );
      }
      if (at >= last) break;
      if (inLeaf === perLeaf) {
        this.#leaves++;
        this.#offsets[this.#leaves] = at << 2;
        inLeaf = 0;
        if (this.#isFull(at << 2)) {
          this.#looked(at, from, events, inLeaf);
          this.#isStarted = isStarted;
          this.#flush();
          at = this.#scanned >>> 2;
          from = at;
          last = this.#filled >>> 2;
        }
      }
      const head = words[at] as number;
      if ((head & 0xff) <= lastCall) {
        const site = head >>> 8;
        if (site >= functions) {
          throw new FormatError(
            `Records: the symbols do not have function ${site}.`,
            (this.#records + ((at - from) >>> 2)) * recordLength,
          );
        }
        counter.add(site, events);
      }
      isStarted = true;
      events++;
      inLeaf++;
      start = at;
      at += 4;
    }
    this.#eventRecords = (at - start) >>> 2;
    this.#isStarted = isStarted;
    this.#looked(at, from, events, inLeaf);
  }

  /** Keeps what was found between two words. */
  #looked(at: number, from: number, events: number, inLeaf: number): void {
    this.#records += (at - from) >>> 2;
    this.#scanned = at << 2;
    this.#events = events;
    this.#eventsInLeaf = inLeaf;
  }

  /**
   * Whether the leaves so far, which end here, are to be handed over. Those that are hashed on this thread while their bytes are still near at hand, an even number
   * since two are hashed at a time; to others as much as fits, but in whole tiles, so that nothing has to be moved.
   */
  #isFull(end: number): boolean {
    const leaves = this.#leaves;
    if (leaves === batchLeaves) return true;
    if (this.#isDirect && end >= nearBytes && leaves % 2 === 0 && leaves < tileWidth) return true;
    if (leaves % tileWidth !== 0 || this.#firstLeaf % tileWidth !== 0) return false;
    return end >= (this.#isDirect ? nearBytes : batchBytes / 2);
  }

  /** Hands the complete leaves over and moves what is behind them to the beginning. */
  #flush(): void {
    let count = this.#leaves;
    // Whole tiles where there are some, so that only their roots come back.
    const isAligned = this.#firstLeaf % tileWidth === 0;
    if (isAligned && this.#isStarted && count > tileWidth) count -= count % tileWidth;
    if (count === 0) {
      if (this.#filled === this.#buffer.length) {
        throw new FormatError(`Records: a leaf of more than ${maximumLeafBytes} bytes.`, this.#records * recordLength);
      }
      return;
    }
    const end = this.#offsets[count] as number;
    const limit = this.#options.keepLeavesUpTo ?? 2 ** 20;
    if (this.#firstLeaf + count > limit) this.#forgets = true;
    const batch: LeafBatch = {
      firstLeaf: this.#firstLeaf,
      records: this.#isDirect ? this.#buffer.subarray(0, end) : this.#buffer.slice(0, end),
      offsets: this.#isDirect ? this.#offsets : this.#offsets.slice(0, count + 1),
      count,
      onlyTiles: this.#forgets && isAligned && count % tileWidth === 0,
    };
    if (this.#options.onBundle) this.#gatherBundles(batch);
    const hashes = this.#hashLeaves(batch);
    if (hashes instanceof Uint8Array && this.#underWay.length === 0) {
      // Hashed on this thread: taken at once, so that whoever cannot wait (a running program) need not.
      this.#take(batch, hashes);
    } else {
      const promise = Promise.resolve(hashes);
      // It is waited for in `settle`, and may fail before.
      promise.catch(() => undefined);
      this.#underWay.push({ batch, hashes: promise });
    }
    this.#firstLeaf += count;
    this.#buffer.copyWithin(0, end, this.#filled);
    for (let index = count; index <= this.#leaves; index++) {
      this.#offsets[index - count] = (this.#offsets[index] as number) - end;
    }
    this.#leaves -= count;
    this.#filled -= end;
    this.#scanned -= end;
  }

  async #settle(): Promise<void> {
    const first = this.#underWay.shift();
    if (first) this.#take(first.batch, await first.hashes);
  }

  #take({ onlyTiles }: LeafBatch, hashes: Uint8Array): void {
    if (this.#forgets && this.#tree.keepsLeaves) this.#tree = this.#tree.withoutLeaves();
    if (onlyTiles) this.#tree.appendTiles(hashes);
    else this.#tree.append(hashes);
  }

  #gatherBundles({ records, offsets, count }: LeafBatch): void {
    for (let leaf = 0; leaf < count;) {
      const taken = Math.min(count - leaf, tileWidth - this.#bundleLeaves);
      this.#bundle.push(records.subarray(offsets[leaf] as number, offsets[leaf + taken] as number));
      this.#bundleLeaves += taken;
      leaf += taken;
      if (this.#bundleLeaves === tileWidth) this.#giveBundle();
    }
  }

  #giveBundle(): void {
    const length = this.#bundle.reduce((sum, part) => sum + part.length, 0);
    const records = new Uint8Array(length);
    let at = 0;
    for (const part of this.#bundle) {
      records.set(part, at);
      at += part.length;
    }
    this.#bundle = [];
    this.#bundleLeaves = 0;
    this.#options.onBundle?.(this.#bundles++, records);
  }
}
