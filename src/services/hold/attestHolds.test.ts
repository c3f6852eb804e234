import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ChainAuditor } from '../../audit/chain/chainAuditor.ts';
import { InProcessExecutor } from '../../audit/pool/inProcessExecutor.ts';
import { openBuckets } from '../../audit/source/openBuckets.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { parseHold } from '../../core/chain/hold/holdStatement.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { loadAccessKeys } from '../start/accessKeys.ts';
import { startStack } from '../start/startStack.ts';
import { attestHolds } from './attestHolds.ts';
import { bucketTarget } from './bucketTarget.ts';
import { attestAllHolds } from './holdService.ts';
import type { HoldFile } from '../../audit/chain/readHolds.ts';
import type { ObjectLock } from '../replication/wormBucket.ts';
import type { Nsm } from '../sequencer/nsm.ts';
import type { ChainPin } from '../../core/trust/trust.ts';

/** Gives the user data back as the document. */
const bare: Nsm = {
  attest: async ({ userData }) => userData as Uint8Array,
  describe: () => ({ simulated: true, rootPem: null, pcrs: {} }),
};
const chain = 'ab'.repeat(32);
const many = Array.from({ length: 500 }, (_, k) => `${chain}/seq/${k}`);
const until = new Date('2040-01-01T00:00:00Z');
const locked: ObjectLock = { mode: 'locked', until };
const bucketOf = (names: readonly string[], lockOf: (name: string) => ObjectLock | undefined, stored = names) => ({
  url: 'https://store.example/one',
  bucket: {
    list: async () => names,
    lockOf: async (name: string) => lockOf(name),
    read: async (name: string) => (stored.includes(name) ? new Uint8Array(1) : undefined),
  },
});

test('a sample from the first name to the last fits one document', async () => {
  const documents = await attestHolds(
    bare,
    bucketOf(many, () => locked),
    chain,
  );
  expect(documents).toHaveLength(1);
  const statement = parseHold(documents[0] as Uint8Array);
  expect(statement).toMatchObject({ bucket: 'https://store.example/one', mode: 'compliance', until: 2_208_988_800 });
  const sorted = [...many].sort();
  expect([statement.names[0], statement.names.at(-1)]).toEqual([sorted[0], sorted.at(-1)]);
  expect(new Set(statement.names).size).toBeGreaterThan(8);
});

test('each mode that is met is said, with the least date', async () => {
  const names = many.slice(0, 4);
  const sooner = new Date(until.getTime() - 1000);
  const locks = [locked, { mode: 'locked', until: sooner } as const, { mode: 'unlocked', until } as const, undefined];
  const documents = await attestHolds(
    bare,
    bucketOf(names, (name) => locks[names.indexOf(name)]),
    chain,
  );
  expect(documents.map(parseHold)).toEqual([
    { bucket: 'https://store.example/one', names: names.slice(0, 2), mode: 'compliance', until: 2_208_988_799 },
    { bucket: 'https://store.example/one', names: [names[2]], mode: 'unlocked', until: 2_208_988_800 },
    { bucket: 'https://store.example/one', names: [names[3]], mode: 'none', until: 0 },
  ]);
});

test('what is not there is not spoken of, and an empty bucket not at all', async () => {
  expect(
    await attestHolds(
      bare,
      bucketOf(many.slice(0, 1), () => undefined, []),
      chain,
    ),
  ).toEqual([]);
  expect(
    await attestHolds(
      bare,
      bucketOf([], () => locked),
      chain,
    ),
  ).toEqual([]);
});

test.each([
  [
    { url: 's3://evidence', region: 'eu-central-1' },
    { bucket: 'evidence', region: 'eu-central-1' },
  ],
  [{ url: 'https://evidence.s3.eu-west-1.amazonaws.com' }, { bucket: 'evidence', region: 'eu-west-1' }],
  [
    { url: 'http://127.0.0.1:1/local-a', region: 'local-a' },
    { bucket: 'local-a', region: 'local-a', endpoint: 'http://127.0.0.1:1', pathStyle: true },
  ],
])('the bucket at %o is reached', (pin, target) => expect(bucketTarget(pin)).toEqual(target));

test('a bucket that has no locks to ask about is refused in words', () =>
  expect(() => bucketTarget({ url: 'folder/one' })).toThrow('cannot be asked about its locks'));

test('a stack’s buckets are attested, and an audit that asks for it says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-hold-'));
  const stack = await startStack({ interval: 50, state: join(folder, 'state'), holds: false });
  try {
    await stack.waitFinal(await stack.write(utf8('held')));
    const credentials = await loadAccessKeys(stack.state);
    const options = {
      trust: stack.trust,
      rootFolder: join(stack.state, 'sequencer'),
      out: join(folder, 'holds'),
      credentials,
    };
    const { files, trustFile, troubles } = await attestAllHolds(options);
    expect([files.length, troubles]).toEqual([6, []]);
    const pin = parseTrust(await readFile(trustFile)).chains?.[0] as ChainPin;
    expect(pin.holdMeasurements).not.toEqual(pin.measurements);
    const auditWith = (holds: readonly HoldFile[]) => {
      const buckets = openBuckets(pin.buckets ?? []);
      return new ChainAuditor({ pin, buckets, executor: new InProcessExecutor(), holds }).run();
    };
    expect((await auditWith([])).verdict).toBe('undetermined');
    const given = await Promise.all(files.map(async (name) => ({ name, bytes: new Uint8Array(await readFile(name)) })));
    const judged = await auditWith(given);
    const held = judged.checks.find(({ code }) => code === 'CHAIN_HOLD');
    expect([judged.verdict, held?.status, held?.params?.buckets]).toEqual(['verified', 'pass', 6]);
    expect(Number(held?.params?.covered)).toBeGreaterThan(0);
    expect((await auditWith(given.slice(1))).verdict).toBe('undetermined');
    const published = await attestAllHolds({ ...options, publish: stack.services.replication });
    expect(published.troubles).toEqual([]);
    expect((await auditWith([])).verdict).toBe('verified');
    const again = await attestAllHolds({ ...options, publish: stack.services.replication });
    expect(again.troubles).toHaveLength(6);
    (stack.buckets[3] as { down: boolean }).down = true;
    const second = await attestAllHolds(options);
    expect([second.files.length, second.troubles.length]).toEqual([5, 1]);
  } finally {
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
  }
}, 600_000);
