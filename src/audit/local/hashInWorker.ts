import hashWorkerUrl from '../../../workers/hash.ts?worker&url';
import { spawnWorker } from '../pool/spawnWorker.ts';
import { WorkerPool } from '../pool/workerPool.ts';

type HashReply = { readonly id: number } & (
  | { readonly type: 'digest'; readonly digest: string }
  | { readonly type: 'path'; readonly leaf: string; readonly path: readonly string[] }
);

/** A leaf and its way to the root, hex. */
export interface LeafPath {
  readonly leaf: string;
  readonly path: readonly string[];
}

let pool: WorkerPool<HashReply> | undefined;

/** H of a file, hex, taken in a worker. The caller keeps its bytes. @throws AuditorError, or the signal's reason */
export async function digestInWorker(bytes: Uint8Array, signal?: AbortSignal): Promise<string> {
  const reply = await ask({ type: 'digest' }, bytes, signal);
  if (reply.type !== 'digest') throw new TypeError('The worker was asked for a digest.');
  return reply.digest;
}

/**
 * The way of one record to the root of its tree. @param transactions H(d) of every leaf, 32 bytes each
 * @throws AuditorError, or the signal's reason
 */
export async function pathInWorker(transactions: Uint8Array, index: number, signal?: AbortSignal): Promise<LeafPath> {
  const reply = await ask({ type: 'path', index }, transactions, signal);
  if (reply.type !== 'path') throw new TypeError('The worker was asked for a path.');
  return reply;
}

function ask(
  request: { readonly type: string; readonly index?: number },
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<HashReply> {
  pool ??= new WorkerPool<HashReply>({
    spawn: () => spawnWorker(hashWorkerUrl),
    isReply: isHashReply,
    isLast: () => true,
    size: 1,
  });
  const copy = Uint8Array.from(bytes);
  return pool.run({ request: { ...request, bytes: copy }, transfer: [copy.buffer] }, () => undefined, signal);
}

function isHashReply(message: unknown): message is HashReply {
  if (typeof message !== 'object' || message === null || !('id' in message) || !Number.isSafeInteger(message.id))
    return false;
  if ('digest' in message) return isDigest(message.digest);
  return (
    'leaf' in message &&
    isDigest(message.leaf) &&
    'path' in message &&
    Array.isArray(message.path) &&
    message.path.every(isDigest)
  );
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
