import type { Entry } from '../chain/evidence.ts';
import type { AuditMemory } from './auditMemory.ts';
import { decodePart, encodePart } from './memoryPart.ts';

/** What is older is found anew: a bucket may have changed since. */
const longestAge = 24 * 3600 * 1000;
/** A clock that was set back by more than this makes the age of a part unknown. */
const clockPlay = 5 * 60 * 1000;

export interface AuditJournalOptions {
  readonly memory: AuditMemory;
  readonly identity: string;
  /** The first 256 numbers that the audit reads. */
  readonly firstSegment: number;
  /** A sentence for people: what was not reused, or could not be saved, and why. */
  readonly onWords?: (words: string) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * Writes an audit's findings to its memory, 256 numbers at a time, in order and only when nothing about them is open; and gives back what an
 * earlier audit left. Parts are sealed with the memory's key, and chained by their seals.
 */
export class AuditJournal {
  readonly #options: AuditJournalOptions;
  readonly #entries = new Map<number, Entry[]>();
  #key: CryptoKey | undefined;
  readonly #now: () => number;
  #next: number;
  #previous = '';
  #last: Promise<void> = Promise.resolve();
  #broken = false;
  #closed = false;

  constructor(options: AuditJournalOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => Date.now());
    this.#next = options.firstSegment;
  }

  /**
   * What an earlier audit left, every part checked before any counts. What does not pass is said in words and forgotten.
   * @returns the entries in order, and the first segment that is not in them
   */
  async load(): Promise<{ readonly entries: readonly Entry[]; readonly next: number }> {
    const { memory, identity, firstSegment, onWords } = this.#options;
    const entries: Entry[] = [];
    let previous = '';
    let index = 0;
    try {
      this.#key = await memory.key();
      for (const line of await memory.load()) {
        const { part, seal } = await decodePart(this.#key, line, { identity, index, previous });
        const age = this.#now() - part.savedAt;
        if (!(age < longestAge)) throw new Error('It is more than a day old.');
        if (age < -clockPlay) throw new Error('It was left later than this machine’s clock says that it is now.');
        for (const entry of part.entries) entries.push(entry);
        previous = seal;
        index += 1;
      }
    } catch (error) {
      onWords?.(`Nothing of an earlier audit is reused: ${wordsOf(error)} This one begins anew.`);
      await this.#try(async () => {
        await memory.clear();
        this.#key = await memory.key();
      });
      return { entries: [], next: firstSegment };
    }
    this.#previous = previous;
    this.#next = firstSegment + index;
    return { entries, next: this.#next };
  }

  note(segment: number, entry: Entry): void {
    if (segment < this.#next || this.#broken) return;
    const known = this.#entries.get(segment);
    if (known) known.push(entry);
    else this.#entries.set(segment, [entry]);
  }

  /** Saves every further segment about which nothing is open, without being waited for. */
  advance(isSettled: (segment: number) => boolean): void {
    while (!this.#broken && !this.#closed && isSettled(this.#next)) {
      const { identity, firstSegment, memory } = this.#options;
      const index = this.#next - firstSegment;
      const entries = this.#entries.get(this.#next) ?? [];
      const savedAt = this.#now();
      this.#entries.delete(this.#next);
      this.#next += 1;
      const save = async (): Promise<void> => {
        const key = (this.#key ??= await memory.key());
        const { line, seal } = await encodePart(key, { identity, index, previous: this.#previous, savedAt, entries });
        this.#previous = seal;
        await memory.save(index, line);
      };
      this.#last = this.#last.then(() => this.#try(save));
    }
  }

  /** For an audit that ends early: nothing more is handed over, and what was is saved when it resolves. */
  close(): Promise<void> {
    this.#closed = true;
    return this.#last;
  }

  /** Resolves when what was handed over is saved. */
  saved(): Promise<void> {
    return this.#last;
  }

  /** A memory that fails is left alone: the audit does not need it. */
  async #try(work: () => Promise<void>): Promise<void> {
    if (this.#broken) return;
    try {
      await work();
    } catch (error) {
      this.#broken = true;
      this.#entries.clear();
      this.#options.onWords?.(`What this audit finds cannot be kept for a later one: ${wordsOf(error)}`);
    }
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
