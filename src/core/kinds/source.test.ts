import { describe, expect, it } from 'vitest';
import { pass } from '../verdict/check.ts';
import { readContent } from './content.ts';
import { judge } from './judge.ts';
import type { Kind } from './kind.ts';
import type { JudgeReply } from './protocol.ts';
import { serveJudge } from './serveJudge.ts';
import { blobSource, bytesSource, isStreamed, streamedContent } from './source.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Passes where its source ends in "end"; the other kind knows the same files and takes them whole. */
const streaming: Kind = {
  name: 'long',
  title: 'Long',
  messages: {},
  streams: true,
  recognise: ({ text }) => text?.startsWith('LONG') ?? false,
  load: async () => ({
    plan: () => [],
    check: async ({ source, bytes }) => {
      const { size, read } = source ?? bytesSource(bytes);
      const end = new TextDecoder().decode(await read(size - 3, 3));
      return { checks: end === 'end' ? [pass('LONG_END')] : [], labels: [], at: null, timeSource: 'now' };
    },
  }),
};
const whole: Kind = { ...streaming, name: 'whole' };
delete (whole as { streams?: true }).streams;

const context = { trust: {}, now: 1000, companions: [] };
const file = utf8(`LONG ${'x'.repeat(200_000)} end`);
const head = file.subarray(0, 100);

describe('files that are read piece by piece', () => {
  it('are told by their first bytes, and by the kind that would judge them', () => {
    expect(isStreamed('a', head, [streaming, whole])).toBe(true);
    expect(isStreamed('a', head, [whole, streaming])).toBe(false);
    expect(isStreamed('a', utf8('SHORT'), [streaming])).toBe(false);
    expect(isStreamed('a', new Uint8Array(), [streaming])).toBe(false);
  });

  it('are judged over their source, and only by a kind that reads one', async () => {
    const content = streamedContent('a', head, bytesSource(file));
    expect(await judge(content, context, [whole, streaming])).toMatchObject({ kind: 'long', verdict: 'verified' });
    expect(await judge(content, context, [whole])).toMatchObject({ kind: 'unknown', verdict: 'undetermined' });
  });

  it('may as well be given whole', async () => {
    expect(await judge(readContent('a', file), context, [streaming])).toMatchObject({ verdict: 'verified' });
  });

  it('are sources of exactly the bytes that are asked for', async () => {
    for (const source of [bytesSource(file), blobSource(new Blob([file]))]) {
      expect(source.size).toBe(file.length);
      expect(await source.read(7, 5)).toEqual(file.subarray(7, 12));
    }
  });

  it('cross to the worker as a blob', async () => {
    const replies: JudgeReply[] = [];
    const serve = serveJudge([streaming], (reply) => replies.push(reply));
    const request = { type: 'judge', id: 1, name: 'a', bytes: head, ...context };
    serve({ ...request, blob: new Blob([file]) });
    serve({ ...request, id: 2, blob: 'no blob' });
    await expect.poll(() => replies.length).toBe(2);
    expect(replies.map(({ id, type }) => `${id} ${type}`)).toEqual(['1 plan', '1 verdict']);
    expect(replies[1]).toMatchObject({ report: { verdict: 'verified' } });
  });
});
