import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { toHex } from '../../core/bytes/hex.ts';
import { programMeasurement } from './programMeasurement.ts';

const entry = fileURLToPath(new URL('main.ts', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'affidavit-measure-'));
afterAll(() => rm(folder, { recursive: true }));

const hex = async (path: string) => (await programMeasurement(path)).pcrs.map(toHex);

describe('the simulated measurement', () => {
  it('covers the program and everything that it imports, and no test', async () => {
    const { files, pcrs } = await programMeasurement(entry);
    for (const name of ['main', 'sequencerProgram', 'sequencerServer', 'writerRequest', 'nsmSimulator']) {
      expect(files).toContain(`services/sequencer/${name}.ts`);
    }
    for (const name of ['core/chain/block.ts', 'core/chain/sequence.ts', 'core/bytes/cbor.ts', 'core/jwt/parse.ts']) {
      expect(files).toContain(name);
    }
    expect(files.filter((name) => /\.(test|fixture)\.ts$/.test(name))).toEqual([]);
    expect(pcrs.every((value) => value.length === 48 && value.some((byte) => byte !== 0))).toBe(true);
    expect(await hex(entry)).toEqual(pcrs.map(toHex));
  });

  it('is another one for one changed byte, in the registers that cover it', async () => {
    const own = join(folder, 'own', 'main.ts');
    const part = join(folder, 'own', 'part.ts');
    const shared = join(folder, 'shared', 'library.ts');
    await mkdir(join(folder, 'own'));
    await mkdir(join(folder, 'shared'));
    await writeFile(own, "import { part } from './part.ts';\nimport '../shared/library.ts';\npart();\n");
    await writeFile(part, 'export function part() {}\n');
    await writeFile(shared, 'export const shared = 1;\n');
    const [all, platform, application] = await hex(own);

    await writeFile(shared, 'export const shared = 2;\n');
    expect(await hex(own)).toEqual([
      expect.not.stringMatching(all as string),
      expect.not.stringMatching(platform as string),
      application,
    ]);
    await writeFile(shared, 'export const shared = 1;\n');
    await writeFile(part, 'export function part() { }\n');
    expect(await hex(own)).toEqual([
      expect.not.stringMatching(all as string),
      platform,
      expect.not.stringMatching(application as string),
    ]);
    await writeFile(part, 'export function part() {}\r\n');
    expect(await hex(own)).toEqual([all, platform, application]);
    await rm(part);
    await expect(hex(own)).rejects.toMatchObject({ code: 'IO_ENOENT', message: expect.stringContaining('part.ts') });
  });
});
