import { decodeUtf8 } from '../bytes/bytes.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { Commitment, type Committed } from './commitment.ts';
import { decodeEvents, type TraceEvent } from './event.ts';
import { lookupIn, type SymbolLookup } from './eventJson.ts';
import { makeLeafHasher, type HashLeaves } from './leafHasher.ts';
import type { TraceMetadata } from './metadata.ts';
import { unpack } from './packed.ts';
import { parsePolicy } from './policy.ts';
import { parseSymbols, type Symbols } from './symbols.ts';
import { tileWidth, type TileSource } from './tileTree.ts';
import { parseTraceFile, type TraceFile } from './traceFile.ts';
import { tracedFunctions } from './tracedFunctions.ts';
import { selectedFunctions } from './zk/selectedFunctions.ts';

/** A trace that can be read piece by piece: a file, or tiles at addresses. */
export interface TraceSide {
  readonly metadata: TraceMetadata;
  readonly symbols: Symbols;
  readonly tiles: TileSource;
  /** Records of the 256 leaves of one tile. */
  readonly bundle: (index: number) => Promise<Uint8Array>;
}

/** Bundles of decoded events that are kept at a time. */
const keptBundles = 64;

/** A trace file, opened: events are unpacked where they are looked at. */
export class TraceReader {
  readonly file: TraceFile;
  readonly symbols: Symbols;
  readonly lookup: SymbolLookup;
  readonly #kept = new Map<number, Promise<readonly TraceEvent[]>>();

  private constructor(file: TraceFile, symbols: Symbols) {
    this.file = file;
    this.symbols = symbols;
    this.lookup = lookupIn(symbols);
  }

  /** @throws FormatError for a file or symbols that do not have the form */
  static async open(bytes: Uint8Array): Promise<TraceReader> {
    const file = parseTraceFile(bytes);
    const symbols = parseSymbols(decodeUtf8(await unpack(file.symbols, 'Trace, symbols')));
    return new TraceReader(file, symbols);
  }

  /** A trace that was just made: its bundles may be there as they are, unpacked. */
  static of(file: TraceFile, symbols: Symbols): TraceReader {
    return new TraceReader(file, symbols);
  }

  /** Number of events. */
  get count(): number {
    return this.file.metadata.count;
  }

  /** Events in a bundle, but for the last. */
  get eventsPerBundle(): number {
    return tileWidth * this.file.metadata.eventsPerLeaf;
  }

  bundle = async (index: number): Promise<Uint8Array> => {
    const packed = this.file.bundles[index];
    if (!packed) throw new RangeError(`There is no bundle ${index}.`);
    return unpack(packed, `Trace, bundle ${index}`);
  };

  /** Events `from` to `from + count`, fewer at the end. @throws FormatError for records that say no events */
  async events(from: number, count: number): Promise<TraceEvent[]> {
    const end = Math.min(this.count, from + count);
    const found: TraceEvent[] = [];
    for (let at = from; at < end;) {
      const index = Math.floor(at / this.eventsPerBundle);
      const events = await this.#bundleEvents(index);
      const first = index * this.eventsPerBundle;
      const part = events.slice(at - first, end - first);
      if (part.length === 0) throw new FormatError(`Trace, bundle ${index}: fewer events than the metadata says.`, 0);
      found.push(...part);
      at += part.length;
    }
    return found;
  }

  #bundleEvents(index: number): Promise<readonly TraceEvent[]> {
    const known = this.#kept.get(index);
    if (known) return known;
    const events = this.bundle(index).then(decodeEvents);
    events.catch(() => this.#kept.delete(index));
    this.#kept.set(index, events);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > keptBundles && oldest !== undefined) this.#kept.delete(oldest);
    return events;
  }

  /**
   * Commits to the events again. What comes out is to be compared with the metadata.
   * @param onBundle is told how far it is and what was read, and may throw to end it
   * @throws FormatError for records that say no events, or a salted trace without its key
   */
  async commit(
    onBundle?: (done: number, total: number, events: readonly TraceEvent[]) => void,
    hashLeaves?: HashLeaves,
  ): Promise<Committed> {
    const { metadata, saltKey, policy, bundles } = this.file;
    const chosen = parsePolicy(policy);
    const commitment = new Commitment({
      leafEncoding: metadata.leafEncoding,
      eventsPerLeaf: metadata.eventsPerLeaf,
      saltKey,
      symbols: this.symbols,
      isTraced: tracedFunctions(chosen, this.symbols),
      select: selectedFunctions(chosen, this.symbols),
      hashLeaves,
    });
    for (const index of bundles.keys()) {
      const records = await this.bundle(index);
      const isLast = index === bundles.length - 1;
      const events = decodeEvents(records);
      if (!isLast && events.length !== this.eventsPerBundle) {
        throw new FormatError(
          `Trace, bundle ${index}: ${events.length} events, ${this.eventsPerBundle} were expected.`,
          0,
        );
      }
      await commitment.add(records);
      onBundle?.(index + 1, bundles.length, events);
    }
    return commitment.finish();
  }

  /** What `bisect` compares; the tree is built once, from all events. */
  async side(committed?: Committed): Promise<TraceSide> {
    const { tree } = committed ?? (await this.commit());
    const { metadata, saltKey } = this.file;
    const hashLeaves = makeLeafHasher({ leafEncoding: metadata.leafEncoding, saltKey, symbols: this.lookup });
    const read = async (level: number, index: number, width: number): Promise<Uint8Array> => {
      if (tree.has(level, index)) return tree.read(level, index, width);
      const records = await this.bundle(index);
      const offsets = leafOffsets(records, metadata.eventsPerLeaf);
      const count = offsets.length - 1;
      return hashLeaves({ firstLeaf: index * tileWidth, records, offsets, count, onlyTiles: false }).subarray(
        0,
        32 * width,
      );
    };
    return { metadata, symbols: this.symbols, tiles: { count: tree.count, read }, bundle: this.bundle };
  }
}

/** Where the leaves of a bundle begin, and its end. */
export function leafOffsets(records: Uint8Array, eventsPerLeaf: number): Uint32Array {
  const offsets: number[] = [];
  let events = 0;
  for (let at = 0; at < records.length; at += 16) {
    if ((records[at] as number) >= 0x80) continue;
    if (events % eventsPerLeaf === 0) offsets.push(at);
    events++;
  }
  return Uint32Array.from([...offsets, records.length]);
}
