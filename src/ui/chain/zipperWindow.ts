/** The numbers of the blocks that are in view, the lowest and the highest. */
export interface InView {
  readonly low: number;
  readonly high: number;
}

/** Joins the table with the picture of the whole chain: the one says what is in view, the other where to go. Neither draws the other anew. */
export class ZipperWindow {
  #inView: InView | undefined;
  #scroll: ((k: number) => void) | undefined;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly inView = (): InView | undefined => this.#inView;

  show(low: number, high: number): void {
    if (this.#inView?.low === low && this.#inView.high === high) return;
    this.#inView = { low, high };
    for (const listener of this.#listeners) listener();
  }

  /** @param scroll brings a number into the middle of the view */
  attach(scroll: (k: number) => void): () => void {
    this.#scroll = scroll;
    return () => {
      if (this.#scroll === scroll) this.#scroll = undefined;
    };
  }

  scrollTo(k: number): void {
    this.#scroll?.(k);
  }
}
