import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createWalletClient, http, stringToHex, type Abi } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readHostLedger } from '../../audit/host/readHostLedger.ts';
import { readLedgers } from '../../audit/host/readLedgers.ts';
import { timeWith } from '../../audit/host/timeWith.ts';
import { didRegistryAbi, didRegistryBytecode } from '../../contracts/didRegistry.ts';
import { revocationRegistryBytecode } from '../../contracts/revocationRegistry.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { fromBase64 } from '../../core/bytes/base64.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { p256Attribute } from '../../core/did/ethrDocument.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { judgeHost } from '../../core/host/checkHost.ts';
import { didSubject } from '../../core/host/controllers.ts';
import { hostDigest, readHostCredential } from '../../core/host/hostCredential.ts';
import type { HostLedger } from '../../core/host/hostLedger.ts';
import { vouchForHost } from '../../core/host/signHost.ts';
import { readContent } from '../../core/kinds/content.ts';
import type { EvmPin, Trust } from '../../core/trust/trust.ts';
import { findAnvil } from '../ledger/findAnvil.ts';
import { startLyingNode, type Lie } from '../ledger/lyingNode.fixture.ts';
import { startLedger, type Ledger } from '../ledger/startLedger.ts';
import type { Identity } from './identity.ts';
import { fundAccount } from './fundAccount.ts';
import { openHost, type OpenHost } from './openHost.ts';
import { openRegistries, type Registries } from './openRegistries.ts';
import { openP256Key } from './p256Key.ts';

const closers: (() => Promise<unknown>)[] = [];
const anvil = await findAnvil().catch(() => undefined);
if (anvil === undefined) console.warn('No anvil: hosts on a ledger are not tested.');

let folder: string;
let ledger: Ledger;
let registries: Registries;
let validatorRegistries: Registries;
let validator: Identity;
let host: OpenHost;
let trust: Trust;
let pin: EvmPin;
/** Block before the host has anchored any list. */
let early: number;

type Issued = Awaited<ReturnType<OpenHost['agent']['attest']>> & { readonly vouched: JsonObject };

