// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import traceViewWorkerUrl from '../../../workers/traceView.ts?worker&url';
import type { Timeline } from '../../core/trace/timeline.ts';
import type { EventRow } from '../../core/trace/view/eventRow.ts';
import { isViewReply, type ViewReply } from '../../core/trace/view/protocol.ts';
import type { EventFilter } from '../../core/trace/view/scanRecords.ts';
import type { EventPath, FileParts, HeldTrace, Signing } from '../../core/trace/view/traceHolder.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { spawnWorker } from '../pool/spawnWorker.ts';
import { WorkerPool, type Call } from '../pool/workerPool.ts';
import type { WorkerPort } from '../pool/workerPort.ts';

type Reply = Exclude<ViewReply, { type: 'error' }>;

/** Bundles that go over in one message: one each would be thousands for a million events. */
const bundlesAtOnce = 64;

/** One trace, kept by a worker of its own: the page asks for what is in view and holds no event itself. Every method throws AuditorError. */
export class TraceViewer {
  readonly #pool: WorkerPool<ViewReply>;
  #waiting: { readonly index: number; readonly records: Uint8Array }[] = [];
  #sent: Promise<unknown> = Promise.resolve();

  constructor(spawn: (url: string) => WorkerPort = spawnWorker) {
    this.#pool = new WorkerPool<ViewReply>({
      spawn: () => spawn(traceViewWorkerUrl),
      isReply: isViewReply,
      isLast: () => true,
      size: 1,
      depth: 1 << 20,
    });
  }

  /** Records as `TraceRunner.trace` gives them; the array goes over to the worker. */
  add(index: number, records: Uint8Array): void {
    this.#waiting.push({ index, records });
    if (this.#waiting.length >= bundlesAtOnce) this.#flush();
  }

  async open(held: HeldTrace): Promise<Timeline> {
    this.#flush();
    await this.#sent;
    return (await this.#ask('timeline', { request: { type: 'open', held } })).timeline;
  }

  async sign(signing: Signing): Promise<void> {
    await this.#ask('done', { request: { type: 'sign', signing } });
  }

  /** Numbers of the events that a filter lets through. */
  async filter(filter: EventFilter): Promise<Uint32Array> {
    return (await this.#ask('numbers', { request: { type: 'filter', filter } })).numbers;
  }

  async rows(numbers: readonly number[]): Promise<readonly EventRow[]> {
    return (await this.#ask('rows', { request: { type: 'rows', numbers } })).rows;
  }

  async path(event: number): Promise<EventPath> {
    return (await this.#ask('path', { request: { type: 'path', event } })).path;
  }

  /** The way of a function's entry to the root of the index of functions. */
  async functionPath(index: number): Promise<EventPath> {
    return (await this.#ask('path', { request: { type: 'functionPath', function: index } })).path;
  }

  /** The text of a `trace-proof`. */
  async proof(
    events: readonly number[],
    fields?: readonly number[],
    functions: readonly number[] = [],
  ): Promise<string> {
    return (await this.#ask('text', { request: { type: 'proof', events, fields, functions } })).text;
  }

  /** The text of a proof about the trace as a whole, which its certificate is made of. */
  async whole(): Promise<string> {
    return (await this.#ask('text', { request: { type: 'whole' } })).text;
  }

  async file(parts: FileParts): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.#ask('bytes', { request: { type: 'file', parts } })).bytes;
  }

  /** Ends the worker, and forgets the trace with it. */
  close(): void {
    this.#pool.close();
  }

  #flush(): void {
    const bundles = this.#waiting;
    this.#waiting = [];
    if (bundles.length === 0) return;
    const transfer = bundles.map(({ records }) => records.buffer as ArrayBuffer);
    const sending = this.#ask('done', { request: { type: 'bundles', bundles }, transfer });
    this.#sent = Promise.all([this.#sent, sending]);
    // Told to whoever opens the trace.
    this.#sent.catch(() => undefined);
  }

  async #ask<Type extends Reply['type']>(type: Type, call: Call): Promise<Extract<Reply, { type: Type }>> {
    const reply = await this.#pool.run(call);
    if (reply.type === type) return reply as Extract<Reply, { type: Type }>;
    throw new AuditorError(
      'internal',
      'WORKER_PROTOCOL',
      `A worker answered "${call.request.type}" with "${reply.type}".`,
    );
  }
}
