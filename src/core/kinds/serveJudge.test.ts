import { describe, expect, it } from 'vitest';
import { pass } from '../verdict/check.ts';
import { AuditorError } from '../verdict/auditorError.ts';
import { isJudgeReply, type JudgeReply } from './protocol.ts';
import { serveJudge } from './serveJudge.ts';
import type { Checker, Kind } from './kind.ts';

const checker: Checker = {
  plan: () => [{ code: 'DEMO_SAID' }],
  check: async (_content, context) => {
    context.onProgress?.({ done: 1, total: 2, unit: 'words' });
    context.onCheck?.([0], pass('DEMO_SAID'));
    return { checks: [pass('DEMO_SAID')], labels: [], at: context.givenTime ?? context.now, timeSource: 'now' };
  },
};

function demo(load: () => Promise<Checker> = async () => checker): Kind {
  return { name: 'demo', title: 'Demo', messages: {}, recognise: (content) => content.text === 'demo', load };
}

/** Sends messages and collects replies until one for each `judge` has ended. */
async function talk(kind: Kind, ...messages: unknown[]): Promise<JudgeReply[]> {
  const replies: JudgeReply[] = [];
  const serve = serveJudge([kind], (reply) => replies.push(structuredClone(reply)));
  for (const message of messages) serve(message);
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (const reply of replies) expect(isJudgeReply(reply)).toBe(true);
  return replies;
}

const request = (text: string, id = 1) => ({
  type: 'judge',
  id,
  name: 'a.txt',
  bytes: new TextEncoder().encode(text),
  companions: [],
  trust: {},
  now: 1000,
});

describe('the judging worker', () => {
  it('answers with the plan, progress, checks and one verdict, in this order', async () => {
    const replies = await talk(demo(), request('demo', 7));
    expect(replies).toEqual([
      { type: 'plan', id: 7, kind: 'demo', plan: [{ code: 'DEMO_SAID' }] },
      { type: 'progress', id: 7, done: 1, total: 2, unit: 'words' },
      { type: 'check', id: 7, path: [0], check: { code: 'DEMO_SAID', status: 'pass' } },
      {
        type: 'verdict',
        id: 7,
        report: expect.objectContaining({
          file: 'a.txt',
          kind: 'demo',
          verdict: 'verified',
          at: '1970-01-01T00:00:01Z',
        }),
      },
    ]);
  });

  it('reports an unknown kind as undetermined, without a plan', async () => {
    const replies = await talk(demo(), request('something else'));
    expect(replies).toMatchObject([
      { type: 'verdict', report: { kind: 'unknown', verdict: 'undetermined', checks: [] } },
    ]);
  });

  it('turns a throw of a kind into an error, never into a verdict', async () => {
    const broken: Checker = {
      ...checker,
      check: async () => {
        throw new RangeError('off by one');
      },
    };
    const replies = await talk(
      demo(async () => broken),
      request('demo'),
    );
    expect(replies.map(({ type }) => type)).toEqual(['plan', 'error']);
    expect(replies[1]).toMatchObject({ kind: 'internal', message: expect.stringContaining('off by one') });
  });

  it('passes an AuditorError on as it is', async () => {
    const refusing: Checker = {
      ...checker,
      plan: () => {
        throw new AuditorError('usage', 'DEMO_CALL', 'Give it another file.');
      },
    };
    const replies = await talk(
      demo(async () => refusing),
      request('demo'),
    );
    expect(replies).toEqual([
      { type: 'error', id: 1, kind: 'usage', code: 'DEMO_CALL', message: 'Give it another file.' },
    ]);
  });

  it('calls a kind that cannot be loaded a fault of the source', async () => {
    const replies = await talk(
      demo(() => Promise.reject(new TypeError('Failed to fetch'))),
      request('demo'),
    );
    expect(replies).toMatchObject([{ type: 'error', kind: 'source', code: 'KIND_LOAD' }]);
  });

  it('gives no verdict once cancelled', async () => {
    const replies = await talk(demo(), request('demo'), { type: 'cancel', id: 1 });
    expect(replies.at(-1)).toMatchObject({ type: 'error', code: 'CANCELLED' });
    expect(replies.some(({ type }) => type === 'verdict')).toBe(false);
  });

  it('leaves other files alone when one is cancelled', async () => {
    const replies = await talk(demo(), request('demo', 1), request('demo', 2), { type: 'cancel', id: 1 });
    expect(replies.filter(({ type }) => type === 'verdict')).toMatchObject([{ id: 2 }]);
  });

  it.each([
    ['nothing', undefined],
    ['text', 'judge'],
    ['a request without a number', { ...request('demo'), id: '1' }],
    ['bytes that are none', { ...request('demo'), bytes: [1, 2] }],
    ['companions that are none', { ...request('demo'), companions: [{ name: 'x' }] }],
    ['a trust file that is none', { ...request('demo'), trust: null }],
    ['a time that is none', { ...request('demo'), givenTime: Number.NaN }],
    ['no present', { ...request('demo'), now: undefined }],
  ])('does nothing about %s', async (_what, message) => {
    expect(await talk(demo(), message)).toEqual([]);
  });
});
