import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { auditAfter } from './auditAfter.ts';
import { crashRounds } from './crashRounds.ts';
import { CrashStack } from './crashStack.ts';

let stack: CrashStack | undefined;

afterEach(async () => {
  await stack?.stop();
  stack = undefined;
});

test('processes killed at steps and at random lose no accepted write and break no chain', async () => {
  const result = await crashRounds(3);
  expect(result).toMatchObject({ rounds: 3, lost: [], twice: [], broken: [] });
  expect(result.accepted).toBeGreaterThan(0);
  const deaths = ['writer', 'sequencer', 'bucket', 'timestamps'].map((victim) => result.killed[victim] ?? 0);
  expect(deaths.reduce((sum, times) => sum + times)).toBeGreaterThanOrEqual(3);
}, 600_000);

test('the audit after a crash names a shard that is gone and one that is another', async () => {
  stack = await CrashStack.start();
  expect(await stack.write(Uint8Array.of(1, 2, 3))).toBe('accepted');
  const [hash = ''] = [await settled(stack)];
  const pins = await stack.pins();
  const good = await auditAfter(pins, stack.folders);
  expect([good.broken, [...good.found]]).toEqual([[], [[hash, 1]]]);

  const shard = join(stack.folders[1] as string, pins[0]?.genesis ?? '', 'seq', '1');
  await rm(shard);
  expect((await auditAfter(pins, stack.folders)).broken).toEqual([expect.stringContaining('not in all buckets')]);
  await writeFile(shard, 'something else');
  expect((await auditAfter(pins, stack.folders)).broken).toHaveLength(1);
  for (const folder of stack.folders.slice(0, 4))
    await rm(join(folder, pins[0]?.genesis ?? '', 'seq', '1'), { force: true });
  const lost = await auditAfter(pins, stack.folders);
  expect([lost.found.size, lost.broken.length > 0]).toEqual([0, true]);
}, 600_000);

/** H(1, 2, 3), once it is final. */
async function settled(running: CrashStack): Promise<string> {
  const hash = 'fd1780a6fc9ee0dab26ceb4b3941ab03e66ccd970d1db91612c66df4515b0a0a';
  await expect.poll(() => running.stateOf(hash), { timeout: 300_000 }).toBe('final');
  return hash;
}
