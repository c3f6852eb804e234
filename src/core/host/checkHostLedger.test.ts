import { beforeAll, describe, expect, it } from 'vitest';
import { makeSigner } from '../vc/proof/signProof.fixture.ts';
import { hostTime, judgeMade, makeHost, told, validatorSigners, vouched, type MadeHost } from './host.fixture.ts';
import type { HostLedger } from './hostLedger.ts';

const [v0, v1] = validatorSigners as [ReturnType<typeof makeSigner>, ReturnType<typeof makeSigner>];
let host: MadeHost;

beforeAll(async () => {
  host = await makeHost();
}, 60_000);

describe('on a ledger', () => {
  const address = `0x${'ab'.repeat(20)}` as const;
  const did = `did:ethr:0x539:${address}`;
  const key = makeSigner('P-256', 77);
  const at = { chainId: 1337, contract: `0x${'01'.repeat(20)}`, logIndex: 0 } as const;
  const ledgerOf = (more: Partial<HostLedger> = {}): HostLedger => ({
    chainId: 1337,
    checks: [{ code: 'EVM_SEALS', status: 'pass' }],
    head: { number: 9, hash: `0x${'00'.repeat(32)}`, timestamp: hostTime / 1000 },
    hasDids: true,
    hasRevocations: true,
    dids: [],
    revocations: [],
    lists: [],
    ...more,
  });

  it('a validator’s key counts while the registry has it', async () => {
    const { p256Attribute } = await import('../did/ethrDocument.ts');
    const { readMultikey } = await import('../vc/proof/key.ts');
    const { toHex } = await import('../bytes/hex.ts');
    const value = `0x${toHex(readMultikey(key.did.slice(8)).bytes)}` as const;
    const set = {
      ...at,
      block: 1,
      timestamp: hostTime / 1000 - 5000,
      identity: address,
      what: 'attribute',
      name: p256Attribute,
      value,
      validTo: hostTime / 1000 + 5000,
    } as const;
    const [policy] = host.trust.hosts ?? [];
    const trust = { ...host.trust, hosts: [{ ...policy!, validators: [...policy!.validators, { did }] }] };
    const json = await vouched(await vouched(host.json, [v0, v1]), [{ ...key, method: `${did}#delegate-1` }]);
    const judged = async (ledger: HostLedger) =>
      told(await judgeMade({ ...host, trust }, json, { given: { ledgers: [ledger] } }));
    // The list is not anchored here: that is open by itself.
    const rest = 'HOST_STATUS unknown';
    expect(await judged(ledgerOf({ dids: [set] }))).toEqual([rest]);
    const early = { ...set, block: 2, timestamp: hostTime / 1000 - 100, validTo: hostTime / 1000 - 100 };
    expect(await judged(ledgerOf({ dids: [set, early] }))).toEqual(['HOST_THRESHOLD fail', rest]);
    // Taken back after it signed: it counted then.
    const late = { ...early, timestamp: hostTime / 1000 - 10, validTo: hostTime / 1000 - 10 };
    expect(await judged(ledgerOf({ dids: [set, late] }))).toEqual([rest]);
    expect(await judged(ledgerOf({ dids: [set], checks: [{ code: 'EVM_COMPLETE', status: 'unknown' }] }))).toEqual([
      'HOST_THRESHOLD unknown',
      rest,
    ]);
    const { subjectOf } = await import('./host.fixture.ts');
    const taken = {
      ...at,
      block: 3,
      timestamp: hostTime / 1000 - 20,
      subject: subjectOf(did),
      by: address,
      isRevoked: true,
    } as const;
    expect(await judged(ledgerOf({ dids: [set], revocations: [taken] }))).toEqual(['HOST_THRESHOLD fail', rest]);
    const stranger = { ...taken, by: `0x${'cd'.repeat(20)}` } as const;
    expect(await judged(ledgerOf({ dids: [set], revocations: [stranger] }))).toEqual([rest]);
    const restored = { ...taken, block: 4, isRevoked: false };
    expect(await judged(ledgerOf({ dids: [set], revocations: [taken, restored] }))).toEqual([rest]);
  });
});
