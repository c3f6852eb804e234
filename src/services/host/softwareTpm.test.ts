import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { utf8 } from '../../core/bytes/bytes.ts';
import { readContent } from '../../core/kinds/content.ts';
import { tpmChecker } from '../../core/tee/tpm/check.ts';
import { findSwtpm, openSwtpm } from './openSwtpm.ts';
import { openSoftwareTpm, type Tpm } from './softwareTpm.ts';

const folder = await mkdtemp(join(tmpdir(), 'affidavit-tpm-'));
afterAll(() => rm(folder, { recursive: true }));

async function statuses(file: Uint8Array, tpm: Tpm): Promise<Record<string, string>> {
  const trust = { tpm: { attestationKeys: [tpm.attestationKey] } };
  const { checks } = await tpmChecker.check(readContent('quote', file), { trust, now: 0, companions: [] });
  return Object.fromEntries(checks.map(({ code, status }) => [code, status]));
}

test('what the software TPM signs is a TPM’s quote with its log, under the key of its folder', async () => {
  const tpm = await openSoftwareTpm(folder);
  tpm.extend(0, 0x08, utf8('firmware 1'));
  tpm.extend(4, 0x0d, utf8('the program'), utf8('program.ts'));
  const file = await tpm.quote(utf8('nonce of the client'));
  expect(await statuses(file, tpm)).toEqual({
    TPM_FORM: 'pass',
    TPM_QUOTE: 'pass',
    TPM_KEY: 'pass',
    TPM_SIGNATURE: 'pass',
    TPM_PCR_DIGEST: 'pass',
    TPM_EVENT_LOG: 'pass',
  });
  const again = await openSoftwareTpm(folder);
  expect(again.attestationKey).toBe(tpm.attestationKey);
  // A restart is a boot: nothing is measured yet.
  expect(again.digest()).not.toEqual(tpm.digest());
});

test('one changed byte of what was measured is found', async () => {
  const tpm = await openSoftwareTpm(folder);
  tpm.extend(4, 0x0d, utf8('the program'), utf8('program.ts'));
  const file = await tpm.quote(utf8('n'));
  // The last bytes are the description of the last event, before it its digest.
  const changed = Uint8Array.from(file);
  const at = changed.length - 'program.ts'.length - 4 - 10;
  changed[at] = (changed[at] ?? 0) ^ 1;
  expect(await statuses(changed, tpm)).toMatchObject({ TPM_SIGNATURE: 'pass', TPM_EVENT_LOG: 'fail' });
});

const swtpm = await findSwtpm();

test(
  `swtpm, ${swtpm === undefined ? 'not run here: it is not installed' : 'run'}`,
  { timeout: 600_000 },
  async (context) => {
    if (swtpm === undefined) {
      console.warn('No swtpm: the TPM of a host is tested as made by this project alone.');
      return context.skip();
    }
    const open = () => openSwtpm(swtpm, join(folder, 'emulated'));
    const tpm = await open();
    tpm.extend(0, 0x08, utf8('firmware 1'));
    tpm.extend(4, 0x0d, utf8('the program'), utf8('program.ts'));
    expect(tpm.status).toBe('software');
    const file = await tpm.quote(utf8('nonce of the client'));
    expect(new Set(Object.values(await statuses(file, tpm)))).toEqual(new Set(['pass']));
    const changed = Uint8Array.from(file);
    const at = changed.length - 'program.ts'.length - 4 - 10;
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await statuses(changed, tpm)).toMatchObject({ TPM_SIGNATURE: 'pass', TPM_EVENT_LOG: 'fail' });
    await expect(tpm.quote(new Uint8Array(200))).rejects.toThrow('refuses a quote');
    await tpm.close();
    const again = await open();
    expect(again.attestationKey).toBe(tpm.attestationKey);
    // A restart is a boot: what was measured before is gone.
    const fresh = await again.quote(utf8('n'));
    expect(await statuses(fresh, again)).toMatchObject({
      TPM_QUOTE: 'pass',
      TPM_SIGNATURE: 'pass',
      TPM_PCR_DIGEST: 'pass',
    });
    expect(again.digest()).not.toEqual(tpm.digest());
    await again.close();
  },
);
