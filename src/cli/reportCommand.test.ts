import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChainWorld } from '../core/chain/chain.fixture.ts';
import type { Report } from '../core/report/report.ts';
import { parseTrust } from '../core/trust/parseTrust.ts';
import { serializeTrust } from '../core/trust/serializeTrust.ts';
import type { ChainPin } from '../core/trust/trust.ts';
import { auditCommand } from './auditCommand.ts';
import { checkCommand } from './checkCommand.ts';
import { makeFolder, runHere, writeBuckets, type Ran } from './cli.fixture.ts';
import { reportCommand } from './reportCommand.ts';

let folder = '';
let remove: () => Promise<void>;
let pin: ChainPin;
const keys = { alice: `0x${'01'.repeat(32)}`, bob: `0x${'02'.repeat(32)}` } as const;
const address = (name: keyof typeof keys) => privateKeyToAccount(keys[name]).address.toLowerCase();

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  const world = await ChainWorld.make();
  const { storage, blocks } = await world.chain(4);
  pin = world.pin(blocks[0], { name: 'whole', buckets: await writeBuckets(storage, folder) });
  await writeFile(join(folder, 'trust.json'), serializeTrust({ chains: [pin] }));
  const auditors = [{ address: address('alice') }, { address: address('bob') }];
  await writeFile(join(folder, 'reader.json'), serializeTrust({ chains: [pin], auditors }));
  for (const [name, key] of Object.entries(keys)) {
    await writeFile(join(folder, `${name}.key`), `${key}\n`, { mode: 0o600 });
  }
  const { lines } = await runHere(auditCommand, ['--json', '--trust', 'trust.json'], folder);
  await writeFile(join(folder, 'audit.json'), `${JSON.stringify(lines[0])}\n`);
}, 600_000);

afterAll(() => remove());

const report = (...args: string[]): Promise<Ran> => runHere(reportCommand, args, folder);
const check = (...args: string[]): Promise<Ran> => runHere(checkCommand, ['--json', ...args], folder);
const made = (...args: string[]) => report('make', '--trust', 'trust.json', '--from', 'audit.json', ...args);

it('makes of a real audit a signed report, which `check` knows', async () => {
  const { code, lines, words } = await made('--key', 'alice.key', '--out', 'alice.json');
  expect(code, words).toBe(0);
  expect(lines[0]).toMatchObject({
    subject: { kind: 'chain', genesis: pin.genesis },
    covered: { unit: 'k', from: 0, to: 3, end: 'end as shown' },
    verdict: 'verified',
    auditor: address('alice'),
  });
  const open = await check('--trust', 'trust.json', 'alice.json');
  expect(open).toMatchObject({ code: 1, lines: [{ kind: 'report', verdict: 'undetermined', labels: ['simulated'] }] });
  expect(await check('--trust', 'reader.json', 'alice.json')).toMatchObject({
    code: 0,
    lines: [{ verdict: 'verified' }],
  });
});

it('signs a draft with the key of whom it is, and with no other', async () => {
  await made('--auditor', address('bob').toUpperCase().replace('0X', '0x'), '--out', 'draft.json');
  expect((await check('--trust', 'reader.json', 'draft.json')).lines[0]?.['verdict']).toBe('undetermined');
  expect((await report('sign', '--key', 'alice.key', 'draft.json')).words).toMatch(/Make it anew/);
  const { code } = await report('sign', '--key', 'bob.key', '--out', 'bob.json', 'draft.json');
  expect(code).toBe(0);
  expect(await check('--trust', 'reader.json', 'bob.json')).toMatchObject({ code: 0 });
});

