import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../core/bytes/hex.ts';
import { encodeBlock, blockHash } from '../../core/chain/block.ts';
import { transactionHash } from '../../core/chain/tree.ts';
import { parseTuple } from '../../core/chain/tuple.ts';
import { SequencerUnreachableError } from '../sequencer/sequencerClient.ts';
import { writerSteps, type WriterStep } from './work.ts';
import { expectSound, freshTransaction, makeGround, until, untilFinal, type Ground } from './writer.fixture.ts';

/** A writer that dies at a step of a block with transactions, or of block zero. */
async function openToDie(ground: Ground, at: WriterStep, blockZero: boolean, meanwhile = () => undefined as void) {
  let died: (() => void) | undefined;
  const dead = new Promise<void>((resolve) => (died = resolve));
  const writer = await ground.open({
    afterStep: (step, c) => {
      if (step !== at || (step !== '1 accepted' && (c === null) !== blockZero)) return;
      meanwhile();
      died?.();
      throw new Error(`Killed after ${at}.`);
    },
  });
  return { writer, dead };
}

test('transactions become final in the order of the figure, in batches, as leaves in the order of writing', async () => {
  const ground = await makeGround();
  const seen: string[] = [];
  let accepted: (() => void) | undefined;
  const allAccepted = new Promise<void>((resolve) => (accepted = resolve));
  const writer = await ground.open({
    openSequencer: () => allAccepted.then(ground.openSequencer),
    afterStep: (step, c) => void (c !== null && seen.push(step)),
  });
  const transactions = Array.from({ length: 5 }, freshTransaction);
  const hashes = await Promise.all(transactions.map((d) => writer.write(d)));
  expect(hashes).toEqual(transactions.map((d) => toHex(transactionHash(d))));
  expect(await writer.status(hashes[0] as string)).toEqual({ transaction: hashes[0], state: 'accepted' });
  accepted?.();
  await untilFinal(writer, hashes);
  expect(seen).toEqual(writerSteps.slice(1));
  const [genesis = '', blocks = []] = [...ground.chains()][0] ?? [];
  expect(blocks.map((block) => block.transactions.length)).toEqual([1, 5]);
  expect(blocks[1]?.transactions).toEqual(hashes);
  expect(await writer.status(hashes[4] as string)).toMatchObject({
    state: 'final',
    chain: 'test',
    genesis,
    k: 1,
    height: 1,
    block: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await writer.status('00'.repeat(32))).toEqual({ transaction: '00'.repeat(32), state: 'unknown' });
  await writer.stop();
  expect(writer.chains()).toMatchObject([{ name: 'test', genesis, state: 'open', height: 1, next: 2 }]);
  expectSound(ground, hashes);
  expect(await readdir(join(ground.folder, 'writer', 'objects', genesis, 'tuple'))).toEqual([]);
  expect(await readdir(join(ground.folder, 'writer', 'objects', genesis, 'seq'))).toEqual([]);
});

test.each(writerSteps)(
  'killed after "%s", it goes on at the next start, and everything is final exactly once',
  async (step) => {
    const ground = await makeGround();
    const { writer, dead } = await openToDie(ground, step, false);
    const transactions = [freshTransaction(), freshTransaction()];
    const hashes = transactions.map((d) => toHex(transactionHash(d)));
    await Promise.allSettled(transactions.map((d) => writer.write(d)));
    await dead;
    await writer.stop();
    const again = await ground.open();
    const third = await again.write(freshTransaction());
    await untilFinal(again, [...hashes, third]);
    await again.stop();
    expect(ground.chains().size).toBe(1);
    expectSound(ground, [...hashes, third]);
    const left = await readdir(join(ground.folder, 'writer', 'objects'), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual([]);
  },
);

test.each(writerSteps.slice(2, -1))(
  'killed after "%s" of block zero, the same chain opens at the next start',
  async (step) => {
    const ground = await makeGround();
    const { writer, dead } = await openToDie(ground, step, true);
    await dead;
    await writer.stop();
    const again = await ground.open();
    const hash = await again.write(freshTransaction());
    await untilFinal(again, [hash]);
    await again.stop();
    expect([...ground.chains().values()].map((blocks) => blocks.length)).toEqual([2]);
    expectSound(ground, [hash]);
  },
);

test.each(writerSteps)(
  'killed after "%s" together with the sequencer, it opens a new chain and loses nothing',
  async (step) => {
    const ground = await makeGround();
    const { writer, dead } = await openToDie(ground, step, false, () => ground.sequencers[0]?.kill());
    const transactions = [freshTransaction(), freshTransaction()];
    const hashes = transactions.map((d) => toHex(transactionHash(d)));
    await until(() => writer.chains().length === 1, 'the chain is open');
    await Promise.allSettled(transactions.map((d) => writer.write(d)));
    await dead;
    await writer.stop();
    const again = await ground.open();
    const third = await again.write(freshTransaction());
    await untilFinal(again, [...hashes, third]);
    const chains = again.chains();
    await again.stop();
    expect(chains.map(({ name, state }) => [name, state])).toEqual([
      ['test', 'ended'],
      ['test-2', 'open'],
    ]);
    expectSound(ground, [...hashes, third]);
  },
);

test('the sequencer ends under load: a new chain, no number twice, no write lost', async () => {
  const ground = await makeGround();
  const writer = await ground.open();
  const hashes: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    for (let index = 0; index < 10; index += 1) {
      hashes.push(await writer.write(freshTransaction()));
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    if (round < 3) ground.sequencers.at(-1)?.kill();
  }
  await untilFinal(writer, hashes);
  await writer.stop();
  expect(writer.chains().at(-1)).toMatchObject({ name: `test-${writer.chains().length}`, state: 'open' });
  expect(ground.events.filter(({ kind }) => kind === 'chain ended').length).toBe(writer.chains().length - 1);
  expectSound(ground, hashes);
});

test('a chain whose sequencer ended before its block zero was final leaves no trace, and its name is free', async () => {
  const ground = await makeGround();
  const { writer, dead } = await openToDie(ground, '5 stored', true, () => ground.sequencers[0]?.kill());
  await dead;
  await writer.stop();
  const again = await ground.open();
  await until(() => again.chains().length === 1, 'the chain is open');
  expect(again.chains()).toMatchObject([{ number: 1, name: 'test' }]);
  await again.stop();
});

test('another writer in the same chain: the block is published but forked, and its transactions go to a new chain', async () => {
  const ground = await makeGround();
  const states = new Set<string>();
  let opened = 0;
  const writer = await ground.open({
    interval: 50,
    openSequencer: async () => {
      // The new chain comes once somebody has seen what became of the transaction.
      if ((opened += 1) > 1) await until(() => states.has('forked'), 'it is told that the block is on a fork');
      return ground.openSequencer();
    },
  });
  const first = await writer.write(freshTransaction());
  await untilFinal(writer, [first]);
  const { tail } = writer.chains()[0] as { tail: string };
  const rival = encodeBlock({ u: new Uint8Array(16), merkle: new Uint8Array(32), parent: fromHex(tail) });
  await ground.sequencers[0]?.program.sequence(rival, ground.issuer.sign(toHex(blockHash(rival))));
  const transaction = freshTransaction();
  const hash = toHex(transactionHash(transaction));
  const poll = setInterval(async () => states.add((await writer.status(hash)).state), 1);
  await writer.write(transaction);
  await untilFinal(writer, [hash]);
  clearInterval(poll);
  expect([...states]).toContain('forked');
  expect((await writer.status(hash)).chain).toBe('test-2');
  const ended = ground.events.find(({ kind }) => kind === 'chain ended');
  expect(ended).toMatchObject({ why: expect.stringContaining('another writer') });
  await writer.stop();
  expect([...ground.chains().values()].map((blocks) => blocks.map(({ k }) => k))).toEqual([
    [0, 1, 3],
    [0, 1, 2],
  ]);
  // The writer's last block is final at number 1; number 3 was given all the same, and number 2 to somebody else.
  expect([...ground.successors().values()]).toMatchObject([{ k: 3, height: 1, timestampHash: fromHex(tail) }]);
});

test('what can be put right is told once and waited for: the timestamp service is away', async () => {
  const ground = await makeGround();
  const writer = await ground.open();
  await until(() => writer.chains().length === 1, 'the chain is open');
  ground.timestampsDown = true;
  const hash = await writer.write(freshTransaction());
  await until(() => ground.words.length > 0, 'the trouble is told');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(ground.words).toEqual([expect.stringContaining('Writing waits: The timestamp service does not answer.')]);
  ground.timestampsDown = false;
  await untilFinal(writer, [hash]);
  expect(ground.words.at(-1)).toBe('Writing goes on.');
  await writer.stop();
});

test('the sequencer does not answer for a while: the same chain goes on', async () => {
  const ground = await makeGround();
  let away = false;
  const writer = await ground.open({
    openSequencer: async () => {
      const running = await ground.openSequencer();
      const sequence: typeof running.client.sequence = async (block, jwt) => {
        const attestation = await running.client.sequence(block, jwt);
        if (away) throw new SequencerUnreachableError('The answer was lost.');
        return attestation;
      };
      return { ...running, client: { ...running.client, sequence } };
    },
  });
  await until(() => writer.chains().length === 1, 'the chain is open');
  away = true;
  const hash = await writer.write(freshTransaction());
  await until(() => ground.words.length > 0, 'the trouble is told');
  expect(await writer.status(hash)).toMatchObject({ state: 'stored', chain: 'test' });
  away = false;
  await untilFinal(writer, [hash]);
  await writer.stop();
  expect(ground.chains().size).toBe(1);
  expectSound(ground, [hash]);
});

test('an attestation that does not hold is not published', async () => {
  const ground = await makeGround();
  const other = await makeGround();
  let foreign = false;
  const writer = await ground.open({
    openSequencer: async () => {
      const running = await ground.openSequencer();
      const stranger = await other.openSequencer();
      const sequence: typeof running.client.sequence = (block, jwt) =>
        foreign ? stranger.program.sequence(block, jwt) : running.client.sequence(block, jwt);
      return { ...running, client: { ...running.client, sequence } };
    },
  });
  await until(() => writer.chains().length === 1, 'the chain is open');
  // The stranger's first block, so that it can number the second as well: same genesis, another key.
  const [genesis = ''] = ground.chains().keys();
  const zero = [...ground.replication.objects].find(([name]) => name.startsWith(`${genesis}/tuple/`))?.[1];
  const { blockBytes, timestamp } = parseTuple(zero as Uint8Array);
  await (await other.openSequencer()).program.sequence(blockBytes, timestamp);
  foreign = true;
  await writer.write(freshTransaction());
  await until(() => ground.words.length > 0, 'the fault is told');
  expect(ground.words[0]).toContain('attestation does not hold');
  expect([...ground.replication.objects.keys()].filter((name) => name.includes('/seq/'))).toEqual([`${genesis}/seq/0`]);
  await writer.stop(100);
});

test('stopped while the buckets are away it ends in time, and goes on at the next start', async () => {
  const ground = await makeGround();
  const writer = await ground.open();
  await until(() => writer.chains().length === 1, 'the chain is open');
  ground.replication.up = false;
  const hash = await writer.write(freshTransaction());
  await until(async () => (await writer.status(hash)).state === 'batched', 'the batch is made');
  await writer.stop(200);
  await expect(writer.write(freshTransaction())).rejects.toThrow('stopping');
  ground.replication.up = true;
  const again = await ground.open();
  await untilFinal(again, [hash]);
  await again.stop();
  expectSound(ground, [hash]);
});

test('other bytes under a name that is to be written end the writer with words, and nothing is overwritten', async () => {
  const ground = await makeGround();
  const writer = await ground.open();
  await until(() => writer.chains().length === 1, 'the chain is open');
  const [genesis = ''] = ground.chains().keys();
  ground.replication.objects.set(`${genesis}/seq/1`, new Uint8Array([1]));
  await writer.write(freshTransaction());
  await until(() => ground.events.some(({ kind }) => kind === 'failed'), 'the writer fails');
  expect(ground.words.at(-1)).toContain(`other bytes under ${genesis}/seq/1`);
  await writer.stop();
});

test("a sequencer with a chain that is not this writer's is refused", async () => {
  const ground = await makeGround();
  await (await ground.openSequencer()).program.sequence(...zeroOf(ground));
  const writer = await ground.open();
  await until(() => ground.events.some(({ kind }) => kind === 'failed'), 'the writer fails');
  expect(ground.words.at(-1)).toContain('one sequencer serves one chain');
  await writer.stop();
});

test('a second writer on the same disk is refused in words', async () => {
  const ground = await makeGround();
  const writer = await ground.open();
  await expect(ground.open()).rejects.toThrow('Another process is writing');
  await writer.stop();
});

test('what was final stays so when the same bytes are written again, and they are recorded again', async () => {
  const ground = await makeGround();
  const writer = await ground.open();
  const transaction = freshTransaction();
  const hash = await writer.write(transaction);
  await untilFinal(writer, [hash]);
  const first = await writer.status(hash);
  expect(await writer.write(transaction)).toBe(hash);
  expect(await writer.status(hash)).toEqual(first);
  await until(() => writer.pending === 0, 'the second is final too');
  expect(ground.occurrences().get(hash)).toBe(2);
  await writer.stop();
});

function zeroOf(ground: Ground): [Uint8Array, string] {
  const block = encodeBlock({ u: new Uint8Array(16), merkle: new Uint8Array(32), parent: new Uint8Array(32) });
  return [block, ground.issuer.sign(toHex(blockHash(block)))];
}

test('a tuple that some buckets may have a part of is stored whole before its chain is given up', async () => {
  const ground = await makeGround();
  const { writer, dead } = await openToDie(ground, '5 tuple on disk', false, () => ground.sequencers[0]?.kill());
  await until(() => writer.chains().length === 1, 'the chain is open');
  const genesis = writer.chains()[0]?.genesis ?? '';
  const hash = toHex(transactionHash(Uint8Array.of(1, 2, 3)));
  await Promise.allSettled([writer.write(Uint8Array.of(1, 2, 3))]);
  await dead;
  await writer.stop();
  const tuples = () => [...ground.replication.objects.keys()].filter((name) => name.startsWith(`${genesis}/tuple/`));
  expect(tuples()).toHaveLength(1);
  const again = await ground.open();
  await untilFinal(again, [hash]);
  await again.stop();
  expect(tuples()).toHaveLength(2);
});
