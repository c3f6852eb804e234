import { expect, test } from 'vitest';
import { closeNetwork } from './closeNetwork.ts';

test('nothing that could send is left, wherever it stood, and all else stays', () => {
  const root = { fetch: () => 1, crypto: {} };
  const middle = Object.create(root, { WebSocket: { value: () => 0, configurable: true } }) as object;
  const scope = Object.create(middle, {
    XMLHttpRequest: { value: () => 0, configurable: true },
    postMessage: { value: () => 2, configurable: true },
  }) as Record<string, unknown>;
  Object.defineProperty(root, 'EventSource', { value: () => 0, configurable: false });
  closeNetwork(scope);
  for (const name of ['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource', 'importScripts']) {
    expect(scope[name], name).toBeUndefined();
  }
  expect(Object.hasOwn(root, 'fetch')).toBe(false);
  expect([scope['crypto'], scope['postMessage']]).toEqual([{}, expect.any(Function)]);
});
