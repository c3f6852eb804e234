import { p256 } from '@noble/curves/nist.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { toBase64Url } from '../bytes/base64.ts';
import { utf8 } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';
import { p256Attribute } from '../did/ethrDocument.ts';
import { readMultikey } from '../vc/proof/key.ts';
import { makeSigner } from '../vc/proof/signProof.fixture.ts';
import {
  hostTime,
  judgeMade,
  makeHost,
  states,
  subjectOf,
  told,
  validatorSigners,
  vouched,
  type MadeHost,
} from './host.fixture.ts';
import type { HostLedger } from './hostLedger.ts';

const [v0, v1] = validatorSigners as [ReturnType<typeof makeSigner>, ReturnType<typeof makeSigner>];
let host: MadeHost;

beforeAll(async () => {
  host = await makeHost();
}, 600_000);

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

  it('validators count under any method of DID; one key under several names counts once', async () => {
    const value = `0x${toHex(readMultikey(key.did.slice(8)).bytes)}` as const;
    const validity = { timestamp: hostTime / 1000 - 5000, validTo: hostTime / 1000 + 5000 };
    const set = {
      ...at,
      ...validity,
      block: 1,
      identity: address,
      what: 'attribute',
      name: p256Attribute,
      value,
    } as const;
    const [policy] = host.trust.hosts ?? [];
    const web = 'did:web:validator.example';
    const method = `${web}#one`;
    const entry = { id: method, type: 'Multikey', controller: web, publicKeyMultibase: v0.did.slice(8) };
    const jwk = jwkDid(v1.did);
    const named = { ethr: did, web, jwk, key: validatorSigners[2]!.did };
    const trust = {
      ...host.trust,
      dids: { [web]: { id: web, verificationMethod: [entry], assertionMethod: [method] } },
      hosts: [{ ...policy!, threshold: 4, validators: Object.values(named).map((each) => ({ did: each })) }],
    };
    const signers = [
      { ...key, method: `${did}#delegate-1` },
      { ...v0, method },
      { ...v1, method: `${jwk}#0` },
      validatorSigners[2]!,
    ];
    const ledgers = [ledgerOf({ dids: [set] })];
    const judged = async (signed: typeof signers, dids: readonly string[]) => {
      const selected = { ...trust, hosts: [{ ...trust.hosts[0]!, validators: dids.map((each) => ({ did: each })) }] };
      const json = await vouched(host.json, signed);
      const report = await judgeMade({ ...host, trust: selected }, json, { given: { ledgers } });
      return [states(report), told(report).filter((each) => !each.startsWith('HOST_STATUS'))];
    };
    expect(await judged(signers, Object.values(named))).toEqual([Array(4).fill('counted'), []]);
    // The key of the ledger's validator under three other names: as itself, as JSON, and pinned for an address.
    const again = jwkDid(key.did);
    const same = [...signers.slice(0, 3), key, { ...key, method: `${again}#0` }];
    expect(await judged(same, [did, web, jwk, key.did, again])).toEqual([
      ['counted', 'counted', 'counted', 'duplicate-key', 'duplicate-key'],
      ['HOST_THRESHOLD fail'],
    ]);
    // A document that a server gave and nobody pinned says nothing.
    const unpinned = { ...trust, dids: {} };
    const open = await judgeMade({ ...host, trust: unpinned }, await vouched(host.json, signers), {
      given: { ledgers },
    });
    expect(told(open)[0]).toBe('HOST_THRESHOLD unknown');
  });
});

/** The same key as `did:jwk`. */
function jwkDid(did: string): string {
  const point = p256.Point.fromBytes(readMultikey(did.slice(8)).bytes).toBytes(false);
  const [x, y] = [toBase64Url(point.slice(1, 33)), toBase64Url(point.slice(33))];
  return `did:jwk:${toBase64Url(utf8(JSON.stringify({ kty: 'EC', crv: 'P-256', x, y })))}`;
}
