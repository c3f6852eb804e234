import { expect, test } from 'vitest';
import { fromBase64Url } from '../../core/bytes/base64.ts';
import { fromHex, toHex } from '../../core/bytes/hex.ts';
import { encodeSuccessor } from '../../core/chain/successor/successorRecord.ts';
import { writerSteps } from './work.ts';
import { expectSound, freshTransaction, makeGround, until, untilFinal } from './writer.fixture.ts';
import type { ChainRecord } from './chainRecord.ts';

test('a successor says at height 1, before all that waits, where its predecessor ended', async () => {
  const ground = await makeGround();
  const writer = await ground.open();
  const first = await writer.write(freshTransaction());
  await untilFinal(writer, [first]);
  const [ended] = writer.chains() as [ChainRecord];
  ground.sequencers[0]?.kill();
  const second = await writer.write(freshTransaction());
  await untilFinal(writer, [second]);
  await writer.stop();
  const [, opened] = writer.chains();
  expect(ground.successors()).toEqual(
    new Map([
      [
        opened?.genesis,
        {
          genesis: fromHex(ended.genesis),
          sequencerKey: fromBase64Url(ended.sequencerKey),
          k: 1,
          height: 1,
          timestampHash: fromHex(ended.tail as string),
        },
      ],
    ]),
  );
  expect([...ground.chains().values()].at(-1)?.map(({ transactions }) => transactions.length)).toEqual([1, 0, 1]);
});

test.each(writerSteps.slice(2, -1))(
  'killed after "%s" of a record of the predecessor, the chain after it makes that record, or it is there',
  async (step) => {
    const ground = await makeGround();
    const before = await ground.open();
    const hash = await before.write(freshTransaction());
    await untilFinal(before, [hash]);
    await before.stop();
    const [{ genesis }] = before.chains() as [ChainRecord];
    ground.sequencers[0]?.kill();
    let seen = 0;
    let died: (() => void) | undefined;
    const dead = new Promise<void>((resolve) => (died = resolve));
    // The step comes once for block zero of the second chain and once for its height 1: the second time it dies, with its sequencer.
    const writer = await ground.open({
      afterStep: (at, c) => {
        if (at !== step || c !== null || (seen += 1) < 2) return;
        ground.sequencers.at(-1)?.kill();
        died?.();
        throw new Error(`Killed after ${at}.`);
      },
    });
    await dead;
    await writer.stop();
    const again = await ground.open();
    const last = await again.write(freshTransaction());
    await untilFinal(again, [last]);
    await again.stop();
    expectSound(ground, [hash, last]);
    const named = [...ground.successors().values()].map((record) => toHex(record.genesis));
    expect(named.filter((each) => each === genesis)).toHaveLength(1);
  },
);

test('what only the buckets know of the predecessor goes into the record, and no less than the writer knows', async () => {
  const ground = await makeGround();
  const shown = { k: 7, height: 4, timestampHash: '5c'.repeat(32) };
  const asked: string[] = [];
  const writer = await ground.open({
    surveyChain: async ({ genesis }) => {
      asked.push(genesis);
      return shown;
    },
  });
  await until(() => writer.chains().length === 1, 'the chain is open');
  ground.sequencers[0]?.kill();
  await until(() => ground.successors().size === 1, 'the successor is open');
  await writer.stop();
  expect(asked).toEqual([writer.chains()[0]?.genesis]);
  expect([...ground.successors().values()]).toMatchObject([
    { k: 7, height: 4, timestampHash: fromHex(shown.timestampHash) },
  ]);
});

test('nobody else gets a successor record written', async () => {
  const ground = await makeGround();
  const writer = await ground.open();
  const zeros = new Uint8Array(32);
  const record = { genesis: zeros, sequencerKey: new Uint8Array(44), k: 0, height: 0, timestampHash: zeros };
  await expect(writer.write(encodeSuccessor(record))).rejects.toMatchObject({ code: 'TRANSACTION_RESERVED' });
  await writer.stop();
});
