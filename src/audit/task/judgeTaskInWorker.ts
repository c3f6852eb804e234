// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import taskWorkerUrl from '../../../workers/task.ts?worker&url';
import { isTaskReply, type TaskReply, type TaskRequest } from '../../core/task/protocol.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { spawnWorker } from '../pool/spawnWorker.ts';
import { WorkerPool } from '../pool/workerPool.ts';

export type TaskToJudge = Omit<Extract<TaskRequest, { type: 'task' }>, 'id' | 'type'>;
export type TaskOutcome = Omit<Extract<TaskReply, { type: 'task' }>, 'id' | 'type'>;

let pool: WorkerPool<TaskReply> | undefined;

/** Judges one task from proven events and the person's files, in a worker that asks nobody for anything. @throws AuditorError, or the signal's reason */
export async function judgeTaskInWorker(task: TaskToJudge, signal?: AbortSignal): Promise<TaskOutcome> {
  pool ??= new WorkerPool<TaskReply>({
    spawn: () => spawnWorker(taskWorkerUrl),
    isReply: isTaskReply,
    isLast: () => true,
    size: 1,
  });
  const reply = await pool.run({ request: { type: 'task', ...task } }, undefined, signal);
  if (reply.type === 'task') return reply;
  throw new AuditorError('internal', 'WORKER_PROTOCOL', 'A worker answered a task with something else.');
}
