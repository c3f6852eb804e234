import type { ContractEvents } from '../../audit/evm/contractReading.ts';
import { createEvmExecutor } from '../../audit/evm/createEvmExecutor.ts';
import { readContractEvents } from '../../audit/evm/readContractEvents.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { Pace, type PaceState } from './pace.ts';

/** How far the reading of a contract is, and what the last one that was finished found. */
export interface ContractState {
  /** `stopped` by the person; `failed` by what `error` says, which is no verdict. */
  readonly status: 'running' | 'read' | 'stopped' | 'failed';
  readonly progress: PaceState | undefined;
  readonly result: ContractEvents | undefined;
  readonly error: Error | undefined;
}

const atStart: ContractState = { status: 'running', progress: undefined, result: undefined, error: undefined };

/** All events of one contract under one pin, read once for every page that shows something of it, and again when it is asked for. */
export class ContractSession {
  readonly pin: EvmPin;
  readonly address: Hex;
  #state = atStart;
  #running: AbortController | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(pin: EvmPin, address: Hex) {
    this.pin = pin;
    this.address = address;
    this.start();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): ContractState => this.#state;

  /** Reads from the pin's beginning; what was found before stays in view until there is something newer. */
  readonly start = (): void => {
    this.#running?.abort();
    const controller = new AbortController();
    this.#running = controller;
    void this.#read(controller.signal);
  };

  /** Stops reading; nothing is concluded from what was read so far. */
  readonly stop = (): void => {
    this.#running?.abort();
    this.#tell({ ...this.#state, status: 'stopped', progress: undefined });
  };

  async #read(signal: AbortSignal): Promise<void> {
    this.#tell({ ...this.#state, status: 'running', progress: undefined, error: undefined });
    const pace = new Pace();
    const executor = createEvmExecutor();
    try {
      const result = await readContractEvents({
        rpc: this.pin.rpc ?? [],
        pin: this.pin,
        address: this.address,
        executor,
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) this.#tell({ ...this.#state, progress: pace.take(progress, performance.now()) });
        },
      });
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

  #tell(state: ContractState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

const sessions = new Map<string, ContractSession>();
const maximumSessions = 8;

/** The reading of a contract; one whose pin was changed is read anew, and the oldest are forgotten. */
export function contractSession(pin: EvmPin, address: Hex): ContractSession {
  const key = canonicalJson([pin, address]);
  const known = sessions.get(key);
  if (known) return known;
  const session = new ContractSession(pin, address);
  sessions.set(key, session);
  for (const [old, each] of sessions) {
    if (sessions.size <= maximumSessions) break;
    each.stop();
    sessions.delete(old);
  }
  return session;
}
