import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { ChainAuditor } from '../../audit/chain/chainAuditor.ts';
import { withSuccession } from '../../audit/chain/succession.ts';
import { createFolderBucket } from '../../audit/node/folderBucket.ts';
import { InProcessExecutor } from '../../audit/pool/inProcessExecutor.ts';
import { openBuckets } from '../../audit/source/openBuckets.ts';
import { fromHex, toHex } from '../../core/bytes/hex.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { decodeShards } from '../../core/chain/decodeShards.ts';
import { sequenceName, tupleName } from '../../core/chain/names.ts';
import { triples } from '../../core/chain/shard.ts';
import { transactionHash } from '../../core/chain/tree.ts';
import { parseTuple } from '../../core/chain/tuple.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { readSequence } from '../sequencer/sequencer.fixture.ts';
import { readBucketFile } from './bucketFile.ts';
import { openBuckets as openLocalBuckets } from './openBuckets.ts';
import { startStack, type Stack, type StackOptions } from './startStack.ts';
import type { Bucket } from '../../audit/source/bucket.ts';
import type { ChainAudit } from '../../core/chain/types.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { WriterEvent } from '../writer/writer.ts';

/** Nothing here is about how fast it goes, and many processes may want the machine: what must come is waited for so long, in milliseconds. */
const patience = 120_000;
vi.setConfig({ testTimeout: 2 * patience, hookTimeout: patience });

let running: Stack | undefined;
const folders: string[] = [];

async function start(options: StackOptions = {}): Promise<Stack> {
  running = await startStack({ interval: 100, ...options });
  return running;
}

/** Resolves when each of them is final. */
async function allFinal(stack: Stack, hashes: readonly string[]): Promise<void> {
  for (const hash of hashes) await stack.waitFinal(hash, patience);
}

/** Resolves when what protects each chain is attested: a start waits for that only a while. */
async function allHeld(stack: Stack): Promise<void> {
  for (const { genesis } of stack.chains()) await stack.services.holds.attest(genesis);
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-start-'));
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function audit(
  pin: ChainPin,
  buckets: readonly Bucket[],
): Promise<{ result: ChainAudit; auditor: ChainAuditor }> {
  const auditor = new ChainAuditor({ pin, buckets, executor: new InProcessExecutor() });
  return { result: await auditor.run(), auditor };
}

function writeMany(stack: Stack, label: string, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => stack.write(utf8(`${label} ${index}`))));
}

/** What any three folders give back of an object, the three agreeing or not. */
async function fromThree(stack: Stack, name: string, triple: readonly number[]): Promise<Uint8Array> {
  const answers = await Promise.all(
    stack.buckets.map(async ({ folder }, index) =>
      triple.includes(index)
        ? [new Uint8Array(await readFile(join(folder, ...name.split('/'))))]
        : ('missing' as const),
    ),
  );
  const [object] = decodeShards(answers).objects;
  if (object === undefined) throw new Error(`${name} does not decode from ${triple.join(', ')}.`);
  return object.bytes;
}

test('fifty writes become final, and everything decodes from any three folders', async () => {
  const stack = await start();
  const hashes = await writeMany(stack, 'write', 50);
  await allFinal(stack, hashes);
  await allHeld(stack);
  const [chain] = stack.chains();
  const { genesis, next } = chain as { genesis: string; next: number };
  const found: string[] = [];
  for (let k = 0; k < next; k += 1) {
    const attestation = await fromThree(stack, sequenceName(genesis, k), triples[k % triples.length] ?? []);
    const { y, k: attested } = readSequence(attestation);
    expect(attested).toBe(k);
    const name = tupleName(genesis, toHex(y.subarray(16)));
    const copies = await Promise.all(triples.map((triple) => fromThree(stack, name, triple)));
    expect(new Set(copies.map((bytes) => toHex(bytes))).size).toBe(1);
    const { transactions } = parseTuple(copies[0] as Uint8Array);
    if (k > 0) found.push(...(transactions ?? []).map((d) => toHex(transactionHash(d))));
  }
  expect(found).toEqual(hashes);

  const pin = parseTrust(await readFile(stack.trustFile)).chains?.[0] as ChainPin;
  const overHttp = await audit(pin, openBuckets(pin.buckets ?? []));
  expect(overHttp.result).toMatchObject({
    verdict: 'verified',
    stop: { reason: 'end as shown' },
    labels: expect.arrayContaining(['simulated', 'development']),
    counts: { blocks: next, junk: 0, forks: 0, unsequenced: 0 },
  });
  const held = overHttp.result.checks.find(({ code }) => code === 'CHAIN_HOLD');
  expect([held?.status, held?.children?.length, pin.holdMeasurements?.length]).toEqual(['pass', 6, 1]);
  expect(pin.holdMeasurements).not.toEqual(pin.measurements);
  const asFolders = await audit(
    pin,
    stack.buckets.map(({ folder }) => createFolderBucket(folder)),
  );
  expect(asFolders.result.verdict).toBe('verified');
});

