import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { x509 } from '../../core/x509/x509.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../../core/bytes/hex.ts';
import { parseNitroDocument } from '../../core/tee/nitro/parse.ts';
import { createNitroVerifier } from '../../core/tee/nitro/nitroVerifier.ts';
import { readCertificate, text } from './nsmSimulator.fixture.ts';
import type { Nsm } from './nsm.ts';
import { createNsmSimulator } from './nsmSimulator.ts';

const pcr = (value: number) => new Uint8Array(48).fill(value);
const measurement = [pcr(1), pcr(2), pcr(3)] as const;
const hour = 3_600_000;
let folder: string;
let time = Date.UTC(2026, 10, 21, 12, 0, 0, 250);
let nsm: Nsm;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'affidavit-nsm-'));
  nsm = await createNsmSimulator({ stateFolder: folder, measurement, now: () => time });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function rootOf(module: Nsm): Uint8Array {
  return new Uint8Array(x509.PemConverter.decode(module.describe().rootPem as string)[0] as ArrayBuffer);
}

describe('a simulated Nitro document', () => {
  it('passes every check of a real one under its own root, and under no other', async () => {
    const document = await nsm.attest({ userData: text('seq'), publicKey: new Uint8Array(44).fill(7) });
    expect(await createNitroVerifier([rootOf(nsm)]).verify(document)).toMatchObject({ ok: true });
    const other = await createNsmSimulator({ stateFolder: join(folder, 'other'), measurement, now: () => time });
    expect(await createNitroVerifier([rootOf(other)]).verify(document)).toMatchObject({ ok: false, code: 'TEE_CHAIN' });
  });

  it('has the byte shape of a real one', async () => {
    const document = await nsm.attest({ userData: text('seq') });
    expect(toHex(document.subarray(0, 8))).toMatch(/^8444a1013822a059/);
    expect(toHex(document.subarray(-98, -96))).toBe('5860');
    const payload = parseNitroDocument(document).cose.payload.bytes;
    expect(payload[0]).toBe(0xbf);
    expect(payload.at(-1)).toBe(0xff);
    const keys = [
      'module_id',
      'digest',
      'timestamp',
      'pcrs',
      'certificate',
      'cabundle',
      'public_key',
      'user_data',
      'nonce',
    ];
    const places = keys.map((key) => Buffer.from(payload).indexOf(Buffer.from([0x60 | key.length, ...text(key)])));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBe(1);
    expect(toHex(payload.subarray((places[6] as number) + 1 + 10, places[7]))).toBe('f6');
    expect(toHex(payload.subarray((places[8] as number) + 1 + 5))).toBe('f6ff');
    expect(document.length).toBeGreaterThan(4_300);
    expect(document.length).toBeLessThan(7_540);
  });

  it('has 16 registers of 48 bytes, the measurement in the first three, the instance in the fifth', async () => {
    const { pcrs } = parseNitroDocument(await nsm.attest({}));
    expect([...pcrs.keys()]).toEqual(Array.from({ length: 16 }, (_, index) => index));
    expect([...pcrs.values()].every(({ length }) => length === 48)).toBe(true);
    expect([0, 1, 2].map((index) => pcrs.get(index))).toEqual([...measurement]);
    const used = [...pcrs].filter(([, value]) => value.some((byte) => byte !== 0)).map(([index]) => index);
    expect(used).toEqual([0, 1, 2, 4]);
  });

  it('has four certificates root first and a three-hour leaf, with the path lengths and usages of real ones', async () => {
    const { cabundle, certificate } = parseNitroDocument(await nsm.attest({}));
    const path = [...cabundle, certificate].map(readCertificate);
    expect(path.map(({ pathLength }) => pathLength)).toEqual([undefined, 2, 1, 0, undefined]);
    expect(path.map(({ authority }) => authority)).toEqual([true, true, true, true, false]);
    expect(path.map(({ days }) => days).slice(1)).toEqual([20, 6, 1, 0.125]);
    expect(path.map(({ usageCritical }) => usageCritical)).toEqual([true, true, true, true, false]);
    expect(path.every(({ algorithm }) => algorithm === 'ECDSA P-384 SHA-384')).toBe(true);
    expect(path[4]?.extensions).toEqual(['2.5.29.19', '2.5.29.15']);
    expect(path[0]?.subject).toMatch(/simulated.*proves nothing/i);
  });

  it('stays inside every window over three weeks, keeping what is still good', async () => {
    const start = time;
    const verifier = createNitroVerifier([rootOf(nsm)]);
    const judged: unknown[] = [];
    const seen = Array.from({ length: 5 }, () => new Set<string>());
    for (let step = 0; step < 200; step += 1) {
      time = start + step * 2.6 * hour;
      const document = await nsm.attest({});
      if (step % 20 === 0) judged.push(await verifier.verify(document));
      const parsed = parseNitroDocument(document);
      for (const [index, der] of [...parsed.cabundle, parsed.certificate].entries()) {
        const { from, to } = readCertificate(der);
        expect(from).toBeLessThanOrEqual(time);
        expect(to).toBeGreaterThan(time);
        seen[index]?.add(toHex(der));
      }
    }
    expect(judged).toEqual(Array.from({ length: 10 }, () => expect.objectContaining({ ok: true })));
    // 21.6 days: the root stays, and each level is replaced about as often as it must be.
    const [root, regional, zonal, instance, leaf] = seen.map(({ size }) => size);
    expect([root, regional]).toEqual([1, 2]);
    expect(zonal).toBeLessThanOrEqual(5);
    expect(instance).toBeLessThanOrEqual(27);
    expect(leaf).toBeLessThanOrEqual(200);
    time = start;
  }, 600_000);

  it('issues anew where the clock was set back, and says in words where it cannot be right', async () => {
    const start = time;
    time = start - 12 * hour;
    expect(await createNitroVerifier([rootOf(nsm)]).verify(await nsm.attest({}))).toMatchObject({ ok: true });
    time = Date.UTC(1970, 0, 1);
    await expect(nsm.attest({})).rejects.toMatchObject({
      code: 'CLOCK_WRONG',
      message: /clock shows 1970.*Set the clock/,
    });
    time = start;
  });

  it('refuses a field longer than the device takes', async () => {
    await expect(nsm.attest({ userData: new Uint8Array(1_025) })).rejects.toMatchObject({ code: 'NSM_FIELD_LENGTH' });
  });

  it('takes less processor time than 200 a second on one core would', async () => {
    await nsm.attest({});
    const begin = process.cpuUsage();
    for (let index = 0; index < 50; index += 1) await nsm.attest({ userData: new Uint8Array(140) });
    const { user, system } = process.cpuUsage(begin);
    expect((user + system) / 50).toBeLessThan(5_000);
  });
});

describe("the simulator's root", () => {
  it('is the same after a restart', async () => {
    const again = await createNsmSimulator({ stateFolder: folder, measurement, now: () => time });
    expect(again.describe()).toEqual(nsm.describe());
    expect(await createNitroVerifier([rootOf(nsm)]).verify(await again.attest({}))).toMatchObject({ ok: true });
  });

  it.skipIf(process.platform === 'win32')('is readable by its owner only', async () => {
    const { mode } = await stat(join(folder, 'simulated-nitro-root.pem'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('is not silently replaced where its file is damaged', async () => {
    const damaged = join(folder, 'damaged');
    await createNsmSimulator({ stateFolder: damaged, measurement });
    await writeFile(join(damaged, 'simulated-nitro-root.pem'), 'nothing');
    await expect(createNsmSimulator({ stateFolder: damaged, measurement })).rejects.toMatchObject({
      code: 'SIMULATOR_ROOT',
    });
  });
});
