import { isErrorReply, type ErrorReply } from '../../core/kinds/protocol.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { WorkerPort } from './workerPort.ts';

export interface Message {
  readonly type: string;
  readonly id: number;
}

/** A request without its number, which the pool gives it. */
export interface Call {
  readonly request: { readonly type: string; readonly [member: string]: unknown };
  readonly transfer?: readonly Transferable[];
}

export interface WorkerPoolOptions<Reply extends Message> {
  /** A worker that was just started, or one that another pool has given back. */
  readonly spawn: () => WorkerPort;
  /** Whatever a worker sends that is no reply ends that worker: nothing is concluded from it. */
  readonly isReply: (message: unknown) => message is Reply;
  /** True for the reply after which a call has no more. */
  readonly isLast: (reply: Reply) => boolean;
  /** How many workers there are at most, at least 1. */
  readonly size: number;
  /** Calls that one worker may hold at once, so that the next is on its way while one is worked on. Default 1. */
  readonly depth?: number;
  /** What every worker is told before anything else, e.g. what is pinned. An error in answer to it ends the worker. */
  readonly greeting?: Call;
  /** How long a worker may take to confirm a cancel before it is ended. Default 2000. */
  readonly patienceMilliseconds?: number;
}

interface Entry<Reply> {
  readonly call: Call;
  readonly onReply: ((reply: Exclude<Reply, ErrorReply>) => void) | undefined;
  readonly resolve: (reply: Exclude<Reply, ErrorReply>) => void;
  readonly reject: (reason: unknown) => void;
  /** Set once the caller has gone, so that nothing more is reported to it. */
  abandoned: boolean;
  patience?: ReturnType<typeof setTimeout>;
}

interface Slot<Reply> {
  readonly port: WorkerPort;
  readonly entries: Map<number, Entry<Reply>>;
  /** Ends this pool's listening to it. */
  readonly listening: AbortController;
  /** Whether the worker has ever answered: before that, an error means that it could not be loaded. */
  heard: boolean;
}

/**
 * A few workers with a queue in front. They are started when there is work and kept; one that cannot be loaded, crashes or breaks the
 * protocol fails the calls that it holds with an AuditorError and is replaced for the next one.
 */
export class WorkerPool<Reply extends Message> {
  readonly #options: WorkerPoolOptions<Reply>;
  readonly #slots = new Set<Slot<Reply>>();
  readonly #queue: Entry<Reply>[] = [];
  #lastId = 0;
  #closed = false;

  constructor(options: WorkerPoolOptions<Reply>) {
    this.#options = options;
  }

  /** How many calls may usefully be under way at once. */
  get concurrency(): number {
    return this.#options.size * this.#depth;
  }

