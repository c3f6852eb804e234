import { appendFile, chmod, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChainWorld } from '../core/chain/chain.fixture.ts';
import { serializeTrust } from '../core/trust/serializeTrust.ts';
import { auditCommand } from './auditCommand.ts';
import { auditMemoryKeyPath, auditMemoryPath } from './auditMemoryFile.ts';
import { makeFolder, runHere, writeBuckets, type Ran } from './cli.fixture.ts';

let folder = '';
let remove: () => Promise<void>;
let path = '';
let keyPath = '';

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  const world = await ChainWorld.make();
  const { storage, blocks } = await world.chain(258);
  const pin = world.pin(blocks[0], { buckets: await writeBuckets(storage, folder) });
  await writeFile(join(folder, 'trust.json'), serializeTrust({ chains: [pin] }));
  path = auditMemoryPath(folder, pin);
  keyPath = auditMemoryKeyPath(join(folder, 'user'), path);
}, 600_000);
afterAll(() => remove());

const audit = (...args: string[]): Promise<Ran> => runHere(auditCommand, ['--trust', 'trust.json', ...args], folder);

it('--resume leaves what was settled beside the trust file, goes on from it, and refuses what is damaged', async () => {
  const plain = await audit();
  expect(plain).toMatchObject({ code: 0, lines: [{ verdict: 'verified', counts: { blocks: 258 } }] });
  await expect(readFile(path)).rejects.toThrow(/ENOENT/);
  const first = await audit('--resume');
  expect(first.lines).toEqual(plain.lines);
  const kept = await readFile(path, 'utf8');
  expect(kept.split('\n')).toHaveLength(2);
  // Killed while it wrote the next part: what is not whole is no part.
  await appendFile(path, kept.slice(0, 100));
  const second = await audit('--resume');
  // The certificates of the enclave's path are verified in each run.
  const counts = { ...(plain.lines[0]?.counts as object), signatures: expect.any(Number) as unknown };
  expect(second.lines).toEqual([{ ...plain.lines[0], counts }]);
  expect(second.words).not.toContain('begins anew');
  expect(await readFile(path, 'utf8')).toBe(kept);
  await writeFile(path, kept.replace('"good', '"evil'));
  const third = await audit('--resume', '--json');
  expect(third.lines).toEqual(plain.lines);
  expect(third.words).toMatch(/Nothing of an earlier audit is reused: Part 0 .*was changed.* begins anew/);
}, 600_000);

it('the key of what --resume leaves is only for this user, and what is there without it does not count', async () => {
  await audit('--resume');
  const kept = await readFile(path, 'utf8');
  const key = await readFile(keyPath);
  expect([key.length, kept.includes(key.toString('hex'))]).toEqual([32, false]);
  if (process.platform !== 'win32') {
    expect(((await stat(keyPath)).mode & 0o777).toString(8)).toBe('600');
    expect(((await stat(dirname(keyPath))).mode & 0o777).toString(8)).toBe('700');
  }
  const lose: readonly (() => Promise<void>)[] = [
    () => rm(keyPath),
    () => writeFile(keyPath, new Uint8Array(31)),
    () => writeFile(keyPath, new Uint8Array(32)),
    // One that others could have read is no secret.
    ...(process.platform === 'win32' ? [] : [() => chmod(keyPath, 0o644)]),
  ];
  for (const way of lose) {
    await way();
    const again = await audit('--resume', '--json');
    expect(again).toMatchObject({ code: 0, lines: [{ verdict: 'verified' }] });
    expect(again.words).toMatch(/Nothing of an earlier audit is reused: Part 0 .*its seal does not fit/);
    expect(await readFile(keyPath)).not.toEqual(key);
    expect((await audit('--resume', '--json')).words).not.toContain('begins anew');
  }
}, 600_000);

it.skipIf(process.platform === 'win32')(
  'a link in the memory’s place is not followed',
  async () => {
    const target = join(folder, 'another.txt');
    await writeFile(target, 'Half a line');
    await rm(path, { force: true });
    await mkdir(dirname(path), { recursive: true });
    await symlink(target, path);
    const { lines, words } = await audit('--resume', '--json');
    expect(lines[0]).toMatchObject({ verdict: 'verified' });
    expect(words).toMatch(/begins anew/);
    expect(await readFile(target, 'utf8')).toBe('Half a line');
    expect((await stat(path)).size).toBeGreaterThan(1000);
  },
  600_000,
);
