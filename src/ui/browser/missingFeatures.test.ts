import { expect, it } from 'vitest';
import { missingFeatures } from './missingFeatures.ts';

const whole = {
  crypto: { subtle: { importKey: async () => ({}) } },
  Worker: function stands() {},
  indexedDB: {},
  WebAssembly: {},
  DecompressionStream: function stands() {},
  URL: { canParse: () => true },
};
const missing = (change: object) => missingFeatures({ ...whole, ...change } as unknown as typeof globalThis);

it('finds nothing where everything is there', async () => {
  expect(await missing({})).toEqual([]);
});

it('names each thing that is not', async () => {
  expect(await missing({ crypto: {} })).toEqual(['secure']);
  expect(await missing({ Worker: undefined })).toEqual(['workers']);
  expect(await missing({ indexedDB: undefined })).toEqual(['storage']);
  const importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'));
  expect(await missing({ crypto: { subtle: { importKey } } })).toEqual(['ed25519']);
  expect(await missing({ WebAssembly: undefined })).toEqual(['wasm']);
  expect(await missing({ DecompressionStream: undefined })).toEqual(['streams']);
  expect(await missing({ URL: {} })).toEqual(['language']);
});
