import { expect, test } from 'vitest';
import type { JsonObject } from '../../core/bytes/json.ts';
import { verifyEvent } from './verifyEvent.ts';

const ask = (data: readonly JsonObject[]) => verifyEvent('ab'.repeat(32), '{}', data, { trust: {}, presentTime: 0 });

test('a question is bounded in its events, and in the choices of members that they have', async () => {
  const events = Array.from({ length: 1_024 }, (_, index): JsonObject => ({ event: 'func_call', func: index }));
  const choices = Array.from({ length: 65 }, (_, place): JsonObject => ({ args: { [place]: 1 } }));
  for (const tooMuch of [[...events, { func: 1 }], choices, []]) {
    await expect(ask(tooMuch)).rejects.toMatchObject({ code: 'VERIFY_CALL' });
  }
  // What is asked is right; what is given is no proof.
  for (const right of [events, choices.slice(1)]) {
    expect((await ask(right)).checks.at(-1)).toMatchObject({ code: 'TRACE_ASKED', status: 'unknown' });
  }
});
