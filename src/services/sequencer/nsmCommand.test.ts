import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toBase64 } from '../../core/bytes/base64.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { createNsmCommand } from './nsmCommand.ts';
import { createNsmSimulator } from './nsmSimulator.ts';

const folder = await mkdtemp(join(tmpdir(), 'affidavit-nsm-command-'));
afterAll(() => rm(folder, { recursive: true }));

const measurement = [1, 2, 3].map((value) => new Uint8Array(48).fill(value)) as [Uint8Array, Uint8Array, Uint8Array];
const simulator = await createNsmSimulator({ stateFolder: folder, measurement });
const document = await simulator.attest({});

/** A program that notes what it was asked and answers as told. */
async function program(name: string, body: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!${process.execPath}\n${body}`);
  await chmod(path, 0o700);
  return path;
}

describe.skipIf(process.platform === 'win32')('the NSM device through a program', () => {
  it('asks for each document with one line of JSON, and learns the measurement from the first', async () => {
    const asked = join(folder, 'asked');
    const path = await program(
      'good.cjs',
      `require('fs').appendFileSync(${JSON.stringify(asked)}, require('fs').readFileSync(0));
       console.log('${toBase64(document)}');`,
    );
    const nsm = await createNsmCommand(path);
    expect(nsm.describe()).toEqual({
      simulated: false,
      rootPem: null,
      pcrs: { '0': toHex(measurement[0]), '1': toHex(measurement[1]), '2': toHex(measurement[2]) },
    });
    expect(await nsm.attest({ userData: Uint8Array.of(1, 2), publicKey: Uint8Array.of(3) })).toEqual(document);
    expect(
      (await readFile(asked, 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { user_data: null, public_key: null, nonce: null },
      { user_data: 'AQI=', public_key: 'Aw==', nonce: null },
    ]);
  });

  it.each([
    ['ends with a fault', 'process.exit(3)', /exit code 3/],
    ['writes something else', "console.log('hello')", /not a Nitro document/],
    ['writes without end', "for (;;) process.stdout.write('A'.repeat(65536))", /SIGKILL/],
  ])('says that the program %s', async (name, body, message) => {
    const path = await program(`${name.replaceAll(' ', '-')}.cjs`, body);
    await expect(createNsmCommand(path)).rejects.toMatchObject({
      code: 'NSM_COMMAND',
      message: expect.stringMatching(message),
    });
  });

  it('says that there is no such program', async () => {
    await expect(createNsmCommand(join(folder, 'none'))).rejects.toMatchObject({ code: 'NSM_COMMAND' });
  });
});
