import { chmod, copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certifyCommand } from './certifyCommand.ts';
import { checkCommand } from './checkCommand.ts';
import { makeFolder, runHere, type Ran } from './cli.fixture.ts';

let folder = '';
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  for (const name of ['chain.affidavit.json', 'trust.json']) {
    await copyFile(fileURLToPath(new URL(`../../public/samples/${name}`, import.meta.url)), join(folder, name));
  }
});
afterAll(() => remove());

const certify = (...args: readonly string[]): Promise<Ran> => runHere(certifyCommand, args, folder);
const check = (name: string): Promise<Ran> => runHere(checkCommand, ['--json', '--trust', 'trust.json', name], folder);
const certificate = 'chain.affidavit.json';

describe('certify --export', () => {
  it.each(['vc', 'dsse'] as const)(
    'writes a certificate as %s, which check judges as the certificate',
    async (form) => {
      const key = `${form}.key`;
      const made = await certify('--export', form, '--new-key', key, certificate, '--out', `${form}.json`);
      expect(made).toMatchObject({ code: 0, lines: [{ result: 'export', form, file: `${form}.json` }] });
      expect((await stat(join(folder, key))).mode & 0o777).toBe(0o600);
      const { code, lines } = await check(`${form}.json`);
      expect(lines).toMatchObject([{ kind: 'certificate', verdict: 'verified', labels: ['development', 'simulated'] }]);
      expect(code).toBe(0);

      const again = await certify('--export', form, '--key', key, certificate, '--out', `${form}-2.json`);
      expect(again.lines[0]?.['exporter']).toBe(made.lines[0]?.['exporter']);
    },
  );

  it('does not write over a key, nor use one that others can read', async () => {
    await writeFile(join(folder, 'there.key'), 'mine', { mode: 0o600 });
    const over = await certify('--export', 'vc', '--new-key', 'there.key', certificate, '--out', 'x.json');
    expect(over).toMatchObject({ code: 2, words: expect.stringContaining('is there already') });
    expect(await readFile(join(folder, 'there.key'), 'utf8')).toBe('mine');
    const noKey = await certify('--export', 'vc', '--key', 'there.key', certificate, '--out', 'x.json');
    expect(noKey).toMatchObject({ code: 2, words: expect.stringContaining('holds no private key on P-256') });
    await chmod(join(folder, 'there.key'), 0o644);
    const open = await certify('--export', 'vc', '--key', 'there.key', certificate, '--out', 'x.json');
    expect(open).toMatchObject({ code: 2, words: expect.stringContaining('can be read by others') });
  });

  it('is a wrong call without form, key or place, and with what does not go with it', async () => {
    for (const args of [
      ['--export', 'pdf', '--new-key', 'k', certificate, '--out', 'x'],
      ['--export', 'vc', certificate, '--out', 'x'],
      ['--export', 'vc', '--new-key', 'k', certificate],
      ['--export', 'vc', '--new-key', 'k', '--out', 'x'],
      ['--export', 'vc', '--new-key', 'k', '--trust', 'trust.json', certificate, '--out', 'x'],
      ['--key', 'k', certificate],
    ]) {
      expect(await certify(...args)).toMatchObject({ code: 2, lines: [], words: expect.stringContaining('Usage') });
    }
    const trust = await certify('--export', 'vc', '--new-key', 'other.key', 'trust.json', '--out', 'x.json');
    expect(trust).toMatchObject({ code: 2, words: expect.stringContaining('not a whole certificate') });
  });
});
