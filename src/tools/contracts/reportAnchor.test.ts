import { readFileSync } from 'node:fs';
import { numberToHex, type Hex } from 'viem';
import { afterAll, describe, expect, it } from 'vitest';
import { reportAnchorAbi as abi, reportAnchorBytecode, reportAnchorCodeHash } from '../../contracts/reportAnchor.ts';
import { reportAnchorHash } from '../../contracts/reportAnchorHash.ts';
import { fromHex0x } from '../../core/evm/hex.ts';
import { slotKey } from '../../core/evm/knownContracts.ts';
import { readReportSlot, reportSlot } from '../../core/report/anchorSlot.ts';
import type { Anvil } from './anvil.ts';
import { compileContract } from './compileContract.ts';
import { contractModule } from './contractModule.ts';
import { deployContract } from './deployContract.ts';
import { anvilForTests, word } from './withAnvil.fixture.ts';

const anvil = await anvilForTests('anchors of reports');
afterAll(() => anvil?.stop());

it('ReportAnchor is what the compiler makes of the source', { timeout: 600_000 }, () => {
  const compiled = compileContract('ReportAnchor');
  const path = new URL('../../contracts/reportAnchor.ts', import.meta.url);
  const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  expect(text, 'run `npm run contracts`').toBe(contractModule('ReportAnchor', compiled));
  expect(reportAnchorCodeHash).toBe(compiled.codeHash);
  expect(compiled.slots).toEqual({ eventCount: 0, runningHash: 1, anchors: 2 });
});

describe.skipIf(!anvil)('on a ledger', { timeout: 600_000 }, () => {
  it('keeps the first time of each auditor’s report, refuses zero and a second time, and runs its hash', async () => {
    const contract = await deployContract((anvil as Anvil).rpc, { abi, bytecode: reportAnchorBytecode });
    const [alice, bob] = contract.accounts as [Hex, Hex];
    const anchor = async (from: Hex, digest: Hex): Promise<string> =>
      (await contract.send(from, 'anchor', [digest])).error ?? 'ok';
    expect(await anchor(alice, word(0))).toBe('ZeroHash');
    expect(await anchor(alice, word(5))).toBe('ok');
    const first = contract.now();
    expect(await anchor(alice, word(5))).toBe('AlreadyAnchored');
    expect(await anchor(bob, word(5))).toBe('ok');
    expect(await anchor(bob, word(6))).toBe('ok');
    const slots = [reportSlot(alice, word(5)), reportSlot(alice, word(6)), reportSlot(bob, word(6))];
    const [count, hash, ...kept] = (await contract.slots(slotKey(0), slotKey(1), ...slots)).values;
    const hex = `0x${(hash ?? 0n).toString(16).padStart(64, '0')}`;
    expect(reportAnchorHash(contract.logs)).toEqual({ count: Number(count), hash: hex });
    expect(count).toBe(3n);
    const read = kept.map((value) =>
      readReportSlot(value === 0n ? new Uint8Array() : fromHex0x(numberToHex(value, { size: 32 }))),
    );
    expect(read[0]).toMatchObject({ number: 1, time: first });
    expect(read[1]).toBeUndefined();
    expect(read[2]).toMatchObject({ number: 3, time: contract.now() });
  });
});
