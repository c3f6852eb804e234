// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import traceWorkerUrl from '../../../workers/trace.ts?worker&url';
import type { InspectedProgram } from '../../core/trace/instrument/inspectProgram.ts';
import type { Policy } from '../../core/trace/policy.ts';
import { isTraceReply, type TracedAnswer, type TraceReply } from '../../core/trace/run/protocol.ts';
import type { Comparison, ReexecutionOrder } from '../../core/trace/run/reexecute.ts';
import type { TraceListener, TraceOrder } from '../../core/trace/run/traceProgram.ts';
import type { HostSource, InstrumentedProgram, ProgramResult, TracedResult } from '../../core/trace/run/types.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { spawnWorker } from '../pool/spawnWorker.ts';
import { WorkerPool } from '../pool/workerPool.ts';
import type { WorkerPort } from '../pool/workerPort.ts';

export interface ReexecutedAnswer {
  readonly outcome: 'same' | 'different' | 'unknown';
  readonly comparisons: readonly Comparison[];
  readonly traced: TracedAnswer | undefined;
}

/** A program that runs hears nothing: whoever cancels it ends its worker, after this. Milliseconds. */
const patience = 200;

/**
 * Runs programs in a worker of their own, which is started when it is first needed and ended when a run is cancelled. Every method throws AuditorError
 * (PROGRAM_…, POLICY_FUNCTION, …) or the signal's reason; a time limit is `AbortSignal.timeout`.
 */
export class TraceRunner {
  readonly #pool: WorkerPool<TraceReply>;

  constructor(spawn: (url: string) => WorkerPort = spawnWorker) {
    this.#pool = new WorkerPool<TraceReply>({
      spawn: () => spawn(traceWorkerUrl),
      isReply: isTraceReply,
      isLast: ({ type }) => type !== 'progress' && type !== 'bundle',
      size: 1,
      patienceMilliseconds: patience,
    });
  }

  /** What a program consists of, or why it cannot be traced. */
  async inspect(module: Uint8Array, signal?: AbortSignal): Promise<InspectedProgram> {
    const reply = await this.#pool.run({ request: { type: 'inspect', module } }, undefined, signal);
    if (reply.type === 'inspected') return reply.program;
    throw unexpected(reply);
  }

  /** The program as it is, without tracing. */
  async plain(module: Uint8Array, source: HostSource, signal?: AbortSignal): Promise<ProgramResult> {
    const reply = await this.#pool.run({ request: { type: 'plain', module, source } }, undefined, signal);
    if (reply.type === 'ran') return reply.result;
    throw unexpected(reply);
  }

  /** How many events a policy gives, without hashing or keeping one. */
  async estimate(
    module: Uint8Array,
    policy: Policy,
    source: HostSource,
    signal?: AbortSignal,
  ): Promise<{ readonly result: TracedResult; readonly figures: InstrumentedProgram['figures'] }> {
    const request = { type: 'estimate', module, policy, source };
    const reply = await this.#pool.run({ request }, undefined, signal);
    if (reply.type === 'estimated') return reply;
    throw unexpected(reply);
  }

  /** Runs a program traced and commits to its events. */
  async trace(order: TraceOrder, listener: TraceListener = {}, signal?: AbortSignal): Promise<TracedAnswer> {
    const request = { type: 'trace', order, wantsBundles: listener.onBundle !== undefined };
    const reply = await this.#pool.run({ request }, hear(listener), signal);
    if (reply.type === 'traced') return reply.traced;
    throw unexpected(reply);
  }

  /** Runs a program again and compares with what was claimed of it. */
  async reexecute(
    order: ReexecutionOrder,
    listener: TraceListener = {},
    signal?: AbortSignal,
  ): Promise<ReexecutedAnswer> {
    const request = { type: 'reexecute', order, wantsBundles: listener.onBundle !== undefined };
    const reply = await this.#pool.run({ request }, hear(listener), signal);
    if (reply.type === 'reexecuted') return reply;
    throw unexpected(reply);
  }

  /** Ends the worker. */
  close(): void {
    this.#pool.close();
  }
}

type Heard = Exclude<TraceReply, { type: 'error' }>;

function hear({ onProgress, onBundle }: TraceListener): (reply: Heard) => void {
  return (reply) => {
    if (reply.type === 'progress') onProgress?.(reply.progress);
    else if (reply.type === 'bundle') onBundle?.(reply.index, reply.records);
  };
}

function unexpected({ type }: Heard): AuditorError {
  return new AuditorError('internal', 'WORKER_PROTOCOL', `A worker answered a program with "${type}".`);
}
