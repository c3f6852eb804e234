// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import launchWorkerUrl from './launchWorker.ts?worker&url';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { spawnWorker } from '../pool/spawnWorker.ts';
import { WorkerPool } from '../pool/workerPool.ts';
import {
  isLaunchReply,
  type AnswerOf,
  type LaunchReply,
  type PageStep,
  type QuestionName,
  type QuestionOf,
} from './protocol.ts';

/** Several may be asked at once: one that does not answer holds up nothing. */
const depth = 64;
let pool: WorkerPool<LaunchReply> | undefined;

function openPool(): WorkerPool<LaunchReply> {
  return (pool ??= new WorkerPool<LaunchReply>({
    spawn: () => spawnWorker(launchWorkerUrl),
    isReply: isLaunchReply,
    isLast: ({ type }) => type !== 'step',
    size: 1,
    depth,
  }));
}

/** Asks the worker that deals with hosts. @throws AuditorError, or the signal's reason */
export async function askHostWorker<Name extends QuestionName>(
  name: Name,
  question: QuestionOf<Name>,
  { onStep, signal }: { readonly onStep?: (step: PageStep) => void; readonly signal?: AbortSignal } = {},
): Promise<AnswerOf<Name>> {
  const hear = (reply: Exclude<LaunchReply, { type: 'error' }>): void => {
    if (reply.type === 'step') onStep?.(reply.step);
  };
  const reply = await openPool().run({ request: { type: name, ...question } }, hear, signal);
  if (reply.type === 'answer') return reply.answer as AnswerOf<Name>;
  throw new AuditorError(
    'internal',
    'WORKER_PROTOCOL',
    'A worker answered a question about hosts with something else.',
  );
}
