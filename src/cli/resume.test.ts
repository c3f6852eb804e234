import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChainWorld } from '../core/chain/chain.fixture.ts';
import { serializeTrust } from '../core/trust/serializeTrust.ts';
import { auditCommand } from './auditCommand.ts';
import { auditMemoryPath } from './auditMemoryFile.ts';
import { makeFolder, runHere, writeBuckets, type Ran } from './cli.fixture.ts';

let folder = '';
let remove: () => Promise<void>;
let path = '';

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  const world = await ChainWorld.make();
  const { storage, blocks } = await world.chain(258);
  const pin = world.pin(blocks[0], { buckets: await writeBuckets(storage, folder) });
  await writeFile(join(folder, 'trust.json'), serializeTrust({ chains: [pin] }));
  path = auditMemoryPath(folder, pin);
}, 60_000);
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
  await writeFile(path, kept.replace('"good"', '"evil"').replace(/good/, 'wood'));
  const third = await audit('--resume', '--json');
  expect(third.lines).toEqual(plain.lines);
  expect(third.words).toMatch(/Nothing of an earlier audit is reused: Part 0 .*damaged.* begins anew/);
}, 60_000);
