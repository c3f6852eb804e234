/** Numbers of the first and the last event in view. */
export interface EventsInView {
  readonly low: number;
  readonly high: number;
}

/** Joins the table of events with the strip above it: the one says what is in view, the other where to go. Neither draws the other anew. */
export class EventWindow {
  #inView: EventsInView | undefined;
  #scroll: ((event: number) => void) | undefined;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly inView = (): EventsInView | undefined => this.#inView;

  show(low: number, high: number): void {
    if (this.#inView?.low === low && this.#inView.high === high) return;
    this.#inView = { low, high };
    for (const listener of this.#listeners) listener();
  }

  /** @param scroll brings an event, or the next one that is shown, into the middle of the view */
  attach(scroll: (event: number) => void): () => void {
    this.#scroll = scroll;
    return () => {
      if (this.#scroll === scroll) this.#scroll = undefined;
    };
  }

  scrollTo(event: number): void {
    this.#scroll?.(event);
  }
}
