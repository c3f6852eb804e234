import { afterEach, describe, expect, it, vi } from 'vitest';
import { isErrorReply, hasId, type ErrorReply } from '../../core/kinds/protocol.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { FakeWorker } from './fakeWorker.fixture.ts';
import { poolSize, WorkerPool, type WorkerPoolOptions } from './workerPool.ts';

type Reply = { type: 'part' | 'done'; id: number; value: number } | ErrorReply;
type Post = (reply: unknown) => void;

const isReply = (message: unknown): message is Reply =>
  hasId(message) && (message.type === 'part' || message.type === 'done' || isErrorReply(message));

const pools: WorkerPool<Reply>[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const pool of pools.splice(0)) pool.close();
});

/** A pool over fakes that do `serve`, and the fakes as they are started. */
function make(
  serve: (post: Post) => (message: { id: number; type: string }) => void,
  options: Partial<WorkerPoolOptions<Reply>> = {},
) {
  const workers: FakeWorker[] = [];
  const spawn = (): FakeWorker => {
    const worker = new FakeWorker((post) => serve(post) as (message: unknown) => void);
    workers.push(worker);
    return worker;
  };
  const pool = new WorkerPool<Reply>({ spawn, isReply, isLast: (reply) => reply.type !== 'part', size: 2, ...options });
  pools.push(pool);
  return { pool, workers };
}

const echo = (post: Post) => (message: { id: number; type: string; value?: number }) => {
  if (message.type === 'cancel') return;
  post({ type: 'part', id: message.id, value: 0 });
  post({ type: 'done', id: message.id, value: message.value ?? 0 });
};
const silent = () => () => undefined;
const call = (value = 0) => ({ request: { type: 'work', value } });

async function fault(promise: Promise<unknown>): Promise<AuditorError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AuditorError);
  return error as AuditorError;
}

