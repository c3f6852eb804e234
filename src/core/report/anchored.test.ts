import { describe, expect, it } from 'vitest';
import { reportAnchorCodeHash } from '../../contracts/reportAnchor.ts';
import { signers } from '../evm/evm.fixture.ts';
import { toHex0x, type Hex } from '../evm/hex.ts';
import { makeContractLedger, word as wordOf } from '../evm/ledgerProof/contractLedger.fixture.ts';
import { readContent } from '../kinds/content.ts';
import type { Trust } from '../trust/trust.ts';
import { checkAnchored } from './anchored.ts';
import { reportSlot } from './anchorSlot.ts';
import { auditor, draft, time } from './report.fixture.ts';

const [alice, bob] = [auditor(1), auditor(2)];
const report = alice.sign(draft(alice));
const contract: Hex = `0x${'c0'.repeat(20)}`;
const pin = { chainId: 77, consensus: 'qbft', validators: signers.slice(0, 4).map(({ address }) => address) } as const;
const trust: Trust = { evm: [pin] };

interface Shown {
  readonly codeHash?: string;
  readonly at?: number;
  readonly slots?: readonly (readonly [Hex, Hex])[];
  readonly ask?: Hex;
}

async function blocks({ codeHash = reportAnchorCodeHash, at = time + 5, slots, ask }: Shown = {}) {
  const slot = reportSlot(alice.address, `0x${report.digest}`);
  const kept = slots ?? [[slot, wordOf([BigInt(at), 8], [1n, 8], [1n, 8])] as const];
  const said = [
    { logs: [], time: at },
    { logs: [], time: at + 1 },
  ];
  const ledger = await makeContractLedger({ contract, codeHash: codeHash as Hex, slots: kept, said });
  const file = {
    accountProof: await ledger.prove([ask ?? slot]),
    affidavit: 'evm-block/1',
    chainId: pin.chainId,
    consensus: pin.consensus,
    headers: ledger.blocks.slice(-1).map(({ rlp }) => toHex0x(rlp)),
  };
  return readContent('blocks.json', new TextEncoder().encode(JSON.stringify(file)));
}

const check = async (shown?: Shown, under = trust) => checkAnchored(report, [await blocks(shown)], under);

describe('an anchor of a report', () => {
  it('is shown by blocks beside it that pinned validators have sealed', async () => {
    expect(await check()).toMatchObject({
      status: 'pass',
      params: { chainId: 77, number: 1, block: 1, time: time + 5 },
    });
  });

  it('is not asked for where no blocks are given, or blocks about something else', async () => {
    expect(await checkAnchored(report, [], trust)).toBeUndefined();
    const other = reportSlot(bob.address, `0x${report.digest}`);
    expect(await check({ ask: other, slots: [[other, wordOf([1n, 8])]] })).toBeUndefined();
  });

  it('stays open where nobody has pinned who seals the blocks', async () => {
    expect(await check({}, {})).toMatchObject({ status: 'unknown' });
  });

  it.each<[string, Shown, Trust, RegExp]>([
    ['another contract', { codeHash: `0x${'11'.repeat(32)}` }, trust, /no contract/],
    ['an empty slot', { slots: [[`0x${'22'.repeat(32)}`, wordOf([1n, 8])]] }, trust, /has not anchored/],
    ['a time before the report’s own', { at: time - 4000 }, trust, /before the time/],
    ['blocks of other validators', {}, { evm: [{ ...pin, validators: [bob.address] }] }, /do not hold/],
  ])('fails with %s', async (_, shown, under, reason) => {
    const found = await check(shown, under);
    expect(found).toMatchObject({ code: 'REPORT_ANCHORED', status: 'fail' });
    expect(found?.params?.['reason']).toMatch(reason);
  });
});