test('with three buckets down what is final is still read; a write waits for all six', async () => {
  const stack = await start();
  const hash = await stack.write(utf8('before'));
  await allFinal(stack, [hash]);
  await allHeld(stack);
  for (const index of [0, 2, 5]) (stack.buckets[index] as Stack['buckets'][number]).down = true;
  const pin = stack.trust.chains?.[0] as ChainPin;
  const { result } = await audit(pin, openBuckets(pin.buckets ?? []));
  expect([result.verdict, result.storage.filter(({ down }) => down).length]).toEqual(['verified', 3]);
  const waiting = await stack.write(utf8('meanwhile'));
  await expect(stack.waitFinal(waiting, 700)).rejects.toThrow('is not final after 700 milliseconds');
  for (const bucket of stack.buckets) bucket.down = false;
  await allFinal(stack, [waiting]);
});

test('without the hold service readers cannot tell what protects the objects, and nothing else is open', async () => {
  const stack = await start({ holds: false });
  const pin = stack.trust.chains?.[0] as ChainPin;
  const { result } = await audit(pin, openBuckets(pin.buckets ?? []));
  expect(result.verdict).toBe('undetermined');
  expect(result.checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => [code, status])).toEqual([
    ['CHAIN_HOLD', 'unknown'],
  ]);
  await stack.services.holds.attest(pin.genesis ?? '');
  expect((await audit(pin, openBuckets(pin.buckets ?? []))).result.verdict).toBe('verified');
});

test('six buckets of an operator’s own are written to by their file, and read by the trust file', async () => {
  const folder = await temporaryFolder();
  const keys = { accessKey: 'writer', secretKey: 'secret of the writer', token: '' };
  const elsewhere = await openLocalBuckets(folder, keys, { host: '127.0.0.1' });
  try {
    const buckets = elsewhere.targets.map(({ bucket, region, endpoint }, index) => ({
      ...elsewhere.pins[index],
      store: { kind: 's3', bucket, region, endpoint, pathStyle: true, keys: 'ELSEWHERE' },
    }));
    const file = join(folder, 'buckets.json');
    await writeFile(file, JSON.stringify({ affidavit: 'buckets/1', buckets }));
    const secrets = { ACCESS_KEY: keys.accessKey, SECRET_KEY: keys.secretKey };
    const named = Object.entries(secrets).map(([part, value]) => [`AFFIDAVIT_BUCKET_ELSEWHERE_${part}`, value]);
    const stack = await start({ ownBuckets: await readBucketFile(file, Object.fromEntries(named)) });
    await allFinal(stack, await writeMany(stack, 'own', 3));
    expect(stack.buckets).toEqual([]);
    const pin = parseTrust(await readFile(stack.trustFile)).chains?.[0] as ChainPin;
    expect([pin.buckets, pin.holdMeasurements]).toEqual([elsewhere.pins, undefined]);
    const { result } = await audit(pin, openBuckets(pin.buckets ?? []));
    expect(result).toMatchObject({ stop: { reason: 'end as shown' }, counts: { junk: 0, forks: 0 } });
    expect(result.checks.filter(({ status }) => status !== 'pass').map(({ code }) => code)).toEqual([]);
  } finally {
    await running?.stop();
    await elsewhere.close();
  }
});

