import { readFileSync } from 'node:fs';
import {
  createTestClient,
  decodeErrorResult,
  encodeFunctionData,
  http,
  numberToHex,
  publicActions,
  type Hex,
} from 'viem';
import { afterAll, describe, expect, it } from 'vitest';
import type { ContractLog } from '../../contracts/eventHash.ts';
import { reportAnchorAbi, reportAnchorBytecode, reportAnchorCodeHash } from '../../contracts/reportAnchor.ts';
import { reportAnchorHash } from '../../contracts/reportAnchorHash.ts';
import { fromHex0x } from '../../core/evm/hex.ts';
import { slotKey } from '../../core/evm/knownContracts.ts';
import { readReportSlot, reportSlot } from '../../core/report/anchorSlot.ts';
import type { Anvil } from './anvil.ts';
import { compileContract } from './compileContract.ts';
import { contractModule } from './contractModule.ts';
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
    const client = createTestClient({ mode: 'anvil', transport: http((anvil as Anvil).rpc) }).extend(publicActions);
    const [alice, bob] = await client.request<{ ReturnType: [Hex, Hex] }>({ method: 'eth_accounts' } as never);
    const time = Number((await client.getBlock()).timestamp);
    const logs: ContractLog[] = [];
    let now = time;
    const send = async (from: Hex, to: Hex | undefined, data: Hex) => {
      const params = [{ from, to, data, gas: numberToHex(2_000_000), gasPrice: '0x0' }];
      const hash = await client.request<{ ReturnType: Hex }>({ method: 'eth_sendTransaction', params } as never);
      await client.request({ method: 'evm_mine', params: [numberToHex(++now)] } as never);
      return client.getTransactionReceipt({ hash });
    };
    const address = (await send(alice, undefined, reportAnchorBytecode)).contractAddress as Hex;
    const anchor = async (from: Hex, digest: Hex): Promise<string> => {
      const data = encodeFunctionData({ abi: reportAnchorAbi, functionName: 'anchor', args: [digest] });
      const receipt = await send(from, address, data);
      for (const log of receipt.logs) logs.push({ topics: log.topics, data: log.data, block: log.blockNumber });
      if (receipt.status === 'success') return 'ok';
      const trace = await client.request<{ ReturnType: { output?: Hex } }>({
        method: 'debug_traceTransaction',
        params: [receipt.transactionHash, { tracer: 'callTracer' }],
      } as never);
      return decodeErrorResult({ abi: reportAnchorAbi, data: trace.output ?? '0x' }).errorName;
    };
    expect(await anchor(alice, word(0))).toBe('ZeroHash');
    expect(await anchor(alice, word(5))).toBe('ok');
    const first = now;
    expect(await anchor(alice, word(5))).toBe('AlreadyAnchored');
    expect(await anchor(bob, word(5))).toBe('ok');
    expect(await anchor(bob, word(6))).toBe('ok');
    const storageKeys = [
      slotKey(0),
      slotKey(1),
      reportSlot(alice, word(5)),
      reportSlot(alice, word(6)),
      reportSlot(bob, word(6)),
    ];
    const { storageProof } = await client.getProof({ address, storageKeys });
    const [count, hash, ...kept] = storageProof.map(({ value }) => value);
    const hex = `0x${(hash ?? 0n).toString(16).padStart(64, '0')}`;
    expect(reportAnchorHash(logs)).toEqual({ count: Number(count), hash: hex });
    expect(count).toBe(3n);
    const read = kept.map((value) =>
      readReportSlot(value === 0n ? new Uint8Array() : fromHex0x(numberToHex(value, { size: 32 }))),
    );
    expect(read[0]).toMatchObject({ number: 1, time: first });
    expect(read[1]).toBeUndefined();
    expect(read[2]).toMatchObject({ number: 3, time: now });
  });
});
