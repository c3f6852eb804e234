import type { Entry } from '../chain/evidence.ts';
import type { AuditMemory } from './auditMemory.ts';
import { decodePart, encodePart } from './memoryPart.ts';

/** What is older is found anew: a bucket may have changed since. */
const longestAge = 24 * 3600 * 1000;

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
 * earlier audit left. Parts are chained by their digests.
 */
export class AuditJournal {
  readonly #options: AuditJournalOptions;
  readonly #entries = new Map<number, Entry[]>();
  readonly #now: () => number;
  #next: number;
  #previous = '';
  #last: Promise<void> = Promise.resolve();
  #broken = false;

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
      for (const line of await memory.load()) {
        const { part, digest } = decodePart(line, { identity, index, previous });
        if (!(this.#now() - part.savedAt < longestAge)) throw new Error('It is more than a day old.');
        for (const entry of part.entries) entries.push(entry);
        previous = digest;
        index += 1;
      }
    } catch (error) {
      onWords?.(`Nothing of an earlier audit is reused: ${wordsOf(error)} This one begins anew.`);
      await this.#try(() => memory.clear());
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
    while (!this.#broken && isSettled(this.#next)) {
      const { identity, firstSegment, memory } = this.#options;
      const index = this.#next - firstSegment;
      const head = { identity, index, previous: this.#previous, savedAt: this.#now() };
      const { line, digest } = encodePart({ ...head, entries: this.#entries.get(this.#next) ?? [] });
      this.#entries.delete(this.#next);
      this.#previous = digest;
      this.#next += 1;
      this.#last = this.#last.then(() => this.#try(() => memory.save(index, line)));
    }
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
