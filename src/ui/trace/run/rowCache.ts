import type { TraceViewer } from '../../../audit/trace/traceViewer.ts';
import type { EventRow } from '../../../core/trace/view/eventRow.ts';

/** Rows that are kept: some fifty screens of them. */
const keptRows = 4000;
/** Rows that are asked for at once: what one screen needs, with some to spare. */
const mostAtOnce = 400;

/** Rows of a trace as the page needs them: asked for where they are not there, one request at a time, the last wish first. */
export class RowCache {
  readonly #viewer: TraceViewer;
  readonly #rows = new Map<number, EventRow>();
  readonly #listeners = new Set<() => void>();
  #wanted: readonly number[] = [];
  #asking = false;
  #version = 0;

  constructor(viewer: TraceViewer) {
    this.#viewer = viewer;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes whenever rows have come. */
  readonly version = (): number => this.#version;

  row(event: number): EventRow | undefined {
    return this.#rows.get(event);
  }

  /** Sees to it that these come; what was wanted before and is not there yet is wanted no more. */
  want(events: readonly number[]): void {
    this.#wanted = events.filter((event) => !this.#rows.has(event)).slice(0, mostAtOnce);
    if (!this.#asking) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    try {
      while (this.#wanted.length > 0) {
        const wanted = this.#wanted;
        this.#wanted = [];
        const rows = await this.#viewer.rows(wanted);
        for (const row of rows) this.#rows.set(row.number, row);
        for (const old of this.#rows.keys()) {
          if (this.#rows.size <= keptRows) break;
          this.#rows.delete(old);
        }
        this.#version += 1;
        for (const listener of this.#listeners) listener();
      }
    } catch {
      // The trace was put away meanwhile: whoever looks at the next one has a cache of its own.
    }
    this.#asking = false;
  }
}
