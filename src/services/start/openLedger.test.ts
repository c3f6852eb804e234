import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { didRegistryCodeHash } from '../../contracts/didRegistry.ts';
import { proofOfExecutionCodeHash } from '../../contracts/proofOfExecution.ts';
import { reportAnchorCodeHash } from '../../contracts/reportAnchor.ts';
import { revocationRegistryCodeHash } from '../../contracts/revocationRegistry.ts';
import { traceAnchorCodeHash } from '../../contracts/traceAnchor.ts';
import { keccak256 } from '../../core/bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../../core/evm/hex.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { findAnvil } from '../ledger/findAnvil.ts';
import { openLedger, type StackLedger } from './openLedger.ts';

vi.mock('../ledger/findAnvil.ts', { spy: true });

const anvil = await findAnvil().catch(() => undefined);
if (anvil === undefined) console.warn('The ledger of a start is not tested: there is no anvil here.');

const folder = await mkdtemp(join(tmpdir(), 'affidavit-open-ledger-'));
let running: StackLedger | undefined;

afterEach(() => running?.stop());
afterAll(() => rm(folder, { recursive: true, force: true }));

test.skipIf(anvil === undefined)(
  'the contracts are deployed once, and the entry of the trust file says what to pin',
  { timeout: 600_000 },
  async () => {
    running = await openLedger(true, { folder });
    const first = running as StackLedger;
    const [pin] = parseTrust(new TextEncoder().encode(serializeTrust({ evm: [first.pin] }))).evm ?? [];
    expect(pin).toEqual({
      chainId: 412_346,
      rpc: [first.rpc],
      consensus: 'qbft',
      validators: first.processes.map(({ address }) => address).toSorted(),
      checkpoint: { number: 0, hash: expect.stringMatching(/^0x[0-9a-f]{64}$/) },
      contracts: {
        ProofOfExecution: first.contract,
        TraceAnchor: first.traceAnchor,
        DidRegistry: first.didRegistry,
        RevocationRegistry: first.revocationRegistry,
        ReportAnchor: first.reportAnchor,
      },
    });
    const codeHash = async (address: Hex) =>
      toHex0x(keccak256(fromHex0x(await first.call<Hex>('eth_getCode', address, 'latest'))));
    expect(await codeHash(first.contract)).toBe(proofOfExecutionCodeHash);
    expect(await codeHash(first.traceAnchor)).toBe(traceAnchorCodeHash);
    expect(await codeHash(first.didRegistry)).toBe(didRegistryCodeHash);
    expect(await codeHash(first.revocationRegistry)).toBe(revocationRegistryCodeHash);
    expect(await codeHash(first.reportAnchor)).toBe(reportAnchorCodeHash);
    await first.stop();
    running = await openLedger(true, { folder });
    expect(running?.contract).toBe(first.contract);
    expect(running?.traceAnchor).toBe(first.traceAnchor);
    expect(await running?.call('eth_blockNumber')).toBe('0x5');
  },
);

test('where no anvil can be had one line says so, and nothing else stops', async () => {
  vi.mocked(findAnvil).mockRejectedValueOnce(
    new AuditorError('source', 'ANVIL_MISSING', 'No anvil found: install Foundry.'),
  );
  const told: string[] = [];
  expect(await openLedger(true, { folder, onTrouble: (words) => told.push(words) })).toBeUndefined();
  expect(told).toEqual(['There is no local ledger: No anvil found: install Foundry.']);
});

test('it is left out where it is not wanted', async () => {
  expect(await openLedger(false, { folder })).toBeUndefined();
});
