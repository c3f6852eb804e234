import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { utf8 } from '../core/bytes/bytes.ts';
import { sha3Hex } from '../core/bytes/hash.ts';
import { didSubject } from '../core/host/controllers.ts';
import { serializeTrust } from '../core/trust/serializeTrust.ts';
import { findAnvil } from '../services/ledger/findAnvil.ts';
import { openRegistries } from '../services/host/openRegistries.ts';
import { startHostNetwork } from '../services/validator/host.fixture.ts';
import { makeFolder, runHere } from './cli.fixture.ts';
import { auditCommand } from './auditCommand.ts';
import { hostCommand } from './hostCommand.ts';

const anvil = await findAnvil().catch(() => undefined);
if (anvil === undefined) console.warn('No anvil: audit --host is not tested.');

let network: Awaited<ReturnType<typeof startHostNetwork>>;
let place: Awaited<ReturnType<typeof makeFolder>>;

beforeAll(async () => {
  [network, place] = await Promise.all([startHostNetwork(2, 2, anvil !== undefined), makeFolder()]);
  await writeFile(join(place.folder, 'trust.json'), serializeTrust(network.trust));
}, 600_000);
afterAll(async () => {
  await network?.stop();
  await place?.remove();
});

/** By the real clock, as the services have it. */
const launch = (...args: readonly string[]) =>
  runHere((given, io) => hostCommand(given, { ...io, now: Date.now }), args, place.folder);

test('an image is dealt, its host judged, its program run; a revoked credential and a drifted host are refused in words', async () => {
  const { host, validators } = network;
  const asked = validators.flatMap(({ url }) => ['--validator', url]);
  expect((await launch('example', 'Written by a test.', '--out', 'hello.wasm')).code).toBe(0);
  const deal = ['deal', 'hello.wasm', ...asked, '--threshold', '2', '--allow-host', host.did, '--out', 'image'];
  const tokens = [network.ledger ? 'validator-1-ethr' : 'validator-1', 'validator-2-jwk'].flatMap((name) => [
    '--token',
    join(network.folder, name, 'operator-token'),
  ]);
  // Each in the place of the other is no token of that operator's.
  expect((await launch(...deal, ...tokens.slice(2), ...tokens.slice(0, 2))).words).toContain('not the token');
  expect((await launch(...deal, ...tokens)).code).toBe(0);
  const run = ['run', '--trust', 'trust.json', '--host', host.url, ...asked, '--image', 'image', '--seconds', '60'];
  const ran = await launch(...run, '--out', 'host.json');
  expect(ran.lines.at(-1)).toMatchObject({ accepted: true, counted: 2, stdout: 'Written by a test.\n' });
  expect(ran.code).toBe(0);

  // Two of two, by a seed; what was chosen is printed, and the same again.
  const listed = validators.map(({ did, url }, at) => ({ did, url, reputation: 10 + at }));
  await writeFile(join(place.folder, 'known.json'), JSON.stringify(listed));
  const select = [
    'run',
    '--trust',
    'trust.json',
    '--host',
    host.url,
    '--known',
    'known.json',
    '--seed',
    '0xab',
    '--select',
  ];
  const [selected, again] = [await launch(...select, '2'), await launch(...select, '2')];
  expect(selected.code).toBe(0);
  expect(selected.lines[0]?.['selection']).toMatchObject({ eligible: 2, criteria: { seed: '0xab', count: 2 } });
  expect(again.lines[0]?.['selection']).toEqual(selected.lines[0]?.['selection']);
  expect(selected.words).toMatch(/Chosen with the seed "0xab" from 2 candidates/);
  expect(await launch(...select, '1')).toMatchObject({ code: 2, words: expect.stringContaining('are too few') });
  expect(await launch(...select, '3')).toMatchObject({ code: 2, words: expect.stringContaining('there are 2') });

  const digest = String(ran.lines.at(-1)?.['credential']);
  const token = join(network.folder, network.ledger ? 'host-ethr' : 'host', 'operator-token');
  expect((await launch('revoke', '--host', host.url, '--token', token, digest)).code).toBe(0);
  // A new credential is not the revoked one.
  expect((await launch(...run)).code).toBe(0);

  const credential = await readFile(join(place.folder, 'host.json'), 'utf8');
  expect(JSON.parse(credential)).toHaveProperty('proof');
  // As if it had been accepted with more memory.
  const kept = join(place.folder, 'user', 'hosts', `${sha3Hex(utf8(host.did))}.json`);
  const more = credential.replace(/"memoryMiB":\d+/, '"memoryMiB":12345678');
  await writeFile(kept, `{"first":${credential},"last":${more}}`);
  const drifted = await launch(...run);
  expect(drifted.code).toBe(1);
  expect(drifted.words).toMatch(/Refused: .*drifted.*runtime\.memoryMiB was 12345678/);
  expect(drifted.lines.at(-1)).toMatchObject({ accepted: false });
  expect((await launch(...run, '--new-state')).code).toBe(0);
  expect((await launch(...run)).code).toBe(0);
});