it('merges reports, and asks for as many auditors as are wanted', async () => {
  const merge = (...args: string[]) => report('merge', '--trust', 'reader.json', ...args);
  const both = await merge('--threshold', '2', '--out', 'both.json', 'alice.json', 'bob.json');
  expect(both.words).toMatch(/^Holds: /);
  expect(both).toMatchObject({ code: 0, lines: [{ verdict: 'verified', threshold: 2, common: { from: 0, to: 3 } }] });
  expect(await check('--trust', 'reader.json', 'both.json')).toMatchObject({ code: 0, lines: [{ kind: 'report' }] });
  // `check` counts as `report merge` does, and says how many were asked for; one report is one auditor.
  const counted = (...args: string[]) => check('--trust', 'reader.json', '--threshold', ...args);
  expect(await counted('2', 'both.json')).toMatchObject({ code: 0, lines: [{ verdict: 'verified', threshold: 2 }] });
  expect(await counted('3', 'both.json')).toMatchObject({ code: 1, lines: [{ verdict: 'rejected', threshold: 3 }] });
  expect(await counted('1', 'alice.json')).toMatchObject({ code: 0, lines: [{ threshold: 1 }] });
  expect(await counted('2', 'alice.json')).toMatchObject({ code: 1, lines: [{ verdict: 'rejected', threshold: 2 }] });
  const refused = { code: 2, lines: [{ checks: [] }], words: expect.stringMatching(/--threshold is a number from 1/) };
  expect(await counted('0', 'both.json')).toMatchObject(refused);
  expect((await counted('2', 'reader.json')).words).toMatch(/no report was among the files/);
  expect(await merge('--json', '--threshold', '3', 'both.json')).toMatchObject({
    code: 1,
    lines: [{ verdict: 'rejected' }],
  });
});

it('offers its end as a checkpoint, from which the next audit begins', async () => {
  const { code, lines, words } = await report(
    'checkpoint',
    '--trust',
    'reader.json',
    '--out',
    'late.json',
    'alice.json',
  );
  expect(code, words).toBe(0);
  expect(lines[0]).toMatchObject({ chain: 'whole', auditor: address('alice'), checkpoint: { k: 3 } });
  const trust = parseTrust(new Uint8Array(await readFile(join(folder, 'late.json'))));
  expect(trust.chains?.[0]?.checkpoint).toEqual(lines[0]?.['checkpoint']);
  const later = await runHere(auditCommand, ['--json', '--trust', 'late.json'], folder);
  expect(later.lines[0]).toMatchObject({ verdict: 'verified', labels: ['from checkpoint', 'simulated'].toSorted() });
  await writeFile(join(folder, 'later.json'), `${JSON.stringify(later.lines[0])}\n`);
  const next = await report('make', '--trust', 'late.json', '--from', 'later.json', '--key', 'bob.key');
  expect((next.lines[0] as unknown as Report).covered.from).toBe(3);
  expect((await report('checkpoint', '--trust', 'trust.json', 'alice.json')).words).toMatch(/does not hold under/);
});

it('says what is wrong with a call, a key or a file', async () => {
  await writeFile(join(folder, 'open.key'), keys.alice);
  await chmod(join(folder, 'open.key'), 0o644);
  await writeFile(join(folder, 'empty.key'), 'nothing', { mode: 0o600 });
  for (const [args, expected] of [
    [['make', '--trust', 'trust.json', '--from', 'audit.json'], /Whose report/],
    [['make', '--trust', 'trust.json', '--from', 'trust.json', '--key', 'alice.key'], /lines|no line/],
    [['make', '--trust', 'trust.json', '--from', 'audit.json', '--key', 'open.key'], /chmod 600/],
    [['make', '--trust', 'trust.json', '--from', 'audit.json', '--key', 'empty.key'], /holds no key/],
    [['make', '--trust', 'trust.json', '--from', 'audit.json', '--auditor', 'me'], /an address/],
    [['merge', '--trust', 'trust.json', '--threshold', '0', 'alice.json'], /--threshold/],
    [['merge', '--trust', 'trust.json', 'audit.json'], /no report/],
    [['anchor', '--trust', 'trust.json', '--key', 'alice.key', 'alice.json'], /ReportAnchor/],
    [['anchor', '--trust', 'trust.json', '--key', 'bob.key', 'alice.json'], /only they/],
    [['seal'], /There is no command "seal"/],
  ] as const) {
    expect(await report(...args)).toMatchObject({ code: 2, lines: [], words: expect.stringMatching(expected) });
  }
});
