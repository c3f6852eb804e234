/** A key of this page, and what it does. */
export interface KeyAction {
  /** As `KeyboardEvent.key` says it: `c`, `/`, `?`. */
  readonly key: string;
  /** What it does, as a person reads it. */
  readonly name: string;
  readonly run: () => void;
}

/**
 * The keys that do something on the page as it stands. What was shown last comes first, so that of two that want the same key the innermost gets it.
 * One listener serves all. Single letters can be switched off (WCAG 2.1.4): who speaks to the machine presses keys without meaning to.
 */
export class KeyStore {
  readonly #layers: (readonly KeyAction[])[] = [];
  readonly #listeners = new Set<() => void>();
  #all: readonly KeyAction[] = [];
  #isOn: boolean;

  constructor(isOn: boolean) {
    this.#isOn = isOn;
  }

  /** @returns what takes them away again */
  add(actions: readonly KeyAction[]): () => void {
    this.#layers.unshift(actions);
    this.#tell();
    return () => {
      const index = this.#layers.indexOf(actions);
      if (index >= 0) this.#layers.splice(index, 1);
      this.#tell();
    };
  }

  /** Every key once, in the order in which parts of the page were shown. */
  get actions(): readonly KeyAction[] {
    return this.#all;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  set isOn(on: boolean) {
    this.#isOn = on;
    this.#tell();
  }

  /** Does what the key stands for. @returns whether it stands for anything */
  press(key: string): boolean {
    const action = this.#isOn ? this.#all.find((each) => each.key === key) : undefined;
    action?.run();
    return action !== undefined;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    const found = new Map<string, KeyAction>();
    for (const layer of this.#layers)
      for (const action of layer) if (!found.has(action.key)) found.set(action.key, action);
    const order = this.#layers.toReversed().flat();
    const first = (key: string): number => order.findIndex((each) => each.key === key);
    this.#all = [...found.values()].sort((one, other) => first(one.key) - first(other.key));
    for (const listener of this.#listeners) listener();
  }
}
