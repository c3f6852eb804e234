import { expect, it } from 'vitest';
import { pass } from '../verdict/check.ts';
import { readContent } from './content.ts';
import { judge } from './judge.ts';
import type { Kind } from './kind.ts';

const kindAt = (at: number): Kind => ({
  name: 'x',
  title: 'x',
  recognise: () => true,
  messages: {},
  load: async () => ({
    plan: () => [],
    check: async () => ({ checks: [pass('A_B')], labels: [], at, timeSource: 'signed' }),
  }),
});

it('says a time that a date can hold, and none where evidence claims another', async () => {
  const judged = async (at: number) =>
    (await judge(readContent('x', new Uint8Array()), { trust: {}, now: 0, companions: [] }, [kindAt(at)])).at;
  expect(await judged(0)).toBe('1970-01-01T00:00:00Z');
  expect(await judged(8.64e15)).toBe('+275760-09-13T00:00:00Z');
  for (const at of [8.64e15 + 1, -8.64e15 - 1, Number.MAX_SAFE_INTEGER * 1000]) expect(await judged(at)).toBeNull();
});
