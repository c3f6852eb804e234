import { toHex } from '../../bytes/hex.ts';
import { AuditorError } from '../../verdict/auditorError.ts';
import { Commitment, type Committed } from '../commitment.ts';
import type { TraceEvent } from '../event.ts';
import { makeTraceProof } from '../makeTraceProof.ts';
import { functionLeaf, proveFunction } from '../functionIndex.ts';
import { leafCount, type TraceDomain, type TraceMetadata } from '../metadata.ts';
import { pack } from '../packed.ts';
import { parsePolicy } from '../policy.ts';
import { inclusionPath, readTile } from '../proof.ts';
import type { Symbols } from '../symbols.ts';
import { tileWidth } from '../tileTree.ts';
import { TimelineBuilder, type Timeline } from '../timeline.ts';
import { tracedFunctions } from '../tracedFunctions.ts';
import { encodeTraceFile, packSymbols, type TraceFile, type TraceSignature } from '../traceFile.ts';
import { encodeTraceProof } from '../traceProof.ts';
import { TraceReader } from '../traceReader.ts';
import { wholeTraceProof } from '../wholeTrace.ts';
import { selectedFunctions } from '../zk/selectedFunctions.ts';
import { eventRow, type EventRow } from './eventRow.ts';
import { addToTimeline, filterEvents, type EventFilter } from './scanRecords.ts';

/** Everything of a trace but its events. */
export interface HeldTrace {
  readonly metadata: TraceMetadata;
  readonly domain: TraceDomain;
  readonly signed?: TraceSignature | undefined;
  /** Canonical JSON. */
  readonly policy: string;
  readonly symbols: Symbols;
  readonly tape: Uint8Array;
  readonly inputs?: Uint8Array | undefined;
  readonly saltKey?: Uint8Array | undefined;
}

/** What a machine says of a trace when it signs it. */
export type Signing = Pick<HeldTrace, 'metadata' | 'domain' | 'signed'>;

/** The way from an event's leaf to the root, or from a function's entry to that of the index; hex, Keccak-256. */
export interface EventPath {
  readonly leaf: string;
  readonly index: number;
  readonly leaves: number;
  readonly path: readonly string[];
}

/** What of a trace goes into its file; the events always do. */
export interface FileParts {
  /** Tape, inputs and salt key: whoever has them can run the program again, and learns all that it was given. */
  readonly private: boolean;
}

/** A trace that was just made, kept unpacked while a person looks at it: rows, searches, proofs and files come out of it. */
export class TraceHolder {
  readonly #bundles: Uint8Array[] = [];
  readonly #pause: () => Promise<void> | undefined;
  #held: HeldTrace | undefined;
  #reader: TraceReader | undefined;
  #committed: Promise<Committed> | undefined;

  /** @param pause awaited between pieces of work, so that whoever asks for rows need not wait for the tree */
  constructor(pause: () => Promise<void> | undefined = () => undefined) {
    this.#pause = pause;
  }

  /** Records of 256 leaves, in any order. */
  add(index: number, records: Uint8Array): void {
    this.#bundles[index] = records;
  }

  /** @throws AuditorError `internal` where the events are not those that were committed to */
  async open(held: HeldTrace): Promise<Timeline> {
    const { metadata } = held;
    this.#held = held;
    this.#reader = TraceReader.of(await this.#file(held), held.symbols);
    const builder = new TimelineBuilder(metadata.count);
    for (const records of this.#bundles) {
      addToTimeline(records, builder);
      await this.#pause();
    }
    this.#committed = this.#commit(held);
    // Whoever asks for a proof is told; nobody else needs to be.
    this.#committed.catch(() => undefined);
    return builder.timeline();
  }

  /** The same events under what a machine has signed. */
  async sign(signing: Signing): Promise<void> {
    this.#held = { ...this.#here().held, ...signing };
    this.#reader = TraceReader.of(await this.#file(this.#held), this.#held.symbols);
  }

