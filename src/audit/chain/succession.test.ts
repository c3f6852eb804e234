import { expect, test } from 'vitest';
import { fromHex } from '../../core/bytes/hex.ts';
import { ChainWorld } from '../../core/chain/chain.fixture.ts';
import { encodeSuccessor, type SuccessorRecord } from '../../core/chain/successor/successorRecord.ts';
import { auditOf, status, world } from './audit.fixture.ts';
import { withSuccession } from './succession.ts';
import type { ChainAudit } from '../../core/chain/types.ts';

const next = await ChainWorld.make();
const { storage, blocks } = await world.chain(3);
const pin = world.pin(blocks[0], { name: 'old' });
const right: SuccessorRecord = {
  genesis: fromHex(pin.genesis as string),
  sequencerKey: world.sequencerSpki,
  k: 2,
  height: 2,
  timestampHash: fromHex(blocks[2]?.hash as string),
};

/** A successor with this record, audited together with its predecessor. */
async function compared(record: SuccessorRecord): Promise<readonly ChainAudit[]> {
  const made = await next.chain(1);
  const genesis = made.blocks[0] as (typeof blocks)[number];
  const first = await next.block({ parent: genesis, transactions: [encodeSuccessor(record)] });
  await next.store(made.storage, genesis, first, { k: 1 });
  const young = next.pin(genesis, { name: 'young' });
  const audits = [await auditOf(pin, storage), await auditOf(young, made.storage)];
  expect(audits.map(({ verdict }) => verdict)).toEqual(['verified', 'verified']);
  return withSuccession(audits, [pin, young]);
}

test('a record that fits is said, and the successor stays verified', async () => {
  const [old, young] = await compared(right);
  expect([old?.verdict, young?.verdict]).toEqual(['verified', 'verified']);
  expect(young).toMatchObject({ predecessor: { genesis: pin.genesis, k: 2, height: 2 }, highest: 1 });
  expect(status(young as ChainAudit, 'CHAIN_SUCCESSOR')).toBe('pass');
  expect(status(old as ChainAudit, 'CHAIN_SUCCESSOR')).toBeUndefined();
});

test('a truncated tail rejects both', async () => {
  const audits = await compared({ ...right, k: 1, height: 1, timestampHash: fromHex(blocks[1]?.hash as string) });
  expect(audits.map(({ verdict }) => verdict)).toEqual(['rejected', 'rejected']);
  expect(audits.map((audit) => status(audit, 'CHAIN_SUCCESSOR_LATER'))).toEqual(['fail', 'fail']);
});

test('what is not pinned is a remark on the identity and decides nothing', async () => {
  const [, young] = await compared({ ...right, genesis: new Uint8Array(32) });
  expect(young?.verdict).toBe('verified');
  expect(young?.checks[0]).toMatchObject({ code: 'CHAIN_IDENTITY', notes: [{ code: 'CHAIN_SUCCESSOR_UNPINNED' }] });
});
