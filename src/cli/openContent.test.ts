import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kinds } from '../core/kinds/registry.ts';
import { judge } from '../core/kinds/judge.ts';
import { makeEif, referenceRegisters } from '../core/tee/eif/eif.fixture.ts';
import { openContent } from './openContent.ts';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'affidavit-'))));
afterAll(() => rm(folder, { recursive: true }));

describe('opening a file to judge', () => {
  it('reads an enclave image piece by piece, longer than what is held', async () => {
    const parts = { ramdisks: [new Uint8Array(10), new Uint8Array(100 * 1024 * 1024)] };
    await writeFile(join(folder, 'image'), makeEif(parts));
    const { content, close } = await openContent(folder, 'image', kinds);
    expect(content.source?.size).toBeGreaterThan(96 * 1024 * 1024);
    expect(content.bytes).toHaveLength(64 * 1024);
    const trust = { nitro: { measurements: [{ pcrs: referenceRegisters(parts) }] } };
    const report = await judge(content, { trust, now: 0, companions: [] }, kinds);
    await close();
    expect(report).toMatchObject({ kind: 'eif', verdict: 'verified' });
  });

  it('holds what is of another kind', async () => {
    await writeFile(join(folder, 'other'), '{"affidavit":"trust/1"}');
    const { content } = await openContent(folder, 'other', kinds);
    expect(content).toMatchObject({ text: '{"affidavit":"trust/1"}' });
    expect(content).not.toHaveProperty('source');
  });

  it('says what is wrong with a file as it was given', async () => {
    await expect(openContent(folder, 'nowhere', kinds)).rejects.toMatchObject({ code: 'FILE_MISSING' });
    await expect(openContent(folder, '.', kinds)).rejects.toMatchObject({ code: 'FILE_FOLDER' });
    await writeFile(join(folder, 'empty'), '');
    expect((await openContent(folder, 'empty', kinds)).content.bytes).toHaveLength(0);
  });
});