  filter(filter: EventFilter): Uint32Array {
    const { held } = this.#here();
    return filterEvents(this.#bundles, held.metadata.count, held.symbols, filter);
  }

  /** One row for each number; numbers that the trace does not have are left out. */
  async rows(numbers: readonly number[]): Promise<EventRow[]> {
    const { reader, held } = this.#here();
    const rows: EventRow[] = [];
    for (const number of numbers) {
      const [event] = await reader.events(number, 1);
      if (event) rows.push(eventRow(number, event, held.symbols));
    }
    return rows;
  }

  /** Resolves once the tree is there, which takes a second for a million events. */
  async path(event: number): Promise<EventPath> {
    const { reader, committed } = await this.#tree();
    const { metadata } = reader.file;
    const { tiles } = await reader.side(committed);
    const index = Math.floor(event / metadata.eventsPerLeaf);
    const tile = await readTile(tiles, 0, Math.floor(index / tileWidth));
    const at = 32 * (index % tileWidth);
    const path = await inclusionPath(tiles, index);
    return {
      leaf: toHex(tile.subarray(at, at + 32)),
      index,
      leaves: leafCount(metadata),
      path: path.map((hash) => toHex(hash)),
    };
  }

  /** The way of a function's entry to the root of the index. @throws AuditorError `usage` TRACE_FUNCTION for one that the program does not have */
  async functionPath(index: number): Promise<EventPath> {
    const { reader, committed } = await this.#tree();
    const { functions } = committed;
    if (!functions[index]) throw new AuditorError('usage', 'TRACE_FUNCTION', `The program has no function ${index}.`);
    const proof = proveFunction(functions, index, reader.file.saltKey);
    const path = proof.path.map((hash) => toHex(hash));
    return { leaf: toHex(functionLeaf(proof)), index, leaves: proof.functions, path };
  }

  /** The text of a proof about the trace as a whole, for its certificate: that the events give the root is made sure before. */
  async whole(): Promise<string> {
    const { reader } = await this.#tree();
    return encodeTraceProof(wholeTraceProof(reader.file));
  }

  /**
   * The text of a `trace-proof`.
   * @param fields of each event that is shown, where the trace salts fields one by one; all of them where left out
   * @param functions whose number of calls is shown
   */
  async proof(
    events: readonly number[],
    fields?: readonly number[],
    functions: readonly number[] = [],
  ): Promise<string> {
    const { reader, committed } = await this.#tree();
    const known = (event: TraceEvent) => {
      const all = 3 + event.values.length + event.results.length;
      return (fields ?? []).filter((field) => field < all);
    };
    const proof = await makeTraceProof(reader, committed, { events, functions, ...(fields && { fields: known }) });
    return encodeTraceProof(proof);
  }

  /** The trace as a file, its events compressed. */
  async file({ private: withPrivate }: FileParts): Promise<Uint8Array<ArrayBuffer>> {
    const { held } = this.#here();
    const file = await this.#file(held);
    const bundles = [];
    for (const records of this.#bundles) {
      bundles.push(await pack(records));
      await this.#pause();
    }
    const { tape: _tape, inputs: _inputs, saltKey: _key, ...open } = file;
    return encodeTraceFile({ ...(withPrivate ? file : open), bundles });
  }

  async #tree(): Promise<{ readonly reader: TraceReader; readonly committed: Committed }> {
    const { reader } = this.#here();
    return { reader, committed: await (this.#committed as Promise<Committed>) };
  }

  #here(): { readonly held: HeldTrace; readonly reader: TraceReader } {
    if (this.#held && this.#reader) return { held: this.#held, reader: this.#reader };
    throw new AuditorError('usage', 'TRACE_NONE', 'There is no trace yet.');
  }

  async #file(held: HeldTrace): Promise<TraceFile> {
    const { symbols, ...rest } = held;
    const bundles = this.#bundles.map((bytes) => ({ length: bytes.length, method: 'stored' as const, bytes }));
    return { ...rest, symbols: await packSymbols(symbols), bundles };
  }

  async #commit({ metadata, policy, symbols, saltKey }: HeldTrace): Promise<Committed> {
    const chosen = parsePolicy(policy);
    const { leafEncoding, eventsPerLeaf } = metadata;
    const commitment = new Commitment({
      leafEncoding,
      eventsPerLeaf,
      saltKey,
      symbols,
      isTraced: tracedFunctions(chosen, symbols),
      select: selectedFunctions(chosen, symbols),
    });
    for (const records of this.#bundles) {
      await commitment.add(records);
      await this.#pause();
    }
    const committed = await commitment.finish();
    if (committed.metadata.root === metadata.root) return committed;
    throw new AuditorError('internal', 'TRACE_ROOT', 'The events that are kept do not give the root of the run.');
  }
}