test('holds are attested once, and a bucket that is down only delays it', async () => {
  const state = await temporaryFolder();
  const troubles: string[] = [];
  const onEvent = (event: WriterEvent) => void (event.kind === 'trouble' && troubles.push(event.words));
  const stack = await start({ state, holds: false, onEvent });
  const { genesis } = stack.chains()[0] as { genesis: string };
  const bucket = stack.buckets[4] as Stack['buckets'][number];
  bucket.down = true;
  const attested = stack.services.holds.attest(genesis);
  const file = join(state, 'holds', `${genesis}.json`);
  await expect.poll(() => troubles.join('\n'), { timeout: patience }).toContain('was not attested');
  await expect(readFile(file)).rejects.toThrow('ENOENT');
  bucket.down = false;
  await attested;
  const kept = await readFile(file, 'utf8');
  expect(JSON.parse(kept)).toMatchObject({ published: true, urls: stack.buckets.map(({ url }) => url) });
  await stack.services.holds.attest(genesis);
  expect(await readFile(file, 'utf8')).toBe(kept);
});

test('the sequencer is killed under load: a new chain, no number twice, no accepted write lost', async () => {
  const stack = await start();
  const hashes = await writeMany(stack, 'first', 20);
  for (let round = 0; round < 10; round += 1) {
    hashes.push(...(await writeMany(stack, `round ${round}`, 5)));
    await new Promise((resolve) => setTimeout(resolve, 40));
    if (round === 4) process.kill(stack.services.sequencer.pid, 'SIGKILL');
  }
  await allFinal(stack, hashes);
  await allHeld(stack);
  expect(stack.chains().map(({ name, state }) => [name, state])).toEqual([
    ['local', 'ended'],
    ['local-2', 'open'],
  ]);
  const readPins = async () => parseTrust(await readFile(stack.trustFile)).chains ?? [];
  // The new chain is written to, and then told of.
  await expect.poll(async () => (await readPins()).length, { timeout: patience }).toBe(2);
  const pins = await readPins();
  expect(pins.map(({ name }) => name)).toEqual(['local', 'local-2']);
  const seen: string[] = [];
  const audits: ChainAudit[] = [];
  for (const pin of pins) {
    const { result, auditor } = await audit(pin, openBuckets(pin.buckets ?? []));
    audits.push(result);
    expect([result.verdict, result.stop.reason, result.equivocation, result.junk]).toEqual([
      'verified',
      'end as shown',
      [],
      [],
    ]);
    for (const hash of hashes) if (auditor.find(fromHex(hash)).result === 'found') seen.push(hash);
  }
  expect(seen.toSorted()).toEqual(hashes.toSorted());
  const [old, young] = withSuccession(audits, pins);
  expect([old?.verdict, young?.verdict]).toEqual(['verified', 'verified']);
  expect(young?.checks.at(-1)).toMatchObject({ code: 'CHAIN_SUCCESSOR', status: 'pass', params: { k: old?.tip?.k } });
});

test('a second start goes on: the old chain stays auditable, what was accepted goes to the new one', async () => {
  const state = await temporaryFolder();
  const first = await start({ state });
  const before = await first.write(utf8('before the stop'));
  await allFinal(first, [before]);
  await allHeld(first);
  for (const bucket of first.buckets) bucket.down = true;
  const waiting = await first.write(utf8('accepted, not stored'));
  await expect(startStack({ state })).rejects.toThrow('Another process is using the state folder');
  await first.stop();

  const second = await start({ state });
  await allFinal(second, [waiting]);
  await second.services.holds.attest(second.chains().at(-1)?.genesis ?? '');
  expect((await second.status(before)).chain).toBe('local');
  expect((await second.status(waiting)).chain).toBe('local-2');
  const pins = second.trust.chains ?? [];
  expect(pins.map(({ name }) => name)).toEqual(['local', 'local-2']);
  for (const pin of pins) expect((await audit(pin, openBuckets(pin.buckets ?? []))).result.verdict).toBe('verified');
  // What was attested of other addresses says nothing about these, so nobody is told to ask for it.
  expect(pins.map(({ holdMeasurements }) => holdMeasurements?.length)).toEqual([undefined, 1]);
  await second.stop();

  const third = await start({ state, fresh: true });
  expect(third.chains().map(({ name }) => name)).toEqual(['local']);
  expect((await third.status(before)).state).toBe('unknown');
});

test('a port in use is said in words, and nothing is left running', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number };
  const state = await temporaryFolder();
  await expect(startStack({ state, ports: { writer: 0, buckets: [0, 0, 0, port, 0, 0] } })).rejects.toThrow(
    `Port ${port} on 127.0.0.1, wanted for bucket local-d, is in use.`,
  );
  taken.close();
  const stack = await start({ state });
  expect(stack.chains()).toHaveLength(1);
});
