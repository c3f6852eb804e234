import { browserSealStore } from '../../audit/evm/browserSealStore.ts';
import { createEvmExecutor } from '../../audit/evm/createEvmExecutor.ts';
import type { EvmExecutor } from '../../audit/evm/evmExecutor.ts';
import { rememberSeals } from '../../audit/evm/sealMemory.ts';
import type { Progress } from '../../core/kinds/kind.ts';
import { Pace, type PaceState } from './pace.ts';

/** How far a reading of a ledger is, and what the last one that was finished found. */
export interface ReadingState<Result> {
  /** `stopped` by the person; `failed` by what `error` says, which is no verdict. */
  readonly status: 'running' | 'read' | 'stopped' | 'failed';
  readonly progress: PaceState | undefined;
  readonly result: Result | undefined;
  readonly error: Error | undefined;
}

export interface ReadingTools {
  readonly executor: EvmExecutor;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Something of a ledger, read once for every page that shows it, and again when it is asked for. */
export class ReadingSession<Result> {
  #state: ReadingState<Result> = { status: 'running', progress: undefined, result: undefined, error: undefined };
  #running: AbortController | undefined;
  readonly #read: (tools: ReadingTools) => Promise<Result>;
  readonly #listeners = new Set<() => void>();

  constructor(read: (tools: ReadingTools) => Promise<Result>) {
    this.#read = read;
    this.start();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): ReadingState<Result> => this.#state;

  /** Reads from the pin's beginning; what was found before stays in view until there is something newer. */
  readonly start = (): void => {
    this.#running?.abort();
    const controller = new AbortController();
    this.#running = controller;
    void this.#run(controller.signal);
  };

  /** Stops reading; nothing is concluded from what was read so far. */
  readonly stop = (): void => {
    this.#running?.abort();
    this.#tell({ ...this.#state, status: 'stopped', progress: undefined });
  };

  async #run(signal: AbortSignal): Promise<void> {
    this.#tell({ ...this.#state, status: 'running', progress: undefined, error: undefined });
    const pace = new Pace();
    const executor = rememberSeals(createEvmExecutor(), browserSealStore());
    const onProgress = (progress: Progress): void => {
      if (!signal.aborted) this.#tell({ ...this.#state, progress: pace.take(progress, performance.now()) });
    };
    try {
      const result = await this.#read({ executor, signal, onProgress });
      signal.throwIfAborted();
      this.#tell({ status: 'read', progress: undefined, result, error: undefined });
    } catch (thrown) {
      if (signal.aborted) return;
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.#tell({ ...this.#state, status: 'failed', progress: undefined, error });
    } finally {
      executor.close();
    }
  }

  #tell(state: ReadingState<Result>): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
