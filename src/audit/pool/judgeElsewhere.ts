// oxlint-disable-next-line import/default -- the bundler makes it: the address of the built worker
import judgeWorkerUrl from '../../../workers/judge.ts?worker&url';
import { readContent } from '../../core/kinds/content.ts';
import { judge, type Report } from '../../core/kinds/judge.ts';
import { isJudgeReply, type FileBytes, type JudgeReply } from '../../core/kinds/protocol.ts';
import type { Kind, Progress } from '../../core/kinds/kind.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { WorkerPool } from './workerPool.ts';
import type { WorkerPort } from './workerPort.ts';

/** For policies that allow addresses of workers only to those who are named. */
interface Policies {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (address: string) => string },
  ) => { readonly createScriptURL: (address: string) => string };
}

/** What the policy of a page with Trusted Types has to name, where workers are to start in it: `trusted-types affidavit-embed`. */
const policyName = 'affidavit-embed';

let pool: WorkerPool<JudgeReply> | undefined;

export interface ElsewhereOptions {
  readonly signal: AbortSignal;
  readonly now: number;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Judges a file in a page of somebody else's: in a worker, which a script of another origin can start only through a blob that imports it; where that page's policy
 * forbids workers, in the page itself. `kinds` are those of the registry. @throws AuditorError as the worker reports it; the signal's reason when aborted
 */
export async function judgeElsewhere(
  file: FileBytes,
  trust: Trust,
  kinds: readonly Kind[],
  { signal, now, onProgress }: ElsewhereOptions,
): Promise<Report> {
  pool ??= new WorkerPool<JudgeReply>({
    spawn,
    isReply: isJudgeReply,
    isLast: (reply) => reply.type === 'verdict',
    size: 1,
  });
  const request = { type: 'judge', name: file.name, bytes: file.bytes, companions: [], trust, now };
  try {
    const tell = (reply: JudgeReply): void => {
      if (reply.type === 'progress') onProgress({ done: reply.done, total: reply.total, unit: reply.unit });
    };
    const reply = await pool.run({ request }, tell, signal);
    if (reply.type !== 'verdict') throw new TypeError(`The last reply was expected to be a verdict: ${reply.type}.`);
    return reply.report;
  } catch (error) {
    if (!(error instanceof AuditorError) || error.code !== 'WORKER_LOAD') throw error;
    // What was drawn so far is to be seen before the page stands still.
    await new Promise((resolve) => setTimeout(resolve, 20));
    signal.throwIfAborted();
    return judge(readContent(file.name, file.bytes), { trust, companions: [], now, signal, onProgress }, kinds);
  }
}

function spawn(): WorkerPort {
  const address = new URL(judgeWorkerUrl, globalThis.location.href).href;
  const door = URL.createObjectURL(new Blob([`import ${JSON.stringify(address)};`], { type: 'text/javascript' }));
  // The name says that nothing is to be loaded before it is needed: this is not the page that must work with the network off.
  const worker = new Worker(trusted(door), { type: 'module', name: 'affidavit-as-needed' });
  const release = (): void => URL.revokeObjectURL(door);
  worker.addEventListener('message', release, { once: true });
  worker.addEventListener('error', release, { once: true });
  return worker;
}

let trusted = (address: string): string => {
  const policies = (globalThis as { readonly trustedTypes?: Policies }).trustedTypes;
  if (policies) {
    try {
      const policy = policies.createPolicy(policyName, { createScriptURL: (each) => each });
      trusted = (each) => policy.createScriptURL(each);
      return trusted(address);
    } catch {
      // The page's policy does not name it: where it demands trusted addresses, the worker is refused.
    }
  }
  return address;
};
