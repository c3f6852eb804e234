import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../core/bytes/bytes.ts';
import { isMemoryKey, makeMemoryKey, memoryKey } from './memoryKey.ts';
import { decodePart, encodePart, type MemoryPart } from './memoryPart.ts';

const pcrs = { 0: 'aa', 1: 'bb' };
const sequence = { k: 7, y: 'cc', object: 'dd', length: 3, storedAt: 7, documentTime: 5, pcrs };
const part: MemoryPart = {
  identity: 'one identity',
  index: 3,
  previous: 'ee',
  savedAt: 1_780_000_000_000,
  entries: [
    {
      kind: 'attestation',
      complete: true,
      finding: { k: 7, sequences: [sequence, sequence], strays: [], junk: [], shards: ['good', 'down'], signatures: 1 },
    },
    {
      kind: 'tuple',
      complete: false,
      finding: {
        timestampHash: 'ff',
        tuple: {
          u: '00',
          merkle: '01',
          parent: '02',
          block: '03',
          timestampHash: 'ff',
          time: 9,
          transactions: Uint8Array.of(1, 2, 3),
          kid: 'key “one”',
        },
        junk: [],
        shards: [],
        signatures: 1,
      },
    },
  ],
};
let key: CryptoKey;
let line = '';

beforeAll(async () => {
  key = await makeMemoryKey();
  ({ line } = await encodePart(key, part));
});

describe('a part of a memory', () => {
  it('comes back as it was', async () => {
    expect((await decodePart(key, line, part)).part).toEqual(part);
    expect((await decodePart(key, line, part)).seal).toBe(line.slice(0, 64));
  });

  it('is refused with any one bit of any byte changed, cut anywhere, or with anything added', async () => {
    const bytes = utf8(line);
    const texts = [`${line} `, ` ${line}`, line.toUpperCase(), ''];
    for (let at = 0; at < bytes.length; at += 1) {
      const copy = bytes.slice();
      copy[at] = (copy[at] as number) ^ (1 << (at % 8));
      texts.push(new TextDecoder().decode(copy), line.slice(0, Math.min(at, line.length - 1)));
    }
    for (const text of texts) {
      await expect(decodePart(key, text, part)).rejects.toThrow(/^Part 3 of what an earlier audit left was changed/);
    }
  });

  it('is refused under any other key, also one that whoever wrote it chose', async () => {
    const other = await memoryKey(new Uint8Array(32));
    const theirs = (await encodePart(other, part)).line;
    await expect(decodePart(key, theirs, part)).rejects.toThrow(/its seal does not fit/);
    await expect(decodePart(other, line, part)).rejects.toThrow(/its seal does not fit/);
  });

  it('is refused where another identity, place or predecessor is expected', async () => {
    await expect(decodePart(key, line, { ...part, identity: 'another' })).rejects.toThrow(/of another chain/);
    await expect(decodePart(key, line, { ...part, index: 4 })).rejects.toThrow(/out of its place/);
    await expect(decodePart(key, line, { ...part, previous: '' })).rejects.toThrow(/out of its place/);
  });
});

it('a key cannot be read out, and nothing else passes for one', async () => {
  expect(isMemoryKey(key)).toBe(true);
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow(/not extractable/);
  const readable = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign', 'verify']);
  const half = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  for (const value of [readable, half, undefined, 'key', {}]) expect(isMemoryKey(value)).toBe(false);
});