  get #depth(): number {
    return this.#options.depth ?? 1;
  }

  /**
   * Sends one request; resolves with its last reply, after `onReply` got the others.
   * @throws AuditorError as the worker reports it, or where the worker breaks down; the signal's reason at once when aborted, while the worker
   * is told and has two seconds to stop.
   */
  run(
    call: Call,
    onReply?: (reply: Exclude<Reply, ErrorReply>) => void,
    signal?: AbortSignal,
  ): Promise<Exclude<Reply, ErrorReply>> {
    if (this.#closed) return Promise.reject(closedError());
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const entry: Entry<Reply> = {
        call,
        onReply,
        resolve: (reply) => (signal?.removeEventListener('abort', abort), resolve(reply)),
        reject: (reason) => (signal?.removeEventListener('abort', abort), reject(reason)),
        abandoned: false,
      };
      const abort = (): void => this.#abandon(entry, signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      this.#queue.push(entry);
      this.#fill();
    });
  }

  /**
   * Starts all workers, so that none is still being loaded when there is work for it, and waits for the first one's answer to the greeting. One of the
   * others that does not come is started again when it is needed.
   * @throws AuditorError as `run`
   */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      try {
        this.#spawn(resolve, reject);
        while (this.#slots.size < this.#options.size) this.#spawn();
      } catch (cause) {
        reject(loadError(cause));
      }
    });
  }

  /** Ends every worker; calls that are under way or wait are rejected. */
  close(): void {
    for (const port of this.giveBack()) port.terminate();
  }

  /**
   * Closes the pool but for its workers that have answered and hold no call: another pool may go on with these, whose code is compiled already. A
   * worker that is busy is ended, and one that failed has been.
   */
  giveBack(): readonly WorkerPort[] {
    this.#closed = true;
    for (const entry of this.#queue.splice(0)) entry.reject(closedError());
    const idle: WorkerPort[] = [];
    for (const slot of this.#slots) {
      if (!slot.heard || slot.entries.size > 0) {
        this.#end(slot, closedError());
        continue;
      }
      this.#slots.delete(slot);
      slot.listening.abort();
      idle.push(slot.port);
    }
    return idle;
  }

  #fill(): void {
    while (this.#queue.length > 0) {
      let slot: Slot<Reply> | undefined;
      try {
        slot = this.#idlest();
      } catch (cause) {
        this.#queue.shift()?.reject(loadError(cause));
        continue;
      }
      if (!slot) return;
      this.#send(slot, this.#queue.shift() as Entry<Reply>);
    }
  }

  /** The worker with most room, a new one rather than one that is busy; undefined where all are full. */
  #idlest(): Slot<Reply> | undefined {
    const [first] = [...this.#slots].toSorted((a, b) => a.entries.size - b.entries.size);
    if (first && first.entries.size === 0) return first;
    if (this.#slots.size < this.#options.size) return this.#spawn();
    return first && first.entries.size < this.#depth ? first : undefined;
  }

  #spawn(ready: () => void = ignore, failed: (reason: unknown) => void = ignore): Slot<Reply> {
    const listening = new AbortController();
    const slot: Slot<Reply> = { port: this.#options.spawn(), entries: new Map(), listening, heard: false };
    const { port } = slot;
    const broken = (event: ErrorEvent): void => this.#end(slot, slot.heard ? crashError(event) : loadError(event));
    port.addEventListener('message', (event) => this.#receive(slot, event.data), listening);
    port.addEventListener('messageerror', () => this.#end(slot, protocolError()), listening);
    port.addEventListener('error', broken, listening);
    this.#slots.add(slot);
    const { greeting } = this.#options;
    if (greeting) {
      const reject = (reason: unknown): void => (failed(reason), this.#end(slot, reason));
      this.#send(slot, { call: greeting, onReply: undefined, resolve: ready, reject, abandoned: false });
    } else ready();
    return slot;
  }

  #send(slot: Slot<Reply>, entry: Entry<Reply>): void {
    const id = (this.#lastId += 1);
    slot.entries.set(id, entry);
    try {
      slot.port.postMessage({ ...entry.call.request, id }, [...(entry.call.transfer ?? [])]);
    } catch (cause) {
      slot.entries.delete(id);
      entry.reject(
        new AuditorError('internal', 'WORKER_MESSAGE', 'A request could not be sent to a worker.', { cause }),
      );
    }
  }

  #receive(slot: Slot<Reply>, message: unknown): void {
    if (!this.#slots.has(slot)) return;
    slot.heard = true;
    if (!this.#options.isReply(message)) {
      this.#end(slot, protocolError());
      return;
    }
    const entry = slot.entries.get(message.id);
    if (!entry) return;
    if (isErrorReply(message)) {
      this.#finish(slot, message.id, entry);
      entry.reject(new AuditorError(message.kind, message.code, message.message));
    } else {
      const reply = message as Exclude<Reply, ErrorReply>;
      const last = this.#options.isLast(message);
      if (last) this.#finish(slot, message.id, entry);
      if (entry.abandoned) return;
      if (last) entry.resolve(reply);
      else entry.onReply?.(reply);
    }
  }

  #finish(slot: Slot<Reply>, id: number, entry: Entry<Reply>): void {
    clearTimeout(entry.patience);
    slot.entries.delete(id);
    this.#fill();
  }

  #abandon(entry: Entry<Reply>, reason: unknown): void {
    entry.abandoned = true;
    entry.reject(reason);
    const queued = this.#queue.indexOf(entry);
    if (queued >= 0) {
      this.#queue.splice(queued, 1);
      return;
    }
    for (const slot of this.#slots) {
      for (const [id, held] of slot.entries) {
        if (held !== entry) continue;
        slot.port.postMessage({ type: 'cancel', id }, []);
        entry.patience = setTimeout(() => this.#end(slot, stoppedError()), this.#options.patienceMilliseconds ?? 2000);
      }
    }
  }

  #end(slot: Slot<Reply>, reason: unknown): void {
    if (!this.#slots.delete(slot)) return;
    slot.listening.abort();
    slot.port.terminate();
    for (const entry of slot.entries.values()) {
      clearTimeout(entry.patience);
      entry.reject(reason);
    }
    this.#fill();
  }
}

/** How many workers to use: one core is left to the page, and more than four are not started. */
export function poolSize(cores: number): number {
  return Math.max(1, Math.min(4, Math.floor(cores) - 1));
}

function closedError(): AuditorError {
  return new AuditorError('usage', 'POOL_CLOSED', 'The workers were closed before this was finished.');
}

function loadError(cause: unknown): AuditorError {
  const words =
    'The worker that verifies evidence could not be loaded. Reload the page and try again; if that changes nothing, a policy that the host sends may forbid workers.';
  return new AuditorError('source', 'WORKER_LOAD', words, { cause });
}

function crashError(event: ErrorEvent): AuditorError {
  const words = event.message ? `: ${event.message}` : '';
  return new AuditorError(
    'internal',
    'WORKER_CRASH',
    `A worker broke down while it verified${words}. Nothing was concluded.`,
  );
}

function protocolError(): AuditorError {
  return new AuditorError(
    'internal',
    'WORKER_PROTOCOL',
    'A worker sent something that is no reply. Nothing was concluded from it.',
  );
}

function stoppedError(): AuditorError {
  const words = 'A worker was ended because it did not stop when another of its calls was cancelled. Try again.';
  return new AuditorError('source', 'WORKER_STOPPED', words);
}

function ignore(): void {
  // Nobody waits for this worker's greeting.
}
