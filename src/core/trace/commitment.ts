import { toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { maximumEventRecords } from './event.ts';
import { lookupIn } from './eventJson.ts';
import { recordScanner } from './fastScanner.ts';
import { functionIndexRoot, type FunctionEntry } from './functionIndex.ts';
import { makeLeafHasher, type HashLeaves, type LeafBatch } from './leafHasher.ts';
import { zeroDigest, type LeafEncoding, type TraceMetadata } from './metadata.ts';
import { recordLength } from './record.ts';
import type { FullRule, RecordScanner } from './recordScanner.ts';
import { saltCommitment } from './salt.ts';
import { symbolsRoot, type Symbols } from './symbols.ts';
import { TileTree, tileWidth } from './tileTree.ts';
import { batchBytes } from './treeHasher.ts';
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
  /** Whether leaves are hashed on this thread: nobody holds their records any longer than that takes, so they need no copy. */
  readonly #isDirect: boolean;
  readonly #scanner: RecordScanner;
  readonly #selection: SelectionCollector | undefined;
  #tree: TileTree;
  #firstLeaf = 0;
  #isOver = false;
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
    this.#scanner = recordScanner({ eventsPerLeaf, functions: symbols.functions.length, saltKey });
    const { hasher } = this.#scanner;
    this.#hashLeaves =
      options.hashLeaves ?? makeLeafHasher({ leafEncoding, saltKey, symbols: lookupIn(symbols) }, hasher);
    this.#isDirect = !options.hashLeaves;
    this.#selection = options.select && new SelectionCollector(options.select, saltKey);
    this.#tree = new TileTree(true, hasher);
  }

  /** Events that are complete so far; the one that values may still come for is not counted. */
  get events(): number {
    return this.#scanner.events - (this.#scanner.isStarted ? 1 : 0);
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
    if (this.#isOver) throw new RangeError('The trace is over: nothing can be added to it.');
    const scanner = this.#scanner;
    for (let at = 0; at < records.length;) {
      const part = records.subarray(at, at + Math.min(atOnce, batchBytes - scanner.filled));
      scanner.buffer.set(part, scanner.filled);
      scanner.filled += part.length;
      at += part.length;
      while (scanner.scan(this.#full())) this.#flush();
      if (scanner.filled === batchBytes) this.#flush();
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
    this.#isOver = true;
    this.#scanner.end();
    this.#flush();
    while (this.#underWay.length > 0) await this.#settle();
    if (this.#bundleLeaves > 0) this.#giveBundle();
    const { leafEncoding, eventsPerLeaf, saltKey, symbols, isTraced } = this.#options;
    const { events, records } = this.#scanner;
    const functions = this.#scanner.entries(isTraced);
    this.#scanner.release();
    return {
      tree: this.#tree,
      functions,
      metadata: {
        root: toHex(this.#tree.root()),
        count: events,
        records,
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
   * When the leaves so far are to be handed over. Those that are hashed on this thread while their bytes are still near at hand, an even number since two are hashed
   * at a time; to others as much as fits, but in whole tiles, so that nothing has to be moved.
   */
  #full(): FullRule {
    const tiles = this.#firstLeaf % tileWidth === 0;
    return this.#isDirect ? { bytes: nearBytes, few: 2, tiles } : { bytes: batchBytes / 2, few: 0, tiles };
  }

  /** Hands the complete leaves over and moves what is behind them to the beginning. */
  #flush(): void {
    const scanner = this.#scanner;
    let count = scanner.leaves;
    // Whole tiles where there are some, so that only their roots come back.
    const isAligned = this.#firstLeaf % tileWidth === 0;
    if (isAligned && scanner.isStarted && count > tileWidth) count -= count % tileWidth;
    if (count === 0) {
      if (scanner.filled === batchBytes) {
        throw new FormatError(
          `Records: a leaf of more than ${maximumLeafBytes} bytes.`,
          scanner.records * recordLength,
        );
      }
      return;
    }
    const { buffer, offsets } = scanner;
    const end = offsets[count] as number;
    const limit = this.#options.keepLeavesUpTo ?? 2 ** 20;
    if (this.#firstLeaf + count > limit) this.#forgets = true;
    const batch: LeafBatch = {
      firstLeaf: this.#firstLeaf,
      records: this.#isDirect ? buffer.subarray(0, end) : buffer.slice(0, end),
      offsets: this.#isDirect ? offsets : offsets.slice(0, count + 1),
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
    scanner.drop(count);
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
      this.#bundle.push(records.slice(offsets[leaf] as number, offsets[leaf + taken] as number));
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
