import { describe, expect, test, vi } from 'vitest';
import type { TaskReply } from './protocol.ts';
import { serveTask } from './serveTask.ts';
import { chainId, contract, files, makeEvents, rightSteps } from './task.fixture.ts';

const request = {
  type: 'task',
  id: 7,
  events: makeEvents(rightSteps(`0x${'aa'.repeat(32)}`)),
  task: 1n,
  chainId,
  contract,
  trust: {},
  now: 0,
  companions: [],
} as const;

/** What comes back for one message. */
async function answerTo(...messages: readonly unknown[]): Promise<TaskReply> {
  const replies: TaskReply[] = [];
  const serve = serveTask((reply) => void replies.push(reply));
  for (const message of messages) serve(message);
  await vi.waitFor(() => expect(replies).toHaveLength(1), { timeout: 60_000 });
  return replies[0] as TaskReply;
}

describe('the worker of tasks', () => {
  test('a task is judged with the files beside it', async () => {
    const companions = [{ name: 'data.csv', bytes: files.dataSet }];
    const reply = await answerTo({ ...request, companions });
    expect(reply).toMatchObject({ type: 'task', id: 7, timeline: { id: '1', state: 'completed' } });
    const checks = reply.type === 'task' ? reply.checks : [];
    expect(checks.find(({ code }) => code === 'TASK_DATA_SET')).toMatchObject({ status: 'pass' });
  });

  test('what is cancelled comes back as such', async () => {
    expect(await answerTo(request, { type: 'cancel', id: 7 })).toMatchObject({ type: 'error', code: 'CANCELLED' });
  });

  test('a certificate that cannot be made comes back as an error, never as a verdict', async () => {
    const reply = await answerTo({ type: 'certify', id: 8, request: { pin: { chainId, consensus: 'qbft' } } });
    expect(reply).toMatchObject({ type: 'error', id: 8 });
  });

  test('what is no request is dropped', async () => {
    expect(await answerTo(null, { type: 'task', id: 1 }, { type: 'task', id: 'x' }, 'text', request)).toMatchObject({
      id: 7,
    });
  });
});
