import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { concatBytes, utf8 } from '../../../core/bytes/bytes.ts';
import { toHex } from '../../../core/bytes/hex.ts';
import { createNsmCommand } from '../nsmCommand.ts';
import { createNsmSimulator } from '../nsmSimulator.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const compiler = spawnSync('cc', ['--version']).status === 0;
if (!compiler) process.stdout.write('nsm-attest: not run here (no C compiler)\n');

/** As the device wraps a document; its length always takes two bytes. */
function answerOf(document: Uint8Array): Uint8Array {
  const head = Uint8Array.of(0x59, document.length >> 8, document.length & 255);
  return concatBytes(
    Uint8Array.of(0xa1, 0x6b),
    utf8('Attestation'),
    Uint8Array.of(0xa1, 0x68),
    utf8('document'),
    head,
    document,
  );
}

describe.skipIf(!compiler)('the program that asks the device', () => {
  let folder: string;
  let program: string;
  let document: Uint8Array;
  const response = () => join(folder, 'response');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'affidavit-nsm-'));
    program = join(folder, 'nsm-attest');
    const flags = ['-std=gnu11', '-Wall', '-Wextra', '-Werror', '-O2', '-Wl,--wrap=open', '-Wl,--wrap=ioctl'];
    const made = spawnSync('cc', [...flags, '-o', program, here('nsm-attest.c'), here('nsm-device.fixture.c')]);
    if (made.status !== 0) throw new Error(made.stderr.toString());
    const measurement = [1, 2, 3].map((value) => new Uint8Array(48).fill(value)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const simulator = await createNsmSimulator({ stateFolder: folder, measurement });
    document = await simulator.attest({ publicKey: Uint8Array.of(1) });
    process.env.NSM_REQUEST = join(folder, 'request');
    process.env.NSM_RESPONSE = response();
    await writeFile(response(), answerOf(document));
  });
  afterAll(async () => {
    delete process.env.NSM_REQUEST;
    delete process.env.NSM_RESPONSE;
    await rm(folder, { recursive: true, force: true });
  });

  test('sends the fields as the device wants them, and gives back its document', async () => {
    const nsm = await createNsmCommand(program);
    const userData = Uint8Array.from({ length: 300 }, (_, index) => index & 255);
    expect(await nsm.attest({ userData, publicKey: new Uint8Array(44).fill(7) })).toEqual(document);
    const asked = toHex(await readFile(join(folder, 'request')));
    const text = (words: string) => toHex(Uint8Array.of(0x60 + words.length)) + toHex(utf8(words));
    const fields = [
      `${text('user_data')}59012c${toHex(userData)}`,
      `${text('nonce')}f6`,
      `${text('public_key')}582c${'07'.repeat(44)}`,
    ];
    expect(asked).toBe(`a1${text('Attestation')}a3${fields.join('')}`);
    expect(nsm.describe().pcrs['0']).toBe('01'.repeat(48));
  });

  test.each([
    ['an error', utf8('\u00a1eErrorjInvalidArg'), 'error'],
    ['a document that is cut off', undefined, 'cut off'],
    ['nothing', new Uint8Array(0), 'no document'],
  ])('says so where the device gives %s', async (_, given, words) => {
    await writeFile(response(), given ?? answerOf(document).slice(0, 500));
    const ran = spawnSync(program, { input: '{"user_data":null,"public_key":null,"nonce":null}\n' });
    expect([ran.status, ran.stdout.toString()]).toEqual([1, '']);
    expect(ran.stderr.toString()).toContain(words);
  });

  test.each([
    '',
    '{"user_data":null}\n',
    '{"user_data":"!","public_key":null,"nonce":null}\n',
    `${'x'.repeat(9_000)}\n`,
  ])('refuses a request of another form', (input) => {
    expect(spawnSync(program, { input }).status).toBe(1);
  });

  test('a field above 1024 bytes is refused', () => {
    const input = `{"user_data":"${Buffer.alloc(1025).toString('base64')}","public_key":null,"nonce":null}\n`;
    expect(spawnSync(program, { input }).stderr.toString()).toContain('1024');
  });
});
