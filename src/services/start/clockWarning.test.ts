import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clockWarning } from './clockWarning.ts';

test('a clock behind the last start by more than five seconds is told, with both times', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-clock-'));
  const file = join(folder, 'trust.json');
  const now = Date.parse('2026-05-01T12:00:00Z');
  expect(await clockWarning(file, now)).toBeUndefined();
  await writeFile(file, '');
  const at = (seconds: number) => utimes(file, now / 1000 + seconds, now / 1000 + seconds);
  await at(-60);
  expect(await clockWarning(file, now)).toBeUndefined();
  await at(4);
  expect(await clockWarning(file, now)).toBeUndefined();
  await at(3600);
  expect(await clockWarning(file, now)).toMatch(
    /clock shows 2026-05-01T12:00:00.000Z, but .* 2026-05-01T13:00:00.000Z/,
  );
  await rm(folder, { recursive: true });
});