test('wrong calls are said, with how to call', async () => {
  expect(await launch('open')).toMatchObject({ code: 2, words: expect.stringContaining('There is no command "open"') });
  expect(await launch('run')).toMatchObject({ code: 2, words: expect.stringContaining('--trust and --host') });
  expect(await launch('deal', 'x', '--threshold', '9', '--out', 'y')).toMatchObject({ code: 2 });
  expect((await launch('--help')).words).toContain('launch -- deal');
});

test.skipIf(anvil === undefined)(
  'audit --host finds a host by its DID, judges what it says now, and refuses one that is taken back',
  { timeout: 600_000 },
  async () => {
    const { host, validators, ledger, folder } = network;
    const audit = (...args: readonly string[]) =>
      runHere((given, io) => auditCommand(given, { ...io, now: Date.now }), args, place.folder);
    const asked = validators.flatMap(({ url }) => ['--validator', url]);
    const whole = ['--trust', 'trust.json', '--host', host.did, ...asked];
    const found = await audit(...whole, '--out', 'audited.json');
    expect(found.lines).toEqual([
      expect.objectContaining({ verdict: 'verified', host: host.did, service: host.url, counted: 2, threshold: 2 }),
    ]);
    expect(found.code).toBe(0);
    expect(found.words).toMatch(/Ledger 412346 was read up to block/);
    expect(JSON.parse(await readFile(join(place.folder, 'audited.json'), 'utf8'))).toHaveProperty('proof');
    // Nobody vouches.
    const alone = await audit('--json', '--trust', 'trust.json', '--host', host.did);
    expect(alone).toMatchObject({ code: 1, words: '', lines: [{ verdict: 'rejected', counted: 0 }] });
    expect((await audit(...whole, '--service', validators[0]?.url ?? '')).code).toBe(2);
    expect((await audit(...whole, '--network', '1/0x0')).words).toContain('--host stands alone');
    expect((await audit('--trust', 'trust.json', '--host', 'nobody')).words).toContain('a DID was expected');
    expect((await audit('--trust', 'trust.json', '--service', 'http://x')).words).toContain('go with --host');
    const other = await audit('--trust', 'trust.json', '--host', 'did:ethr:0x64aba:0x' + '11'.repeat(20));
    expect(other).toMatchObject({ code: 2, words: expect.stringContaining('give its address') });

    const registries = await openRegistries(join(folder, 'host-ethr'), {
      rpc: ledger?.rpc ?? '',
      didRegistry: ledger?.didRegistry ?? '0x',
      revocationRegistry: ledger?.revocationRegistry ?? '0x',
    });
    await registries.revoke(didSubject(host.did));
    const revoked = await audit('--json', ...whole);
    expect(revoked).toMatchObject({ code: 1, lines: [{ verdict: 'rejected' }] });
    const checks = (revoked.lines[0]?.['checks'] ?? []) as { code: string; status: string }[];
    expect(checks.filter(({ status }) => status === 'fail').map(({ code }) => code)).toContain('HOST_REVOKED');
  },
);
