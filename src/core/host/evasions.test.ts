import { beforeAll, describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import type { JsonObject } from '../bytes/json.ts';
import { ethrDid } from '../did/didChange.ts';
import { ownDocument } from '../did/ownDocument.ts';
import { signers } from '../evm/evm.fixture.ts';
import { toHex0x, type Hex } from '../evm/hex.ts';
import { makeContractLedger, word } from '../evm/ledgerProof/contractLedger.fixture.ts';
import { readContent, type Content } from '../kinds/content.ts';
import { judge } from '../kinds/judge.ts';
import { kinds } from '../kinds/registry.ts';
import type { EvmPin } from '../trust/trust.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { judgeHostProof } from './certificate/hostCertificate.ts';
import { checkRevoked } from './checkRevoked.ts';
import { didSubject } from './controllers.ts';
import { hostDigest, parseHostCredential, type HostCredential } from './hostCredential.ts';
import {
  hostSigner,
  hostTime,
  judgeMade,
  listPlace,
  makeHost,
  makeList,
  nextId,
  proofSigner,
  told,
  validatorSigners,
  vouched,
  type MadeHost,
} from './host.fixture.ts';
import { signHost } from './signHost.ts';
import type { HostLedger } from './hostLedger.ts';
import { revocationSlot } from './revocationSlot.ts';

/** Ways round the checks of a host: each made what did not hold look as if it did, or the other way round. */
let host: MadeHost;
let right: JsonObject;
const three = validatorSigners.slice(0, 3);

beforeAll(async () => {
  host = await makeHost();
  right = await vouched(host.json, three);
}, 600_000);

const file = (json: JsonObject, name = 'list.json'): Content => readContent(name, utf8(JSON.stringify(json)));

/** As writers begin one: with bytes that are no text. */
const pdf = (text: string): Uint8Array =>
  concatBytes(
    Uint8Array.of(...utf8('%PDF-1.7\n%'), 0xe2, 0xe3, 0xcf, 0xd3),
    utf8(`\n1 0 obj\n<</Type/EmbeddedFile/Length ${utf8(text).length}>>\nstream\n${text}\nendstream\nendobj\n`),
  );

describe('a host’s credential without a single validator', () => {
  const text = (): string => JSON.stringify(host.json);
  it.each<[string, () => Uint8Array]>([
    ['with an escape in the word that says what it is', () => utf8(text().replace('HostAtt', 'Host\\u0041tt'))],
    ['with more white space behind it than is read of one', () => utf8(text() + ' '.repeat(1024 * 1024))],
    ['attached to a PDF', () => pdf(text())],
  ])('is judged as a host’s %s', async (_, bytes) => {
    // Its own key is pinned, as for the judge of other credentials.
    const trust = { ...host.trust, dids: { [hostSigner.did]: ownDocument(hostSigner.did) as JsonObject } };
    const { checks, verdict } = await judge(readContent('x', bytes()), { trust, now: hostTime, companions: [] }, kinds);
    expect(checks[0]?.code).toBe('HOST_FORM');
    expect(verdict).not.toBe('verified');
  });
});

describe('a status list', () => {
  const judged = async (...lists: JsonObject[]) => {
    const others = host.companions.filter(({ name }) => name !== 'list.json');
    return told(await judgeMade({ ...host, companions: [...lists.map((list) => file(list)), ...others] }, right));
  };

  it('that is older hides nothing, wherever it stands', async () => {
    const [older, newer] = [await makeList(hostTime - 1000), await makeList(hostTime + 9000, listPlace)];
    expect(await judged(older, newer)).toEqual(['HOST_STATUS fail']);
    expect(await judged(newer, older)).toEqual(['HOST_STATUS fail']);
    expect(await judged(older)).toEqual([]);
  });

  it('that nobody signed, or that is of a later time, takes nobody’s place', async () => {
    const [own, { proof: _, ...junk }] = [await makeList(), await makeList(hostTime + 1000, listPlace)];
    expect(await judged(junk, own)).toEqual([]);
    expect(await judged(junk)).toEqual(['HOST_STATUS unknown']);
    expect(await judged(await makeList(hostTime + 90_000, listPlace), own)).toEqual([]);
  });
});

describe('what stands behind a word', () => {
  it('a pinned measured boot counts only where a TPM vouches for it', async () => {
    const [policy] = host.trust.hosts ?? [];
    const onlyBoot = { hosts: [{ ...policy!, measurements: policy!.measurements!.slice(1) }] };
    expect(told(await judgeMade({ ...host, trust: { ...host.trust, ...onlyBoot } }, right))).toEqual([]);
    const bare = await makeHost({ tpm: { status: 'absent' } });
    const json = await vouched(bare.json, three);
    expect(told(await judgeMade({ ...bare, trust: { ...bare.trust, ...onlyBoot } }, json))).toEqual([
      'HOST_MEASUREMENT unknown',
    ]);
  });

  it('a proof of the host’s from the future is none, and moves no certificate’s time', async () => {
    const late = await signHost(host.json, proofSigner(hostSigner), { id: nextId(), at: hostTime + 400_000 });
    const credential = await vouched(late, three);
    const context = { trust: host.trust, now: hostTime, companions: [] };
    const { count } = await judgeHostProof({ credential, files: host.companions }, context);
    expect(count?.proofs.map(({ state }) => state)).toEqual(['host', 'untimely', 'counted', 'counted', 'counted']);
    expect(count?.latest).toBeLessThan(hostTime);
    const { proof: _, ...bare } = host.json;
    const only = await signHost(bare, proofSigner(hostSigner), { id: nextId(), at: hostTime + 400_000 });
    expect(told(await judgeMade(host, only))).toContain('HOST_PROOF fail');
  });

  it('a ledger that could not be proven may have left out that a validator took back its word', async () => {
    const [first] = three;
    const account = `0x${'ab'.repeat(20)}`;
    const document = ownDocument(first!.did) as JsonObject & { verificationMethod: JsonObject[] };
    const owner = { id: `${first!.did}#owner`, controller: first!.did, blockchainAccountId: `eip155:7:${account}` };
    const pinned = { ...document, verificationMethod: [...document.verificationMethod, owner] };
    const trust = { ...host.trust, dids: { [first!.did]: pinned } };
    const ledger: HostLedger = {
      chainId: 7,
      checks: [{ code: 'EVM_COMPLETE', status: 'pass' }],
      head: { number: 9, hash: `0x${'00'.repeat(32)}`, timestamp: hostTime / 1000 },
      hasDids: false,
      hasRevocations: true,
      dids: [],
      revocations: [],
      lists: [],
    };
    const judged = async (status: 'pass' | 'unknown' | 'fail') => {
      const ledgers = [{ ...ledger, checks: [{ code: 'EVM_COMPLETE' as const, status }] }];
      return told(await judgeMade({ ...host, trust }, right, { given: { ledgers } }));
    };
    // The list is not anchored here: that is open by itself.
    expect(await judged('pass')).toEqual(['HOST_STATUS unknown']);
    expect(await judged('fail')).toEqual(['HOST_THRESHOLD unknown', 'HOST_STATUS unknown']);
    expect(await judged('unknown')).toEqual(['HOST_THRESHOLD unknown', 'HOST_STATUS unknown']);
  });

  describe('HOST_REVOKED, of the registry’s proven storage', () => {
    const address: Hex = `0x${'ab'.repeat(20)}`;
    const contract: Hex = `0x${'c0'.repeat(20)}`;
    const did = ethrDid({ chainId: 77, address });
    const time = Math.floor(hostTime / 1000) - 60;
    const validators = signers.slice(0, 4).map((signer) => signer.address);
    const pin: EvmPin = { chainId: 77, consensus: 'qbft', validators, contracts: { RevocationRegistry: contract } };
    const credentialOf = (): HostCredential => ({ ...parseHostCredential(JSON.stringify(host.json)), issuer: did });
    const slots = () =>
      [didSubject(did), `0x${hostDigest(credentialOf().json)}` as Hex].map((each) => revocationSlot(each, address));

    async function state(
      blocks: number,
      revoked?: number,
      { chainId = 77, age = 0, shown = 2 } = {},
    ): Promise<Content> {
      const said = Array.from({ length: blocks }, (_, at) => ({ logs: [], time: time - age + at }));
      const kept = revoked === undefined ? [] : [[slots()[revoked] as Hex, word([1n, 8])] as const];
      const ledger = await makeContractLedger({ contract, codeHash: `0x${'11'.repeat(32)}`, slots: kept, said });
      const headers = ledger.blocks.slice(-1).map(({ rlp }) => toHex0x(rlp));
      const accountProof = await ledger.prove(slots().slice(0, shown));
      return file({ accountProof, affidavit: 'evm-block/1', chainId, consensus: 'qbft', headers });
    }
    const judged = async (companions: Content[], evm: readonly EvmPin[] = [pin]) =>
      (await checkRevoked(credentialOf(), { trust: { evm }, now: hostTime, companions }, hostTime))?.status;

    it('of two states the newer counts, wherever it stands', async () => {
      const [before, after] = [await state(1), await state(3, 0)];
      expect(await judged([before])).toBe('pass');
      expect(await judged([before, after])).toBe('fail');
      expect(await judged([after, before])).toBe('fail');
      // Taken back, and put in force again since.
      expect(await judged([await state(1, 0), await state(3)])).toBe('pass');
    });

    it('the host and its credential are asked about', async () => {
      expect(await judged([await state(1, 1)])).toBe('fail');
      expect(await judged([await state(1, undefined, { shown: 1 })])).toBe('unknown');
      expect(await judged([await state(1, 0, { shown: 1 })])).toBe('fail');
      expect(await judged([])).toBe('unknown');
    });

    it('a state that others sealed, of another ledger or registry, or too old, says nothing', async () => {
      const own = await state(1);
      const others = signers.slice(4, 8).map((signer) => signer.address);
      const { contracts: _, ...bare } = pin;
      expect(others.length).toBeGreaterThan(0);
      expect(await judged([own], [{ ...pin, validators: others }])).toBe('unknown');
      expect(await judged([own], [{ ...pin, contracts: { RevocationRegistry: address } }])).toBe('unknown');
      expect(await judged([own], [bare])).toBe('unknown');
      expect(await judged([own], [{ ...pin, chainId: 78 }])).toBe('unknown');
      const elsewhere = await state(1, undefined, { chainId: 78 });
      expect(await judged([elsewhere], [pin, { ...pin, chainId: 78 }])).toBe('unknown');
      expect(await judged([await state(1, undefined, { age: 3600 })])).toBe('unknown');
    });
  });
});

describe('a form that says one thing twice, or nothing,', () => {
  const subjectWith = (change: JsonObject): JsonObject => ({
    ...host.json,
    credentialSubject: { ...(host.json['credentialSubject'] as JsonObject), ...change },
  });
  const runtime = { memoryMiB: 512, vcpus: 2, network: ['deny all'], devices: ['virtio-blk'] };
  const document = { kind: 'nitro', digest: 'ab'.repeat(32) };
  it.each<[string, JsonObject]>([
    ['one document of the environment twice', { evidence: [document, { ...document, kind: 'tpm' }] }],
    ['a rule of the network twice', { runtime: { ...runtime, network: ['deny all', 'deny all'] } }],
    ['a device twice', { runtime: { ...runtime, devices: ['a', 'a'] } }],
    ['no memory', { runtime: { ...runtime, memoryMiB: 0 } }],
    ['half a processor', { runtime: { ...runtime, vcpus: 0.5 } }],
    ['processors in words', { runtime: { ...runtime, vcpus: '2' } }],
    ['a quote of a TPM that is absent', { tpm: { status: 'absent', quote: 'ab'.repeat(32) } }],
    ['a digest of an algorithm of every object', { measuredBoot: { algorithm: 'constructor', digest: '' } }],
    ['a digest of other length', { measuredBoot: { algorithm: 'sha384', digest: 'ab'.repeat(32) } }],
    ['a name of nothing', { hypervisor: { name: '', version: '1' } }],
  ])('is none: %s', (_, change) => {
    expect(() => parseHostCredential(JSON.stringify(host.json))).not.toThrow();
    expect(() => parseHostCredential(JSON.stringify(subjectWith(change)))).toThrow(FormatError);
  });

  it.each<[string, JsonObject['x']]>([
    ['no entry of a list', []],
    ['nine entries', Array.from({ length: 9 }, () => ({}))],
    ['an entry of another purpose', [{ type: 'BitstringStatusListEntry', statusPurpose: 'message' }]],
  ])('is none: %s', (_, credentialStatus) => {
    expect(() => parseHostCredential(JSON.stringify({ ...host.json, credentialStatus }))).toThrow(FormatError);
  });
});