beforeAll(async () => {
  if (anvil === undefined) return;
  folder = await mkdtemp(join(tmpdir(), 'affidavit-registries-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  ledger = await startLedger({ folder: join(folder, 'ledger'), validators: 1 });
  closers.push(() => ledger.stop());
  const didRegistry = await ledger.deploy(didRegistryBytecode);
  const revocationRegistry = await ledger.deploy(revocationRegistryBytecode);
  const addresses = { rpc: ledger.rpc, didRegistry, revocationRegistry };
  registries = await openRegistries(join(folder, 'host'), addresses);
  validatorRegistries = await openRegistries(join(folder, 'validator'), addresses);
  await fundAccount(ledger, registries.address);
  await fundAccount(ledger, validatorRegistries.address);
  host = await openHost({
    folder: join(folder, 'host'),
    operator: 'tests',
    didMethod: 'ethr',
    limits: {},
    lifetime: 3_600_000,
    ledger: registries,
    onTrouble: (words) => expect.unreachable(words),
  });
  closers.push(() => host.close());
  early = ledger.height;
  validator = await validatorRegistries.identity(await openP256Key(join(folder, 'validator'), 'validator-key'));
  pin = ledger.pin({ DidRegistry: didRegistry, RevocationRegistry: revocationRegistry });
  const { tpm, environment } = host.description;
  trust = {
    evm: [pin],
    nitro: { roots: [environment.rootPem ?? ''] },
    tpm: { attestationKeys: [tpm.attestationKey] },
    hosts: [
      {
        name: 'hosts',
        threshold: 1,
        validators: [{ did: validator.did }],
        measurements: [{ pcrs: environment.pcrs as Readonly<Record<string, string>> }],
      },
    ],
  };
}, 600_000);
afterAll(async () => {
  for (const close of closers.toReversed()) await close();
});

async function issue(): Promise<Issued> {
  const issued = await host.agent.attest({ nonce: 'A'.repeat(43) });
  const at = Math.floor(Date.now() / 1000) * 1000;
  const vouched = await vouchForHost(issued.credential, validator.signer, {
    id: `urn:uuid:${crypto.randomUUID()}`,
    at,
  });
  return { ...issued, vouched };
}

/** Codes of what does not pass, with how. */
async function judged(
  { vouched, files }: Issued,
  list: JsonObject,
  { later = 0, ledgers }: { readonly later?: number; readonly ledgers?: readonly HostLedger[] } = {},
): Promise<string[]> {
  const read = ledgers ?? [await readHostLedger({ pin })];
  const companions = [
    ...files.map(({ name, bytes }) => readContent(name, fromBase64(bytes))),
    readContent('list.json', utf8(JSON.stringify(list))),
  ];
  const context = { trust, now: timeWith(Date.now(), read) + later, companions, host: { ledgers: read } };
  const { checks, count } = await judgeHost(JSON.stringify(vouched), context);
  const counted = count?.proofs.filter(({ state }) => state === 'host' || state === 'counted') ?? [];
  expect(counted.every(({ key }) => key?.origin === 'ledger')).toBe(true);
  // This host meets nobody a second time.
  const decisive = checks.filter(({ code }) => code !== 'HOST_DRIFT');
  return decisive.flatMap(({ code, status }) => (status === 'pass' ? [] : [`${code} ${status}`]));
}

const untilAfter = async ({ head }: HostLedger) => delay(Math.max(0, ((head?.timestamp ?? 0) + 1) * 1000 - Date.now()));

describe.skipIf(anvil === undefined)('a host and a validator whose keys and status list stand on a ledger', () => {
  test('all of it holds, from proofs; a list is good for its lifetime, and a ledger that nobody shows says nothing', async () => {
    const [issued, list] = [await issue(), await host.agent.statusList()];
    expect(host.agent.did).toBe(`did:ethr:0x${ledger.chainId.toString(16)}:${registries.address}`);
    expect(await judged(issued, list)).toEqual([]);
    expect(await judged(issued, list, { later: 11 * 60_000 })).toEqual(['HOST_STATUS unknown']);
    const gone = { ...trust, evm: [{ ...pin, rpc: ['http://127.0.0.1:9'] }] };
    const ledgers = await readLedgers(gone, { now: Date.now() });
    const open = ['HOST_PROOF', 'HOST_THRESHOLD', 'HOST_STATUS', 'HOST_REVOKED'].map((code) => `${code} unknown`);
    expect(await judged(issued, list, { ledgers })).toEqual(open);
    // A list that its keeper never anchored, signed all the same.
    const foreign = { ...list, validUntil: new Date(Date.now() + 86_400_000).toISOString() };
    expect(await judged(issued, foreign)).toEqual(['HOST_STATUS unknown']);
  });

  test('a node that lies about it makes nothing good', async () => {
    const [issued, list] = [await issue(), await host.agent.statusList()];
    const node = await startLyingNode({ upstream: ledger.rpc, lies: [], head: early });
    closers.push(() => node.close());
    const open = ['HOST_PROOF', 'HOST_THRESHOLD', 'HOST_STATUS', 'HOST_REVOKED'].map((code) => `${code} unknown`);
    const lies: readonly Lie[] = ['drops events', 'hides blooms', 'changes events', 'forges seals', 'swaps proofs'];
    for (const lie of lies) {
      node.lies.clear();
      node.lies.add(lie);
      const ledgers = await readLedgers({ evm: [{ ...pin, rpc: [node.rpc] }] }, { now: Date.now() });
      expect([lie, await judged(issued, list, { ledgers })]).toEqual([lie, open]);
    }
    node.lies.clear();
    node.lies.add('replays an old head');
    const old = await readLedgers({ evm: [{ ...pin, rpc: [node.rpc] }] }, { now: Date.now() });
    const found = await judged(issued, list, { ledgers: old });
    expect(found).toContain('HOST_STATUS unknown');
    const aged = [{ ...pin, rpc: [node.rpc], maximumAge: 30 }];
    const stale = await readLedgers({ evm: aged }, { now: Date.now() + 60_000 });
    expect(await judged(issued, list, { ledgers: stale })).toEqual(open);
  });

  test('a credential taken back on the ledger, one in the list, a list that is not the newest', async () => {
    const [one, other, list] = [await issue(), await issue(), await host.agent.statusList()];
    await registries.revoke(`0x${hostDigest(one.credential)}`);
    expect(await judged(one, list)).toEqual(['HOST_REVOKED fail']);
    expect(await judged(other, list)).toEqual([]);
    await host.agent.revoke(hostDigest(other.credential));
    expect(await judged(other, list)).toEqual(['HOST_STATUS unknown']);
    expect(await judged(other, await host.agent.statusList())).toEqual(['HOST_STATUS fail']);
  });

  test('a list is anchored however long ago the last block was', async () => {
    const { head } = await readHostLedger({ pin });
    await delay(Math.max(0, ((head?.timestamp ?? 0) + 3) * 1000 - Date.now()));
    // More than a minute after the last block, but not after the next one: as lists of now are on a ledger that stands still.
    const validFrom = new Date(((head?.timestamp ?? 0) + 61) * 1000).toISOString();
    await registries.anchorList({ ...(await host.agent.statusList()), id: 'https://hosts.example/later', validFrom });
    await expect(
      registries.anchorList({ ...(await host.agent.statusList()), validFrom: '2099-01-01T00:00:00Z' }),
    ).rejects.toThrow('reverted');
  });

  test('a key counts for what it signed while the registry had it', async () => {
    const before = await issue();
    const key = privateKeyToAccount((await readFile(join(folder, 'validator', 'account-key'), 'utf8')) as Hex);
    const { compressed } = await openP256Key(join(folder, 'validator'), 'validator-key');
    const args = [validatorRegistries.address, stringToHex(p256Attribute, { size: 32 }), toHex0x(compressed)] as const;
    const wallet = createWalletClient({ account: key, transport: http(ledger.rpc) });
    const address = pin.contracts?.['DidRegistry'] as Hex;
    const call = { address, abi: didRegistryAbi as Abi, functionName: 'revokeAttribute', args, chain: null };
    // So that what was signed before is older than the block.
    await delay(1100);
    await ledger.receipt(await wallet.writeContract(call));
    await untilAfter(await readHostLedger({ pin }));
    const list = await host.agent.statusList();
    const after = await issue();
    expect(await judged(before, list)).toEqual([]);
    expect(await judged(after, list)).toEqual(['HOST_THRESHOLD fail']);
  });

  test('a validator that is taken back counts no more; nor does a host that is', async () => {
    // Signed while its key was there.
    const set = await openRegistries(join(folder, 'second'), {
      rpc: ledger.rpc,
      didRegistry: pin.contracts?.['DidRegistry'] as Hex,
      revocationRegistry: pin.contracts?.['RevocationRegistry'] as Hex,
    });
    await fundAccount(ledger, set.address);
    validator = await set.identity(await openP256Key(join(folder, 'second'), 'validator-key'));
    const [entry] = trust.hosts ?? [];
    trust = { ...trust, hosts: [{ ...entry!, validators: [{ did: validator.did }] }] };
    const [issued, list] = [await issue(), await host.agent.statusList()];
    expect(await judged(issued, list)).toEqual([]);
    // A stranger's word about it says nothing.
    await validatorRegistries.revoke(didSubject(validator.did));
    expect(await judged(issued, list)).toEqual([]);
    await set.revoke(didSubject(validator.did));
    expect(await judged(issued, list)).toEqual(['HOST_THRESHOLD fail']);
    await registries.revoke(didSubject(host.agent.did));
    expect(await judged(issued, list)).toEqual(['HOST_THRESHOLD fail', 'HOST_REVOKED fail']);
    expect(readHostCredential(issued.vouched).issuer).toBe(host.agent.did);
  });
});
