import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { testMetadata } from '../../core/trace/anchor/machine.fixture.ts';
import { signTrace } from '../../core/trace/anchor/signTrace.ts';
import { openPkcs11Signer, type Pkcs11Options } from './pkcs11Signer.ts';

/** SoftHSM, a token in software: where it and `graphene-pk11` are installed, or named by the two variables, this runs. */
const library = [
  process.env['AFFIDAVIT_PKCS11_LIBRARY'],
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
].find((path) => path !== undefined && existsSync(path));
const module = findModule(process.env['AFFIDAVIT_PKCS11_MODULE'] ?? 'graphene-pk11');
const isThere = library !== undefined && module !== undefined;
console.warn(`Keys in a PKCS #11 token (SoftHSM): ${isThere ? 'ran' : 'not run here'}`);

function findModule(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return undefined;
  }
}

const folder = await mkdtemp(join(tmpdir(), 'affidavit-token-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const domain = { chainId: 1, verifyingContract: `0x${'ab'.repeat(20)}` } as const;
const open = (more: Partial<Pkcs11Options> = {}) =>
  openPkcs11Signer({
    library: library as string,
    ...(module === undefined ? {} : { module }),
    token: 'vm',
    pin: '1234',
    label: 'tracer',
    algorithm: 'p256',
    ...more,
  });

describe.skipIf(!isThere)('a key in a token', { timeout: 600_000 }, () => {
  it('is made once, signs what the contract verifies, and stays where it is', async () => {
    await mkdir(join(folder, 'tokens'));
    await writeFile(
      join(folder, 'conf'),
      `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\n`,
    );
    process.env['SOFTHSM2_CONF'] = join(folder, 'conf');
    execFileSync('softhsm2-util', ['--init-token', '--free', '--label', 'vm', '--so-pin', '1234', '--pin', '1234']);
    for (const algorithm of ['p256', 'secp256k1'] as const) {
      const label = `tracer ${algorithm}`;
      const first = await open({ algorithm, label, make: true });
      const { publicKey, isExtractable } = first;
      for (let count = 0; count < 12; count += 1) {
        expect(await signTrace(first, testMetadata({ count }), domain)).toHaveLength(64);
      }
      first.close();
      expect(isExtractable).toBe(false);
      const again = await open({ algorithm, label });
      expect(again.publicKey).toEqual(publicKey);
      again.close();
    }
    const refused = (more: Partial<Pkcs11Options>) =>
      open(more).then(
        () => 'opened',
        (error: { code: string }) => error.code,
      );
    expect(await refused({ label: 'none' })).toBe('PKCS11_KEY');
    expect(await refused({ label: 'tracer p256', algorithm: 'secp256k1' })).toBe('PKCS11_KEY');
    expect(await refused({ token: 'other' })).toBe('PKCS11_TOKEN');
    expect(await refused({ label: 'tracer p256', pin: '9999' })).toBe('PKCS11_TOKEN');
    expect(await refused({ library: join(folder, 'none.so') })).toBe('PKCS11_TOKEN');
  });
});

it('says what to install where the module is not there', async () => {
  const opening = openPkcs11Signer({ library: 'x', pin: '', label: '', algorithm: 'p256', module: './no-such-module' });
  await expect(opening).rejects.toMatchObject({ kind: 'usage', code: 'PKCS11_MODULE' });
});
