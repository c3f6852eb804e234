// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import taskWorkerUrl from '../../../workers/task.ts?worker&url';
import type { TaskCertificateRequest } from '../../core/task/certificate/makeTaskCertificate.ts';
import type { AnchoredRequest } from '../../core/trace/certificate/makeAnchoredCertificate.ts';
import type { OrderJudged } from '../../core/task/ethernity/judgeOrder.ts';
import { isTaskReply, type TaskReply, type TaskRequest } from '../../core/task/protocol.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { spawnWorker } from '../pool/spawnWorker.ts';
import { WorkerPool } from '../pool/workerPool.ts';

export type TaskToJudge = Omit<Extract<TaskRequest, { type: 'task' }>, 'id' | 'type'>;
export type OrderToJudge = Omit<Extract<TaskRequest, { type: 'order' }>, 'id' | 'type'>;
export type TaskOutcome = Omit<Extract<TaskReply, { type: 'task' }>, 'id' | 'type'>;

let pool: WorkerPool<TaskReply> | undefined;

function openPool(): WorkerPool<TaskReply> {
  return (pool ??= new WorkerPool<TaskReply>({
    spawn: () => spawnWorker(taskWorkerUrl),
    isReply: isTaskReply,
    isLast: () => true,
    size: 1,
  }));
}

/** Judges one task from proven events and the person's files, in a worker that asks nobody for anything. @throws AuditorError, or the signal's reason */
export async function judgeTaskInWorker(task: TaskToJudge, signal?: AbortSignal): Promise<TaskOutcome> {
  const reply = await openPool().run({ request: { type: 'task', ...task } }, undefined, signal);
  if (reply.type === 'task') return reply;
  throw new AuditorError('internal', 'WORKER_PROTOCOL', 'A worker answered a task with something else.');
}

/** Judges one order of a contract of Ethernity from what was proven of it, and the person's files. @throws AuditorError, or the signal's reason */
export async function judgeOrderInWorker(order: OrderToJudge, signal?: AbortSignal): Promise<OrderJudged> {
  const reply = await openPool().run({ request: { type: 'order', ...order } }, undefined, signal);
  if (reply.type === 'order') return reply.judged;
  throw new AuditorError('internal', 'WORKER_PROTOCOL', 'A worker answered an order with something else.');
}

/** The certificate of a task as a file, made and judged in a worker. @throws AuditorError, or the signal's reason */
export function makeCertificateInWorker(request: TaskCertificateRequest, signal?: AbortSignal): Promise<string> {
  return certified({ type: 'certify', request }, signal);
}

/** The certificate of an anchored trace, likewise. @throws AuditorError, or the signal's reason */
export function makeAnchoredCertificateInWorker(request: AnchoredRequest, signal?: AbortSignal): Promise<string> {
  return certified({ type: 'certify trace', request }, signal);
}

type ToCertify =
  | { readonly type: 'certify'; readonly request: TaskCertificateRequest }
  | { readonly type: 'certify trace'; readonly request: AnchoredRequest };

async function certified(request: ToCertify, signal?: AbortSignal): Promise<string> {
  const reply = await openPool().run({ request }, undefined, signal);
  if (reply.type === 'certified') return reply.text;
  throw new AuditorError('internal', 'WORKER_PROTOCOL', 'A worker answered a certificate with something else.');
}
