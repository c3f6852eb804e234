import type { WorkerPort } from '../pool/workerPort.ts';
import type { AuditReply, AuditRequest } from './protocol.ts';

/** So long a worker may take to let go of an audit, and so long it then waits for another, in milliseconds. */
const leaving = 2_000;
const resting = 60_000;

interface Resting {
  readonly port: WorkerPort;
  readonly listening: AbortController;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * The worker of the last audit, and with it those that verify for it, for a minute: the next audit of a visit need not load them and have their code
 * compiled again. One at most; whatever goes wrong with it ends it.
 */
export class RestingWorker {
  readonly #spawn: () => WorkerPort;
  #resting: Resting | undefined;

  constructor(spawn: () => WorkerPort) {
    this.#spawn = spawn;
  }

  get isThere(): boolean {
    return this.#resting !== undefined;
  }

  /** The one that rests, or a new one. */
  take(): WorkerPort {
    const rested = this.#resting;
    if (!rested) return this.#spawn();
    this.#resting = undefined;
    clearTimeout(rested.timer);
    rested.listening.abort();
    return rested.port;
  }

  /** Of an audit that has nothing under way, and to whose worker nobody listens any more. */
  give(port: WorkerPort): void {
    const listening = new AbortController();
    const end = (): void => {
      clearTimeout(timer);
      listening.abort();
      port.terminate();
      if (this.#resting?.port === port) this.#resting = undefined;
    };
    let timer = setTimeout(end, leaving);
    const take = ({ data }: MessageEvent<AuditReply>): void => {
      // It may still have had something to say of its audit.
      if (data.type !== 'left') return;
      clearTimeout(timer);
      if (this.#resting) {
        end();
        return;
      }
      timer = setTimeout(end, resting);
      this.#resting = { port, listening, timer };
    };
    port.addEventListener('message', take, listening);
    port.addEventListener('messageerror', end, listening);
    port.addEventListener('error', end, listening);
    port.postMessage({ type: 'leave' } satisfies AuditRequest, []);
  }
}
