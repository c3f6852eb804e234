// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import judgeWorkerUrl from '../../../workers/judge.ts?worker&url';
import { isJudgeReply, type FileBytes, type JudgeReply } from '../../core/kinds/protocol.ts';
import { asAuditorError } from '../../core/kinds/errorReply.ts';
import { poolSize, WorkerPool } from './workerPool.ts';
import { spawnWorker } from './spawnWorker.ts';
import type { Report } from '../../core/kinds/judge.ts';
import type { Progress } from '../../core/kinds/kind.ts';
import type { BlobLike } from '../../core/kinds/source.ts';
import type { Trust } from '../../core/trust/trust.ts';
import type { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Check, Plan } from '../../core/verdict/check.ts';

/** What files are judged with; times in milliseconds since 1970. */
export interface JudgeContext {
  readonly trust: Trust;
  readonly companions?: readonly FileBytes[];
  readonly givenTime?: number;
  readonly now: number;
}

/** A file to judge; one that is read piece by piece comes with its beginning and as a whole. */
export interface JudgeFile extends FileBytes {
  readonly blob?: BlobLike;
}

/** What is told while files are judged; `index` is the file's place in the list. */
export interface JudgeOptions {
  readonly signal?: AbortSignal;
  /** Once for each file of a known kind, before anything is checked. */
  readonly onPlan?: (index: number, kind: string, plan: readonly Plan[]) => void;
  readonly onProgress?: (index: number, progress: Progress) => void;
  readonly onCheck?: (index: number, path: readonly number[], check: Check) => void;
  readonly onOutcome?: (index: number, outcome: JudgeOutcome) => void;
}

/** A report, or why there is none: a throw is never shown as a verdict. */
export type JudgeOutcome = { readonly report: Report } | { readonly error: AuditorError };

let pool: WorkerPool<JudgeReply> | undefined;

function openPool(): WorkerPool<JudgeReply> {
  return (pool ??= new WorkerPool<JudgeReply>({
    spawn: () => spawnWorker(judgeWorkerUrl),
    isReply: isJudgeReply,
    isLast: (reply) => reply.type === 'verdict',
    size: poolSize(navigator.hardwareConcurrency),
  }));
}

/** Starts a worker before there is anything to judge, so that the network may go away in between. A failure is met when a file is judged. */
export function prepareJudging(): void {
  openPool()
    .start()
    .catch(() => undefined);
}

/**
 * Judges files in workers, several at once, without a byte leaving the machine. The files' bytes are copied, so the caller keeps its own.
 * One outcome a file, in the order given. @throws the signal's reason when aborted, and nothing else.
 */
export async function judgeInWorker(
  files: readonly JudgeFile[],
  context: JudgeContext,
  options: JudgeOptions = {},
): Promise<readonly JudgeOutcome[]> {
  const { signal } = options;
  const workers = openPool();
  return Promise.all(
    files.map(async ({ name, bytes, blob }, index) => {
      const copy = Uint8Array.from(bytes);
      const { companions = [], ...rest } = context;
      const request = { type: 'judge', name, bytes: copy, ...(blob ? { blob } : {}), companions, ...rest };
      const outcome = await workers
        .run({ request, transfer: [copy.buffer] }, (reply) => tell(index, reply, options), signal)
        .then(verdict, (error: unknown): JudgeOutcome => ({ error: asAuditorError(error) }));
      signal?.throwIfAborted();
      options.onOutcome?.(index, outcome);
      return outcome;
    }),
  );
}

function tell(index: number, reply: JudgeReply, options: JudgeOptions): void {
  if (reply.type === 'plan') options.onPlan?.(index, reply.kind, reply.plan);
  else if (reply.type === 'check') options.onCheck?.(index, reply.path, reply.check);
  else if (reply.type === 'progress') {
    const { done, total, unit } = reply;
    options.onProgress?.(index, { done, total, unit });
  }
}

function verdict(reply: JudgeReply): JudgeOutcome {
  if (reply.type !== 'verdict')
    throw new TypeError(`The last reply was expected to be a verdict, found ${reply.type}.`);
  return { report: reply.report };
}
