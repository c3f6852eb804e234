import { expect, test } from 'vitest';
import { toHex } from '../../core/bytes/hex.ts';
import { encodeHold, type HoldStatement } from '../../core/chain/hold/holdStatement.ts';
import { holdName, sequenceName } from '../../core/chain/names.ts';
import { auditOf, status, world } from './audit.fixture.ts';
import { createChainAuditor } from './chainAuditor.ts';
import { InProcessExecutor } from '../pool/inProcessExecutor.ts';
import { memoryBuckets } from './memoryBucket.fixture.ts';
import type { MadeBlock } from '../../core/chain/chain.fixture.ts';
import type { ChainPin } from '../../core/trust/trust.ts';

const { storage, blocks } = await world.chain(3);
const genesis = blocks[0] as MadeBlock;
const image = (register: number): Uint8Array => new Uint8Array(48).fill(0x50 + register);
const images = { 0: image(0), 1: image(1), 2: image(2) };
const urls = Array.from({ length: 6 }, (_, index) => `https://bucket${index}.example`);
const holdMeasurements = [{ pcrs: { 0: toHex(image(0)), 1: toHex(image(1)), 2: toHex(image(2)) } }];
const pin = world.pin(genesis, { buckets: urls.map((url) => ({ url })), holdMeasurements });

const documentOf = (statement: Partial<HoldStatement> & { readonly bucket: string }, pcrs = images) =>
  world.attest(genesis, genesis, {
    k: 0,
    pcrs,
    userData: encodeHold({
      names: [sequenceName(pin.genesis as string, 1)],
      mode: 'compliance',
      until: 4_000_000_000,
      ...statement,
    }),
  });
const filesOf = async (documents: Promise<Uint8Array>[]) =>
  (await Promise.all(documents)).map((bytes, index) => ({ name: `hold ${index}`, bytes }));
const audited = async (documents: Promise<Uint8Array>[], under: ChainPin = pin) =>
  createChainAuditor({
    pin: under,
    buckets: memoryBuckets(storage),
    executor: new InProcessExecutor(),
    holds: await filesOf(documents),
  }).run();

test('a chain whose pin names no image is not asked about holds, whatever is given', async () => {
  const { holdMeasurements: _, ...silent } = pin;
  const audit = await audited([documentOf({ bucket: urls[0] as string, mode: 'none' })], silent);
  expect([audit.verdict, status(audit, 'CHAIN_HOLD')]).toEqual(['verified', undefined]);
});

test('where it is asked for and nothing is given it cannot be told', async () => {
  const audit = await audited([]);
  expect([audit.verdict, status(audit, 'CHAIN_HOLD')]).toEqual(['undetermined', 'unknown']);
});

test('attestations of all six buckets give a verdict', async () => {
  const audit = await audited(urls.map((bucket) => documentOf({ bucket })));
  expect([audit.verdict, status(audit, 'CHAIN_HOLD')]).toEqual(['verified', 'pass']);
});

test('one that says another mode rejects', async () => {
  const audit = await audited(
    urls.map((bucket, index) => documentOf({ bucket, ...(index === 4 ? { mode: 'none' } : {}) })),
  );
  expect([audit.verdict, status(audit, 'CHAIN_HOLD')]).toEqual(['rejected', 'fail']);
});

test('an image that is pinned as the sequencer alone has no say about holds', async () => {
  const audit = await audited(
    urls.map((bucket, index) => documentOf({ bucket }, index === 2 ? ({} as never) : images)),
  );
  expect([audit.verdict, status(audit, 'CHAIN_HOLD')]).toEqual(['undetermined', 'unknown']);
  expect(audit.checks.find(({ code }) => code === 'CHAIN_HOLD')?.notes).toMatchObject([
    { code: 'CHAIN_HOLD_REFUSED', params: { name: 'hold 2', reason: expect.stringContaining('not pinned for hold') } },
  ]);
});

test('an image that is pinned for holds alone has no say about numbers', async () => {
  const made = await world.chain(1);
  const under = { ...pin, genesis: world.pin(made.blocks[0]).genesis as string };
  await world.store(made.storage, made.blocks[0] as MadeBlock, made.blocks[0] as MadeBlock, { k: 0, pcrs: images });
  expect(status(await auditOf(under, made.storage), 'CHAIN_MEASUREMENT')).toBe('fail');
});

test.each([
  ['a sequence attestation', (bytes: Uint8Array) => bytes],
  ['a changed byte', (bytes: Uint8Array) => bytes.map((byte, at) => (at === bytes.length - 9 ? byte ^ 1 : byte))],
  ['no document', () => new Uint8Array([1, 2, 3])],
])('%s is remarked and counts for nothing', async (what, change) => {
  const document =
    what === 'a sequence attestation'
      ? world.attest(genesis, genesis, { k: 0, pcrs: images })
      : documentOf({ bucket: urls[0] as string });
  const audit = await audited([document.then(change)]);
  const check = audit.checks.find(({ code }) => code === 'CHAIN_HOLD');
  expect([check?.status, check?.notes?.length, check?.children?.[0]?.status]).toEqual(['unknown', 1, 'unknown']);
});

test('what lies beside the objects counts like what is given, in whichever buckets it is', async () => {
  const made = await world.chain(2);
  const own = made.blocks[0] as MadeBlock;
  const chain = world.pin(own).genesis as string;
  const under = { ...pin, genesis: chain };
  const documentFor = (bucket: string) =>
    world.attest(own, own, {
      k: 0,
      pcrs: images,
      userData: encodeHold({ bucket, names: [sequenceName(chain, 1)], mode: 'compliance', until: 4_000_000_000 }),
    });
  for (const [index, url] of urls.entries()) {
    made.storage.put(holdName(chain, index), await documentFor(url), [0, 2, 4]);
  }
  expect([(await auditOf(under, made.storage)).verdict]).toEqual(['verified']);
  made.storage.remove(holdName(chain, 3), [2]);
  const audit = await auditOf(under, made.storage);
  expect([audit.verdict, status(audit, 'CHAIN_HOLD')]).toEqual(['undetermined', 'unknown']);
});