describe('the worker pool', () => {
  it('gives each caller its own replies, over no more workers than it has', async () => {
    const { pool, workers } = make(echo);
    const parts: number[] = [];
    const replies = await Promise.all([1, 2, 3, 4, 5].map((value) => pool.run(call(value), () => parts.push(value))));
    expect(replies.map((reply) => reply.value)).toEqual([1, 2, 3, 4, 5]);
    expect(parts.toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(workers).toHaveLength(2);
  });

  it('passes an error of a worker on as it is, and keeps the worker', async () => {
    const { pool, workers } = make(
      (post) => (message) =>
        post({ type: 'error', id: message.id, kind: 'source', code: 'FAR_AWAY', message: 'It is far away.' }),
      { size: 1 },
    );
    for (let times = 0; times < 2; times += 1) {
      expect(await fault(pool.run(call()))).toMatchObject({
        kind: 'source',
        code: 'FAR_AWAY',
        message: 'It is far away.',
      });
    }
    expect(workers).toHaveLength(1);
  });

  it('calls a worker that fails before its first answer one that cannot be loaded', async () => {
    const { pool, workers } = make(silent);
    const run = pool.run(call());
    workers[0]?.crash();
    expect(await fault(run)).toMatchObject({ kind: 'source', code: 'WORKER_LOAD' });
    expect(workers[0]?.terminated).toBe(true);
  });

  it('fails what a crashed worker held, and starts another for the next call', async () => {
    let times = 0;
    const { pool, workers } = make(
      (post) => (
        (times += 1),
        times === 1 ? (message) => post({ type: 'part', id: message.id, value: 1 }) : echo(post)
      ),
      { size: 1 },
    );
    const heard = new Promise<void>((resolve) => {
      const run = pool.run(call(), () => {
        workers[0]?.crash('out of memory');
        resolve();
      });
      void fault(run).then((error) => expect(error).toMatchObject({ kind: 'internal', code: 'WORKER_CRASH' }));
    });
    await heard;
    expect(await pool.run(call(7))).toMatchObject({ value: 7 });
    expect(workers).toHaveLength(2);
  });

  it.each([
    ['a string', 'hello'],
    ['nothing', undefined],
    ['a verdict without a number', { type: 'done' }],
    ['an unknown type', { type: 'verified', id: 1 }],
    ['an error of an unknown kind', { type: 'error', id: 1, kind: 'fine', code: 'X_Y', message: '' }],
  ])('concludes nothing from %s and ends the worker', async (_what, reply) => {
    const { pool, workers } = make((post) => () => post(reply));
    expect(await fault(pool.run(call()))).toMatchObject({ kind: 'internal', code: 'WORKER_PROTOCOL' });
    expect(workers[0]?.terminated).toBe(true);
  });

  it('rejects at once when aborted, tells the worker, and keeps it when it confirms', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { pool, workers } = make(
      (post) => (message) => {
        if (message.type === 'cancel')
          post({ type: 'error', id: message.id, kind: 'source', code: 'CANCELLED', message: '' });
        else if ((message as { value?: number }).value === 5) echo(post)(message);
      },
      { size: 1, patienceMilliseconds: 40 },
    );
    const controller = new AbortController();
    const run = pool.run(call(), undefined, controller.signal);
    controller.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
    // The worker is free for it once it has confirmed.
    expect(await pool.run(call(5))).toMatchObject({ value: 5 });
    vi.advanceTimersByTime(80);
    expect(workers[0]?.received).toMatchObject([{ type: 'work' }, { type: 'cancel' }, { type: 'work' }]);
    expect(workers[0]?.terminated).toBe(false);
  });

  it('ends a worker that does not confirm a cancel in time, and goes on with another', async () => {
    let times = 0;
    const { pool, workers } = make((post) => ((times += 1), times === 1 ? silent() : echo(post)), {
      size: 1,
      patienceMilliseconds: 20,
    });
    const controller = new AbortController();
    const run = pool.run(call(), undefined, controller.signal);
    const next = pool.run(call(5));
    controller.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
    expect(await next).toMatchObject({ value: 5 });
    expect(workers[0]?.terminated).toBe(true);
  });

  it('forgets a call that is aborted before a worker was free', async () => {
    const { pool, workers } = make(silent, { size: 1 });
    void pool.run(call(1)).catch(() => undefined);
    const controller = new AbortController();
    const run = pool.run(call(2), undefined, controller.signal);
    controller.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(workers[0]?.received).toMatchObject([{ value: 1 }]);
  });

  it('greets every new worker first, and fails with what the worker says to it', async () => {
    const greeting = { request: { type: 'hello' } };
    const { pool, workers } = make(echo, { greeting });
    await pool.start();
    await pool.run(call(1));
    expect(workers[0]?.received).toMatchObject([{ type: 'hello' }, { type: 'work' }]);
    const refusing = make(
      (post) => (message) => post({ type: 'error', id: message.id, kind: 'usage', code: 'NOT_PINNED', message: '' }),
      { greeting },
    );
    expect(await fault(refusing.pool.start())).toMatchObject({ kind: 'usage', code: 'NOT_PINNED' });
    expect(refusing.workers[0]?.terminated).toBe(true);
  });

  it('says so where no worker can be started at all', async () => {
    const { pool } = make(echo, {
      spawn: () => {
        throw new Error('no workers here');
      },
    });
    expect(await fault(pool.run(call()))).toMatchObject({ kind: 'source', code: 'WORKER_LOAD' });
    expect(await fault(pool.start())).toMatchObject({ kind: 'source', code: 'WORKER_LOAD' });
  });

  it('rejects everything when closed', async () => {
    const { pool, workers } = make(silent, { size: 1 });
    const runs = [pool.run(call()), pool.run(call())].map(fault);
    pool.close();
    for (const error of await Promise.all(runs)) expect(error.code).toBe('POOL_CLOSED');
    expect(workers[0]?.terminated).toBe(true);
    expect((await fault(pool.run(call()))).code).toBe('POOL_CLOSED');
  });

  it('gives back the workers that answered and are idle; what is busy or was never heard is ended, what failed is not given', async () => {
    const holding = (post: Post) => (message: { id: number; type: string }) => {
      if (message.type !== 'hold') echo(post)(message);
    };
    const { pool, workers } = make(holding, { size: 3, greeting: { request: { type: 'hello' } } });
    await pool.start();
    await Promise.all([1, 2, 3].map((value) => pool.run(call(value))));
    const held = fault(pool.run({ request: { type: 'hold' } }));
    workers[2]?.crash();
    const given = pool.giveBack();
    expect((await held).code).toBe('POOL_CLOSED');
    expect(given).toEqual([workers[1]]);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false, true]);
    expect((await fault(pool.run(call()))).code).toBe('POOL_CLOSED');
    const next = make(holding, { size: 1, spawn: () => given[0] as FakeWorker });
    expect(await next.pool.run(call(9))).toMatchObject({ value: 9 });
    const unheard = make(silent, { size: 1 });
    void unheard.pool.start();
    expect(unheard.pool.giveBack()).toEqual([]);
    expect(unheard.workers[0]?.terminated).toBe(true);
  });
});

describe('the number of workers', () => {
  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [5, 4],
    [64, 4],
  ])('on %i cores is %i', (cores, size) => {
    expect(poolSize(cores)).toBe(size);
  });
});
