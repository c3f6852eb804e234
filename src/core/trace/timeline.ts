import type { EventKind, TraceEvent } from './event.ts';

/** A trace at a glance: so many pieces of the same number of events each. */
export interface Timeline {
  readonly eventsPerPiece: number;
  /** Deepest call of each piece, as the events of it say. */
  readonly depth: readonly number[];
  /** Calls of the program's own functions in each piece. */
  readonly calls: readonly number[];
  readonly memory: readonly number[];
  readonly hostCalls: readonly number[];
  /** Events of each kind in all. */
  readonly kinds: Readonly<Partial<Record<EventKind, number>>>;
}

const mostPieces = 1024;

/** Collects a timeline while events go by in order. */
export class TimelineBuilder {
  readonly #eventsPerPiece: number;
  readonly #depth: number[] = [];
  readonly #calls: number[] = [];
  readonly #memory: number[] = [];
  readonly #hostCalls: number[] = [];
  readonly #kinds: Partial<Record<EventKind, number>> = {};
  #at = 0;

  /** @param events so many in all */
  constructor(events: number) {
    this.#eventsPerPiece = Math.max(1, Math.ceil(events / mostPieces));
  }

  add({ kind, a }: Pick<TraceEvent, 'kind' | 'a'>): void {
    const piece = Math.floor(this.#at++ / this.#eventsPerPiece);
    if (piece === this.#depth.length)
      for (const row of [this.#depth, this.#calls, this.#memory, this.#hostCalls]) row.push(0);
    this.#kinds[kind] = (this.#kinds[kind] ?? 0) + 1;
    const isCall = kind === 'call' || kind === 'openCall';
    if (isCall || kind === 'hostCall') this.#depth[piece] = Math.max(this.#depth[piece] as number, a);
    const row = isCall
      ? this.#calls
      : kind === 'hostCall'
        ? this.#hostCalls
        : memoryKinds.has(kind)
          ? this.#memory
          : undefined;
    if (row) row[piece] = (row[piece] as number) + 1;
  }

  timeline(): Timeline {
    return {
      eventsPerPiece: this.#eventsPerPiece,
      depth: this.#depth,
      calls: this.#calls,
      memory: this.#memory,
      hostCalls: this.#hostCalls,
      kinds: this.#kinds,
    };
  }
}

const memoryKinds = new Set<EventKind>(['load', 'store', 'memoryGrow', 'memoryCopy', 'memoryFill', 'memoryInit']);
