import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startPulse } from './pulse.ts';
import { seedFiles } from './seedFiles.ts';

const patience = { timeout: 60_000 };
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'affidavit-pulse-'));
  for (const folder of ['src', 'node_modules', '.git', 'dist']) await mkdir(join(root, folder));
  for (const file of [
    'README.md',
    'LICENSE',
    'src/a.ts',
    'src/b.ts',
    'src/c.ts',
    '.env',
    'node_modules/x',
    '.git/x',
    'dist/x',
  ]) {
    await writeFile(join(root, file), `content of ${file}`);
  }
});

afterEach(async () => {
  vi.useRealTimers();
  await rm(root, { recursive: true, force: true });
});

test('the seeds are the files of the project, the README first, nothing hidden and nothing installed or built', async () => {
  expect(await seedFiles(root)).toEqual(['README.md', 'LICENSE', 'src/a.ts', 'src/b.ts', 'src/c.ts']);
});

test('first the digests of files, four a block, then notes; never while something waits', async () => {
  const written: string[] = [];
  let pending = 0;
  const stack = {
    get pending() {
      return pending;
    },
    write: async (transaction: Uint8Array) => {
      written.push(
        transaction.length === 32 ? Buffer.from(transaction).toString('hex') : new TextDecoder().decode(transaction),
      );
      return '';
    },
  };
  const pulse = await startPulse({ stack, root, interval: 40, onTrouble: () => undefined });
  await vi.waitFor(() => expect(written.length).toBeGreaterThanOrEqual(6), patience);
  pending = 1;
  const count = written.length;
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(written).toHaveLength(count);
  pulse.stop();
  const digest = (file: string) => createHash('sha3-256').update(`content of ${file}`).digest('hex');
  expect(written.slice(0, 5)).toEqual(['README.md', 'LICENSE', 'src/a.ts', 'src/b.ts', 'src/c.ts'].map(digest));
  expect(written[5]).toMatch(/^\{"affidavit":"heartbeat\/1","number":1,"time":"20/);
});

test('after half an hour without seeds it beats once a minute', async () => {
  await rm(root, { recursive: true });
  await mkdir(root);
  let now = 0;
  let notes = 0;
  const stack = { pending: 0, write: async () => String((notes += 1)) };
  vi.useFakeTimers();
  const pulse = await startPulse({ stack, root, interval: 4, onTrouble: () => undefined, clock: () => now });
  const beatsUntil = async (time: number) => {
    const before = notes;
    for (; now < time; now += 1000) await vi.advanceTimersByTimeAsync(3);
    return notes - before;
  };
  now = 29 * 60_000;
  expect(await beatsUntil(29 * 60_000 + 30_000)).toBeGreaterThan(15);
  now = 31 * 60_000;
  expect(await beatsUntil(34 * 60_000)).toBeLessThanOrEqual(4);
  pulse.stop();
});

test('a write that fails is told in words, and the pulse goes on', async () => {
  const words: string[] = [];
  let refuse = true;
  let written = 0;
  const stack = {
    pending: 0,
    write: async () => {
      if (refuse) throw new Error('The disk is full.');
      return String((written += 1));
    },
  };
  const pulse = await startPulse({ stack, root, interval: 8, onTrouble: (text) => words.push(text) });
  await vi.waitFor(() => expect(words[0]).toContain('The disk is full.'), patience);
  refuse = false;
  await vi.waitFor(() => expect(written).toBeGreaterThan(0), patience);
  pulse.stop();
});
