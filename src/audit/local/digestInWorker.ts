import digestWorkerUrl from '../../../workers/digest.ts?worker&url';
import { spawnWorker } from '../pool/spawnWorker.ts';
import { WorkerPool } from '../pool/workerPool.ts';

interface DigestReply {
  readonly type: 'digest';
  readonly id: number;
  /** 64 lower-case hex digits. */
  readonly digest: string;
}

let pool: WorkerPool<DigestReply> | undefined;

/** H of a file, hex, taken in a worker. The bytes are copied, so the caller keeps its own. @throws AuditorError, or the signal's reason. */
export async function digestInWorker(bytes: Uint8Array, signal?: AbortSignal): Promise<string> {
  pool ??= new WorkerPool<DigestReply>({
    spawn: () => spawnWorker(digestWorkerUrl),
    isReply: isDigestReply,
    isLast: () => true,
    size: 1,
  });
  const copy = Uint8Array.from(bytes);
  const { digest } = await pool.run(
    { request: { type: 'digest', bytes: copy }, transfer: [copy.buffer] },
    () => undefined,
    signal,
  );
  return digest;
}

function isDigestReply(message: unknown): message is DigestReply {
  return (
    typeof message === 'object' &&
    message !== null &&
    'id' in message &&
    Number.isSafeInteger(message.id) &&
    'digest' in message &&
    typeof message.digest === 'string' &&
    /^[0-9a-f]{64}$/.test(message.digest)
  );
}
