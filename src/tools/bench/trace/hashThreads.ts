import { Worker } from 'node:worker_threads';
import type { SentRules, TraceHashReply } from '../../../core/trace/hashProtocol.ts';
import type { HashLeaves } from '../../../core/trace/leafHasher.ts';

/** So many threads that hash leaves, each with two batches at most at a time. */
export async function hashThreads(rules: SentRules, size: number) {
  const url = new URL('./hashThread.ts', import.meta.url).href;
  const waiting = new Map<number, (hashes: Uint8Array) => void>();
  const threads = Array.from({ length: size }, () => {
    // A thread does not inherit how this process reads its sources.
    return new Worker(`import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(url)})));`, {
      eval: true,
    });
  });
  let last = 0;
  let turn = 0;
  await Promise.all(
    threads.map(async (thread) => {
      thread.postMessage({ type: 'rules', id: ++last, rules });
      await new Promise<void>((resolve, reject) => {
        thread.once('error', reject);
        thread.once('message', () => resolve());
      });
      thread.on('message', (reply: TraceHashReply) => {
        if (reply.type !== 'hashed') throw new Error('The thread of the bench gave no hashes.');
        waiting.get(reply.id)?.(reply.hashes);
        waiting.delete(reply.id);
      });
    }),
  );
  const hashLeaves: HashLeaves = (batch) =>
    new Promise((resolve) => {
      const id = ++last;
      waiting.set(id, resolve);
      threads[turn++ % size]?.postMessage({ type: 'hash', id, batch });
    });
  return { hashLeaves, close: () => Promise.all(threads.map((thread) => thread.terminate())) };
}
