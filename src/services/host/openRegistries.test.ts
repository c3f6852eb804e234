import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readHostLedger } from '../../audit/host/readHostLedger.ts';
import { didRegistryBytecode } from '../../contracts/didRegistry.ts';
import { revocationRegistryBytecode } from '../../contracts/revocationRegistry.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { fromBase64 } from '../../core/bytes/base64.ts';
import type { Hex } from '../../core/evm/hex.ts';
import { judgeHost } from '../../core/host/checkHost.ts';
import { didSubject } from '../../core/host/controllers.ts';
import { readContent } from '../../core/kinds/content.ts';
import { findAnvil } from '../ledger/findAnvil.ts';
import { startLedger } from '../ledger/startLedger.ts';
import { openHost } from './openHost.ts';
import { openRegistries } from './openRegistries.ts';

const folder = await mkdtemp(join(tmpdir(), 'affidavit-registries-'));
const closers: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closers.toReversed()) await close();
  await rm(folder, { recursive: true, force: true });
});

const anvil = await findAnvil().catch(() => undefined);
if (anvil === undefined) console.warn('No anvil: hosts on a ledger are not tested.');

test.skipIf(anvil === undefined)(
  'a host whose key and status list stand on a ledger: both are proven; revoked there, it is refused',
  { timeout: 120_000 },
  async () => {
    const ledger = await startLedger({ folder: join(folder, 'ledger'), validators: 1 });
    closers.push(() => ledger.stop());
    const [didRegistry, revocationRegistry] = [
      await ledger.deploy(didRegistryBytecode),
      await ledger.deploy(revocationRegistryBytecode),
    ];
    const registries = await openRegistries(join(folder, 'host'), { rpc: ledger.rpc, didRegistry, revocationRegistry });
    const [rich] = await ledger.call<Hex[]>('eth_accounts');
    const paid = { from: rich, to: registries.address, value: '0xde0b6b3a7640000' };
    await ledger.receipt(await ledger.call<Hex>('eth_sendTransaction', paid));
    const host = await openHost({
      folder: join(folder, 'host'),
      operator: 'tests',
      didMethod: 'ethr',
      limits: {},
      ledger: registries,
      onTrouble: (words) => expect.unreachable(words),
    });
    closers.push(() => host.close());
    expect(host.agent.did).toBe(`did:ethr:0x${ledger.chainId.toString(16)}:${registries.address}`);
    const pin = ledger.pin({ DidRegistry: didRegistry, RevocationRegistry: revocationRegistry });
    const { credential, files } = await host.agent.attest({ nonce: 'A'.repeat(43) });
    const list = readContent('list.json', utf8(JSON.stringify(await host.agent.statusList())));
    const companions = [...files.map(({ name, bytes }) => readContent(name, fromBase64(bytes))), list];
    const judge = async () => {
      const read = await readHostLedger({ pin });
      // Blocks may be ahead of the clock.
      const now = Math.max(Date.now(), (read.head?.timestamp ?? 0) * 1000);
      const context = { trust: { evm: [pin] }, now, companions, host: { ledgers: [read] } };
      const { checks, count } = await judgeHost(JSON.stringify(credential), context);
      const of = (code: string) => checks.find((check) => check.code === code)?.status;
      const origin = count?.proofs[0]?.key?.origin;
      return { proof: of('HOST_PROOF'), status: of('HOST_STATUS'), revoked: of('HOST_REVOKED'), origin };
    };
    expect(await judge()).toEqual({ proof: 'pass', status: 'pass', revoked: 'pass', origin: 'ledger' });
    await registries.revoke(didSubject(host.agent.did));
    expect(await judge()).toMatchObject({ status: 'pass', revoked: 'fail' });
  },
);
