import { beforeAll, describe, expect, it } from 'vitest';
import { toBase64Url } from '../../bytes/base64.ts';
import { utf8 } from '../../bytes/bytes.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import { readContent } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import type { Trust } from '../../trust/trust.ts';
import { ChainWorld, newPath, type MadeBlock } from '../chain.fixture.ts';
import { equivocationKind } from '../equivocationKind.ts';

let world: ChainWorld;
let genesis: MadeBlock;
let other: MadeBlock;
let trust: Trust;
beforeAll(async () => {
  world = await ChainWorld.make();
  genesis = await world.block();
  other = await world.block({ parent: genesis });
  trust = { chains: [world.pin(genesis)] };
});

const check = (file: unknown, pins: Trust = trust): Promise<Report> =>
  judge(readContent('e.json', utf8(canonicalJson(file))), { trust: pins, now: 0, companions: [] }, [equivocationKind]);
const proof = (...documents: Uint8Array[]) => ({
  affidavit: 'equivocation/1',
  genesis: trust.chains?.[0]?.genesis,
  documents: documents.map(toBase64Url),
});
const failing = (report: Report): string[] =>
  report.checks.filter(({ status }) => status === 'fail').map(({ code }) => code);

describe('a proof of equivocation', () => {
  it('is verified for one number with two blocks and for one block with two numbers', async () => {
    const a = await world.attest(genesis, other, { k: 3 });
    const sameNumber = await check(proof(a, await world.attest(genesis, genesis, { k: 3 })));
    const sameBlock = await check(proof(a, await world.attest(genesis, other, { k: 4 })));
    expect([sameNumber.verdict, sameBlock.verdict]).toEqual(['verified', 'verified']);
    expect(sameNumber.labels).toEqual(['simulated']);
  });

  it('is rejected for two that do not contradict each other', async () => {
    const a = await world.attest(genesis, other, { k: 3 });
    for (const b of [a, await world.attest(genesis, genesis, { k: 0 })]) {
      expect(failing(await check(proof(a, b)))).toEqual(['EQUIVOCATION_CONTRADICTION']);
    }
  });

  it('is rejected when one document is not genuine, whatever it says', async () => {
    const a = await world.attest(genesis, other, { k: 3 });
    const foreign = await world.attest(genesis, genesis, { k: 3, path: await newPath() });
    expect(failing(await check(proof(a, foreign)))).toEqual(['EQUIVOCATION_DOCUMENT']);
  });

  it('is undetermined when the chain is not pinned', async () => {
    const a = await world.attest(genesis, other, { k: 3 });
    expect((await check(proof(a, a), {})).verdict).toBe('undetermined');
  });

  it.each([
    [{ affidavit: 'equivocation/2' }],
    [{ affidavit: 'equivocation/1', genesis: 'x', documents: [] }],
    [{ affidavit: 'equivocation/1', genesis: 'ab'.repeat(32), documents: ['AA'] }],
    [{ affidavit: 'equivocation/1', genesis: 'ab'.repeat(32), documents: ['AA', 'A='] }],
  ])('is refused in words when it is %j', async (file) => {
    expect(failing(await check(file))).toEqual(['EQUIVOCATION_FORM']);
  });
});
