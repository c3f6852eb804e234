// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import judgeWorkerUrl from '../../../workers/judge.ts?worker&url';
import { readContent } from '../../core/kinds/content.ts';
import { judge, type Report } from '../../core/kinds/judge.ts';
import { isJudgeReply, type FileBytes, type JudgeReply } from '../../core/kinds/protocol.ts';
import type { Kind, Progress } from '../../core/kinds/kind.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { spawnFromText, trustedAddress } from './spawnFromText.ts';
import { WorkerPool } from './workerPool.ts';
import type { WorkerPort } from './workerPort.ts';

/** What the policy of a page with Trusted Types has to name, where workers are to start in it: `trusted-types affidavit-embed`. */
const policyName = 'affidavit-embed';
/** The name says that nothing is to be loaded before it is needed: this is not the page that must work with the network off. */
const workerName = 'affidavit-as-needed';

/** How long the page's thread is held at once, as far as checks can be left off. */
const sliceMilliseconds = 12;

const pools = new Map<string, WorkerPool<JudgeReply>>();

/** Where programs come from that somebody has compared with a digest. Without it they are loaded from beside this one. */
export interface Elsewhere {
  /** A worker's whole program, which imports nothing. Rejects where it cannot be had. */
  readonly worker?: { readonly name: string; readonly program: (signal: AbortSignal) => Promise<string> };
  /** Awaited before it is judged in the page. */
  readonly beforeHere?: () => Promise<void>;
}

export interface ElsewhereOptions extends Elsewhere {
  readonly signal: AbortSignal;
  readonly now: number;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Judges a file in a page of somebody else's: in a worker, which a script of another origin can start only through a blob; where that page's policy forbids workers, in the
 * page itself. `kinds` are those of the registry. @throws AuditorError as the worker reports it; the signal's reason when aborted
 */
export async function judgeElsewhere(
  file: FileBytes,
  trust: Trust,
  kinds: readonly Kind[],
  options: ElsewhereOptions,
): Promise<Report> {
  const { signal, now, onProgress, beforeHere } = options;
  const request = { type: 'judge', name: file.name, bytes: file.bytes, companions: [], trust, now };
  try {
    const tell = (reply: JudgeReply): void => {
      if (reply.type === 'progress') onProgress({ done: reply.done, total: reply.total, unit: reply.unit });
    };
    const pool = await poolFor(options);
    const reply = await pool.run({ request }, tell, signal);
    if (reply.type !== 'verdict') throw new TypeError(`The last reply was expected to be a verdict: ${reply.type}.`);
    return reply.report;
  } catch (error) {
    if (!(error instanceof AuditorError) || error.code !== 'WORKER_LOAD') throw error;
    // What was drawn so far is to be seen before the page is busy.
    await new Promise((resolve) => setTimeout(resolve, 20));
    await beforeHere?.();
    signal.throwIfAborted();
    const context = { trust, companions: [], now, signal, onProgress, breathe: breathing(signal) };
    return judge(readContent(file.name, file.bytes), context, kinds);
  }
}

/** Gives the page its thread back as often as it needs it to draw and to answer. @throws the signal's reason when aborted */
function breathing(signal: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < sliceMilliseconds) return;
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    since = performance.now();
  };
}

async function poolFor({ worker, signal }: ElsewhereOptions): Promise<WorkerPool<JudgeReply>> {
  const name = worker?.name ?? '';
  const known = pools.get(name);
  if (known) return known;
  const program = await worker?.program(signal).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new AuditorError('source', 'WORKER_LOAD', 'The worker’s program cannot be had.', { cause });
  });
  // Another check may have made it while the program came.
  const pool =
    pools.get(name) ??
    new WorkerPool<JudgeReply>({
      spawn: program === undefined ? spawn : () => spawnFromText(program, policyName, workerName),
      isReply: isJudgeReply,
      isLast: (reply) => reply.type === 'verdict',
      size: 1,
    });
  pools.set(name, pool);
  return pool;
}

function spawn(): WorkerPort {
  const address = new URL(judgeWorkerUrl, globalThis.location.href).href;
  const door = URL.createObjectURL(new Blob([`import ${JSON.stringify(address)};`], { type: 'text/javascript' }));
  const worker = new Worker(trustedAddress(door, policyName), { type: 'module', name: workerName });
  const release = (): void => URL.revokeObjectURL(door);
  worker.addEventListener('message', release, { once: true });
  worker.addEventListener('error', release, { once: true });
  return worker;
}
