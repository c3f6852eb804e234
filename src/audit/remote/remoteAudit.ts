// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import auditWorkerUrl from './auditWorker.ts?worker&url';
import type { ChainPin } from '../../core/trust/trust.ts';
import { spawnWorker } from '../pool/spawnWorker.ts';
import type { WorkerPort } from '../pool/workerPort.ts';
import type { AuditNews, AuditReply, AuditRequest, Question, Questions } from './protocol.ts';
import { RestingWorker } from './restingWorker.ts';

export interface RemoteAuditListeners {
  readonly onNews: (news: AuditNews) => void;
  /** A sentence for people about what is kept between audits. */
  readonly onWords: (words: string) => void;
  /** The audit cannot go on, or was stopped. */
  readonly onEnd: (reason: string) => void;
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (reason: Error) => void;
}

const workersOfPage = new RestingWorker(() => spawnWorker(auditWorkerUrl));

/** An audit in a worker, which is its own for as long as it is open. It begins at once, and answers questions also after it was stopped, until it is closed. */
export class RemoteAudit {
  readonly #worker: WorkerPort;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners: RemoteAuditListeners;
  readonly #workers: RestingWorker;
  readonly #listening = new AbortController();
  /** Whether the audit has its result, and only waits for more to be written. */
  #hasResult = false;
  #lastId = 0;

  constructor(pin: ChainPin, listeners: RemoteAuditListeners, workers: RestingWorker = workersOfPage) {
    this.#listeners = listeners;
    this.#workers = workers;
    this.#worker = workers.take();
    const take = ({ data }: MessageEvent<AuditReply>): void => this.#take(data);
    this.#worker.addEventListener('message', take, this.#listening);
    this.#worker.addEventListener('error', ({ message }) => this.#break(message), this.#listening);
    this.#worker.addEventListener('messageerror', () => this.#break(''), this.#listening);
    this.#send({ type: 'start', pin });
  }

  /** @throws Error with the reason why there is no answer; also when the audit is closed meanwhile. */
  ask<Name extends keyof Questions>(
    name: Name,
    ...parameters: Parameters<Questions[Name]>
  ): Promise<ReturnType<Questions[Name]>> {
    if (this.#isClosed) return Promise.reject(new Error('The audit was closed.'));
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ type: 'ask', id, name, parameters } as Question);
    });
  }

  /** Reads no further. */
  stop(): void {
    this.#send({ type: 'stop' });
  }

  /** Ends it at once. A worker that has nothing under way is kept for the next audit of the page. */
  close(): void {
    if (this.#isClosed) return;
    this.#listening.abort();
    if (this.#hasResult && this.#waiting.size === 0) this.#workers.give(this.#worker);
    else this.#worker.terminate();
    this.#refuse('The audit was closed.');
  }

  /** Another audit may have the worker already. */
  get #isClosed(): boolean {
    return this.#listening.signal.aborted;
  }

  #send(request: AuditRequest): void {
    if (!this.#isClosed) this.#worker.postMessage(request, []);
  }

  #take(reply: AuditReply): void {
    if (reply.type === 'news') {
      this.#hasResult = reply.news.phase === 'following';
      this.#listeners.onNews(reply.news);
    } else if (reply.type === 'words') this.#listeners.onWords(reply.words);
    else if (reply.type === 'ended') {
      this.#hasResult = false;
      this.#listeners.onEnd(reply.reason);
    } else if (reply.type !== 'left') {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if (reply.type === 'answer') waiting?.resolve(reply.answer as never);
      else waiting?.reject(new Error(reply.reason));
    }
  }

  #break(message: string): void {
    const reason = `The audit's worker ended${message ? `: ${message}` : '.'}`;
    this.#refuse(reason);
    this.#listening.abort();
    this.#worker.terminate();
    this.#listeners.onEnd(reason);
  }

  #refuse(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }
}
