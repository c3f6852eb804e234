import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ceremonyOf } from './ceremonies.ts';
import { setup } from './setup.ts';

describe('the result of a ceremony', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ceremony-'));
    file = join(folder, 'powers.ptau');
    await writeFile(file, 'abc');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  // SHA-256 of "abc" (FIPS 180-4, the example of one block).
  const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

  it('is known by its digest, and only by that', async () => {
    const made = { name: 'made here', length: 3 };
    expect(await ceremonyOf(file, { [digest]: made })).toBe(made);
    await writeFile(join(folder, 'other'), 'abd');
    await expect(ceremonyOf(join(folder, 'other'), { [digest]: made })).rejects.toThrow('no ceremony that is known');
    await expect(ceremonyOf(file)).rejects.toThrow(new RegExp(`${digest}[^]*final_13: 95751b52[^]*final_15: 3ef2ecc5`));
  });

  it('is demanded before anything is made of a file, and for a key of others', async () => {
    const options = { snarkjs: {} as never, constraints: 'none', folder, say: () => undefined };
    await expect(setup({ ...options, powers: file })).rejects.toThrow('no ceremony that is known');
    await expect(setup({ ...options, key: file })).rejects.toThrow('--zkey needs --ptau');
  });
});
