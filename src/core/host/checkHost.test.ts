import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { canonicalJson } from '../bytes/jcs.ts';
import type { JsonObject } from '../bytes/json.ts';
import { readContent, type Content } from '../kinds/content.ts';
import { isObject } from '../vc/credential.ts';
import { addJcsProof } from '../vc/proof/jcsProof.ts';
import { makeProof } from '../vc/proof/signProof.fixture.ts';
import { hostDigest } from './hostCredential.ts';
import type { HostDetails } from './details.ts';
import type { HostGiven } from './hostLedger.ts';
import { moment } from './hostValues.ts';
import {
  hostSigner,
  hostTime,
  judgeMade,
  listPlace,
  makeHost,
  makeList,
  nextId,
  nonce,
  proofSigner,
  seconds,
  states,
  strangerSigner,
  told,
  validatorSigners,
  vouched,
  type MadeHost,
} from './host.fixture.ts';

const [v0, v1, v2, v3, v4, v5] = validatorSigners as [
  typeof hostSigner,
  typeof hostSigner,
  typeof hostSigner,
  typeof hostSigner,
  typeof hostSigner,
  typeof hostSigner,
];
let host: MadeHost;
let right: JsonObject;

beforeAll(async () => {
  host = await makeHost();
  right = await vouched(host.json, [v0, v2, v3]);
}, 600_000);

const proofs = (json: JsonObject): JsonObject[] => (json['proof'] as JsonObject[]).filter(isObject);
const withProofs = (json: JsonObject, list: readonly unknown[]): JsonObject => ({ ...json, proof: list as never });
const replaced = (name: string, ...bytes: Uint8Array[]): MadeHost => ({
  ...host,
  companions: [
    ...host.companions.filter((content) => content.name !== name),
    ...bytes.map((each) => readContent(name, each)),
  ],
});
const file = (json: JsonObject, name = 'former.json'): Content => readContent(name, utf8(JSON.stringify(json)));
const proofBy = (
  signer: typeof hostSigner,
  json: JsonObject,
  previous: readonly string[],
  more: JsonObject = {},
  id = nextId(),
  at = hostTime - 40_000,
) => addJcsProof(json, proofSigner(signer), { id, created: moment(seconds(at)), previous, more });
const hostId = (json: JsonObject): string => String(proofs(json)[0]?.['id']);

describe('a host’s credential', () => {
  it('is verified with the threshold met, in fan-out and in a chain', async () => {
    const report = await judgeMade(host, right, { given: { nonce } });
    expect(told(report)).toEqual([]);
    expect(report.kind).toBe('vc');
    expect(report.verdict).toBe('verified');
    const details = report.details as HostDetails;
    expect(details.seats.map(({ state }) => state)).toEqual(['counted', 'counted', 'counted', 'silent', 'silent']);
    expect(details).toMatchObject({ counted: 3, threshold: 3, policy: 'runtimes' });
    const chain = await vouched(host.json, [v0, v1, v2], 'chain');
    expect(told(await judgeMade(host, chain))).toEqual([]);
  });

  it('HOST_THRESHOLD: one validator less', async () => {
    expect(told(await judgeMade(host, withProofs(right, proofs(right).slice(0, 3))))).toEqual(['HOST_THRESHOLD fail']);
  });

  it('a broken link of a chain takes what stands on it', async () => {
    const [own, first, ...rest] = proofs(await vouched(host.json, [v0, v1, v2, v4], 'chain'));
    const broken = withProofs(host.json, [own, { ...first, created: '2026-03-01T11:59:30Z' }, ...rest]);
    const report = await judgeMade(host, broken);
    expect(told(report)).toEqual(['HOST_THRESHOLD fail']);
    expect(states(report)).toEqual(['invalid', 'invalid', 'invalid', 'invalid']);
  });
});

describe('who counts', () => {
  const count = async (json: JsonObject, trust = host.trust) => {
    const report = await judgeMade({ ...host, trust }, json);
    return [states(report), told(report)] as const;
  };

  it('is not a stranger, however many', async () => {
    const json = await vouched(await vouched(host.json, [v0, v1]), [strangerSigner, v5]);
    expect(await count(json)).toEqual([['counted', 'counted', 'stranger', 'stranger'], ['HOST_THRESHOLD fail']]);
  });

  it('is one DID once, one key once, one identifier once', async () => {
    const twice = await vouched(await vouched(host.json, [v0, v1]), [v0]);
    expect(await count(twice)).toEqual([['counted', 'counted', 'duplicate-did'], ['HOST_THRESHOLD fail']]);
    // The same key by another DID: a document that the client pinned lists the key of the first validator.
    const alias = 'did:web:alias.example';
    const key = v0.did.slice('did:key:'.length);
    const document = {
      id: alias,
      verificationMethod: [{ id: `${alias}#1`, type: 'Multikey', controller: alias, publicKeyMultibase: key }],
      assertionMethod: [`${alias}#1`],
    };
    const [policy] = host.trust.hosts ?? [];
    const trust = {
      ...host.trust,
      dids: { [alias]: document },
      hosts: [{ ...policy!, validators: [...policy!.validators, { did: alias }] }],
    };
    const both = await vouched(await vouched(host.json, [v0, v1]), [{ ...v0, method: `${alias}#1` }]);
    expect(await count(both, trust)).toEqual([['counted', 'counted', 'duplicate-key'], ['HOST_THRESHOLD fail']]);
    const id = nextId();
    const first = await proofBy(v0, await vouched(host.json, [v2]), [hostId(host.json)], {}, id);
    const second = await proofBy(v1, first, [hostId(host.json)], {}, id);
    expect(await count(second)).toEqual([['counted', 'counted', 'duplicate-id'], ['HOST_THRESHOLD fail']]);
  });

  it('is not the host itself, selected or by another name', async () => {
    const alias = 'did:web:friend.example';
    const key = hostSigner.did.slice('did:key:'.length);
    const document = {
      id: alias,
      verificationMethod: [{ id: `${alias}#1`, type: 'Multikey', controller: alias, publicKeyMultibase: key }],
      assertionMethod: [`${alias}#1`],
    };
    const [policy] = host.trust.hosts ?? [];
    const trust = {
      ...host.trust,
      dids: { [alias]: document },
      hosts: [{ ...policy!, validators: [...policy!.validators, { did: alias }] }],
    };
    const json = await vouched(await vouched(host.json, [v0, v1]), [{ ...hostSigner, method: `${alias}#1` }]);
    expect(await count(json, trust)).toEqual([['counted', 'counted', 'host-key'], ['HOST_THRESHOLD fail']]);
  });

  it('covers the host’s own proof, and names nothing that is not there', async () => {
    const two = await vouched(host.json, [v0, v1]);
    const bare = await proofBy(v2, two, []);
    expect(await count(bare)).toEqual([['counted', 'counted', 'uncovered'], ['HOST_THRESHOLD fail']]);
    const other = await vouched(two, [v2, v4], 'chain');
    const [own, a, b, , last] = proofs(other);
    expect(await count(withProofs(other, [own, a, b, last]))).toEqual([
      ['counted', 'counted', 'dangling'],
      ['HOST_THRESHOLD fail'],
    ]);
  });

  it('is in no circle', async () => {
    const two = await vouched(host.json, [v0, v1]);
    const [one, other] = [nextId(), nextId()];
    const proof = proofs(await vouched(host.json, [v2]))[1] as JsonObject;
    const circle = [
      { ...proof, id: one, previousProof: other },
      { ...proof, id: other, previousProof: one, verificationMethod: v4.method },
    ];
    const found = await count(withProofs(two, [...proofs(two), ...circle]));
    expect(found).toEqual([['counted', 'counted', 'cyclic', 'cyclic'], ['HOST_THRESHOLD fail']]);
  });

  it('had a key that could assert then', async () => {
    const did = 'did:web:validator.example';
    const key = v5.did.slice('did:key:'.length);
    const [policy] = host.trust.hosts ?? [];
    const trustWith = (more: object, assertionMethod = [`${did}#1`]) => ({
      ...host.trust,
      dids: {
        [did]: {
          id: did,
          verificationMethod: [{ id: `${did}#1`, type: 'Multikey', controller: did, publicKeyMultibase: key, ...more }],
          assertionMethod,
        },
      },
      hosts: [{ ...policy!, validators: [...policy!.validators, { did }] }],
    });
    const json = await vouched(await vouched(host.json, [v0, v1]), [{ ...v5, method: `${did}#1` }]);
    expect((await count(json, trustWith({})))[1]).toEqual([]);
    const revoked = moment(seconds(hostTime - 45_000));
    expect(await count(json, trustWith({ revoked }))).toEqual([
      ['counted', 'counted', 'unauthorised'],
      ['HOST_THRESHOLD fail'],
    ]);
    expect((await count(json, trustWith({}, [])))[0]).toEqual(['counted', 'counted', 'unauthorised']);
    // Unpinned, its document is nobody's word: open, and the threshold with it.
    const { dids: _, ...rest } = trustWith({});
    expect(await count(json, rest as never)).toEqual([['counted', 'counted', 'open'], ['HOST_THRESHOLD unknown']]);
  });

  it('signed after the host and not in the future', async () => {
    const two = await vouched(host.json, [v0, v1]);
    for (const at of [hostTime - 400_000, hostTime + 300_000]) {
      const json = await proofBy(v2, two, [hostId(two)], {}, nextId(), at);
      expect(await count(json)).toEqual([['counted', 'counted', 'untimely'], ['HOST_THRESHOLD fail']]);
    }
  });

  it('may sign by other suites', async () => {
    const two = await vouched(host.json, [v0, v1]);
    const [own] = proofs(two) as [JsonObject];
    for (const [suite, signer] of [
      ['eddsa-jcs-2022', v3],
      ['ecdsa-rdfc-2019', v4],
      ['eddsa-rdfc-2022', v3],
    ] as const) {
      const proof = await makeProof(
        two,
        suite,
        signer,
        { id: nextId(), created: moment(seconds(hostTime - 40_000)), previousProof: String(own['id']) },
        [own],
      );
      expect(await count(withProofs(two, [...proofs(two), proof])), suite).toEqual([
        ['counted', 'counted', 'counted'],
        [],
      ]);
    }
  });

  it('is not changed by junk that strangers add', async () => {
    const [own, first] = proofs(right) as [JsonObject, JsonObject];
    const junk = {
      type: 'DataIntegrityProof',
      cryptosuite: 'ecdsa-jcs-2019',
      proofValue: 'z1',
      proofPurpose: 'assertionMethod',
    };
    const heaps: readonly unknown[][] = [
      [{ ...junk, verificationMethod: strangerSigner.method }],
      [{ ...junk, id: own['id'], verificationMethod: hostSigner.method }],
      [{ ...junk, id: own['id'], verificationMethod: v0.method, previousProof: first['id'] }],
      [{ ...junk, id: first['id'], verificationMethod: v0.method, previousProof: own['id'] }],
      [{ ...own, proofValue: first['proofValue'] }],
      ['text', 7, null, []],
      Array.from({ length: 100 }, () => ({ ...junk, id: own['id'], verificationMethod: strangerSigner.method })).slice(
        0,
        60,
      ),
    ];
    for (const heap of heaps) {
      for (const list of [
        [...heap, ...proofs(right)],
        [...proofs(right), ...heap],
      ]) {
        const report = await judgeMade(host, withProofs(right, list));
        expect(told(report), JSON.stringify(heap).slice(0, 200)).toEqual([]);
      }
    }
  });
});

describe('each promise', () => {
  it('HOST_FORM: another member, another context, another subject', async () => {
    const subject = right['credentialSubject'] as JsonObject;
    for (const json of [
      { ...right, name: 'x' },
      { ...right, '@context': ['https://www.w3.org/ns/credentials/v2'] },
      { ...right, credentialSubject: { ...subject, id: strangerSigner.did } },
      { ...right, credentialSubject: { ...subject, nonce: 'AAAA' } },
      { ...right, validUntil: right['validFrom'] as string },
    ]) {
      expect(told(await judgeMade(host, json))[0]).toBe('HOST_FORM fail');
    }
  });

  it('HOST_PROOF: a claim changed after the host signed', async () => {
    const runtime = { ...host.subject.runtime, memoryMiB: 1024 };
    const json = {
      ...right,
      credentialSubject: {
        ...(right['credentialSubject'] as JsonObject),
        runtime: { ...runtime, network: [...runtime.network], devices: [...runtime.devices] },
      },
    };
    expect(told(await judgeMade(host, json))).toContain('HOST_PROOF fail');
    expect(told(await judgeMade(host, withProofs(right, proofs(right).slice(1))))).toContain('HOST_PROOF fail');
  });

  it('HOST_TIME, HOST_NONCE', async () => {
    const list = utf8(JSON.stringify(await makeList(hostTime, undefined, hostSigner, hostTime + 6_000_000)));
    const late = await judgeMade(replaced('list.json', list), right, { at: hostTime + 700_000 });
    expect(told(late)).toEqual(['HOST_TIME fail']);
    expect(told(await judgeMade(host, right, { given: { nonce: 'A'.repeat(43) } }))).toEqual(['HOST_NONCE fail']);
  });

  it('HOST_STATUS: set, stale, missing, unsigned, of a stranger', async () => {
    const judged = async (...lists: JsonObject[]) =>
      told(await judgeMade(replaced('list.json', ...lists.map((list) => utf8(JSON.stringify(list)))), right));
    expect(await judged(await makeList(hostTime, listPlace))).toEqual(['HOST_STATUS fail']);
    expect(await judged(await makeList(hostTime, listPlace ^ 7))).toEqual([]);
    expect(await judged()).toEqual(['HOST_STATUS unknown']);
    expect(await judged(await makeList(hostTime, undefined, hostSigner, hostTime - 1000))).toEqual([
      'HOST_STATUS unknown',
    ]);
    expect(await judged(await makeList(hostTime, undefined, strangerSigner))).toEqual(['HOST_STATUS unknown']);
    const { proof: _, ...unsigned } = await makeList();
    expect(await judged(unsigned)).toEqual(['HOST_STATUS unknown']);
    // A selected validator may keep the list too.
    expect(await judged(await makeList(hostTime, undefined, v1))).toEqual([]);
  });

  it('HOST_EVIDENCE: a document that is missing, another’s, of another subject', async () => {
    expect(told(await judgeMade(replaced('document.bin'), right))).toEqual(
      ['HOST_EVIDENCE unknown', 'HOST_MEASUREMENT pass'].slice(0, 1),
    );
    const { nitro: _, ...without } = host.trust;
    expect(told(await judgeMade({ ...host, trust: without }, right))).toContain('HOST_EVIDENCE fail');
    // The document is bound to the subject: one for another memory size does not fit.
    const other = await makeHost({ runtime: { ...host.subject.runtime, memoryMiB: 1024 } });
    const lying = await makeHost();
    const evidence = other.subject.evidence;
    const json = {
      ...lying.json,
      credentialSubject: { ...(lying.json['credentialSubject'] as JsonObject), evidence: evidence as never },
    };
    const report = await judgeMade(
      { ...lying, companions: [...lying.companions, ...other.companions.slice(0, 1)] },
      json,
    );
    expect(JSON.stringify(report.checks)).toContain('"HOST_BINDING","status":"fail"');
  });

  it('HOST_MEASUREMENT: nothing pinned, something else pinned; global pins do not speak for a host', async () => {
    const [policy] = host.trust.hosts ?? [];
    const { measurements, ...bare } = policy!;
    const zeros = { pcrs: { '0': '11'.repeat(48), '1': '22'.repeat(48), '2': '33'.repeat(48) } };
    const trust = { ...host.trust, nitro: { ...host.trust.nitro, measurements: [measurements![0] as never] } };
    expect(told(await judgeMade({ ...host, trust: { ...trust, hosts: [bare] } }, right))).toEqual([
      'HOST_MEASUREMENT unknown',
    ]);
    const other = { ...trust, hosts: [{ ...bare, measurements: [zeros] }] };
    expect(told(await judgeMade({ ...host, trust: other }, right))).toEqual(['HOST_MEASUREMENT fail']);
  });

  it('HOST_BOOT, HOST_TPM: a log that gives something else, a quote over something else, no key', async () => {
    expect(told(await judgeMade(replaced('log.bin'), right))).toContain('HOST_BOOT unknown');
    const wrong = await makeHost({ measuredBoot: { ...host.subject.measuredBoot, digest: '77'.repeat(32) } });
    const json = await vouched(wrong.json, [v0, v1, v2]);
    expect(told(await judgeMade(wrong, json)).sort()).toEqual(['HOST_BOOT fail', 'HOST_TPM fail']);
    const { tpm: _, ...keyless } = host.trust;
    expect(told(await judgeMade({ ...host, trust: keyless }, right))).toEqual(['HOST_TPM unknown']);
    const absent = await makeHost({ tpm: { status: 'absent' } });
    expect(told(await judgeMade(absent, await vouched(absent.json, [v0, v1, v2])))).toEqual([]);
    const soft = await makeHost({ tpm: { status: 'software' } });
    expect((await judgeMade(soft, await vouched(soft.json, [v0, v1, v2]))).labels).toContain('simulated');
  });

  it('no policy for it: undetermined', async () => {
    const { hosts: _, ...rest } = host.trust;
    const report = await judgeMade({ ...host, trust: rest }, right);
    expect(told(report)).toEqual(['HOST_VALIDATORS unknown', 'HOST_THRESHOLD unknown', 'HOST_MEASUREMENT unknown']);
    const other = { ...host.trust, hosts: [{ ...host.trust.hosts![0]!, name: strangerSigner.did }] };
    expect(told(await judgeMade({ ...host, trust: other }, right))).toContain('HOST_THRESHOLD unknown');
  });
});

describe('over time', () => {
  it('HOST_DRIFT names the fields that changed since the first and the last accepted state', async () => {
    const previous = hostDigest(right);
    const same = await makeHost({ previous });
    const sameJson = await vouched(same.json, [v0, v1, v2]);
    const beside = (made: MadeHost, ...more: Content[]) => ({ ...made, companions: [...made.companions, ...more] });
    expect(told(await judgeMade(same, sameJson))).toEqual(['HOST_DRIFT unknown']);
    expect(told(await judgeMade(beside(same, file(right)), sameJson))).toEqual([]);
    // Accepted a moment ago, it has not changed since.
    const now = hostDigest(sameJson);
    const given0: HostGiven = { accepted: { first: now, last: now } };
    expect(told(await judgeMade(same, sameJson, { given: given0 }))).toEqual([]);
    // As canonical JSON its type stands behind its proofs, however many they are.
    const whole = await vouched(host.json, validatorSigners, 'chain');
    const canonical = readContent('former.json', utf8(canonicalJson(whole)));
    expect(canonical.text?.indexOf('"HostAttestation"')).toBeGreaterThan(4096);
    expect(told(await judgeMade(beside(same, canonical), sameJson))).toEqual([]);
    // A state for which too few had vouched was not accepted.
    expect(told(await judgeMade(beside(same, file(host.json)), sameJson))).toEqual(['HOST_DRIFT unknown']);
    const drifted = await makeHost({ previous, runtime: { ...host.subject.runtime, network: ['allow all'] } });
    const driftedJson = await vouched(drifted.json, [v0, v1, v2]);
    const report = await judgeMade(beside(drifted, file(right)), driftedJson);
    expect(told(report)).toEqual(['HOST_DRIFT fail']);
    expect(report.checks.find(({ code }) => code === 'HOST_DRIFT')?.params?.['fields']).toBe('runtime.network');
    // Drift in small steps: the last state was as this one, the first was not.
    const third = await makeHost({ previous: hostDigest(driftedJson), runtime: drifted.subject.runtime });
    const thirdJson = await vouched(third.json, [v0, v1, v2]);
    const given: HostGiven = { accepted: { first: previous, last: hostDigest(driftedJson) } };
    const small = await judgeMade(beside(third, file(right), file(driftedJson)), thirdJson, { given });
    expect(told(small)).toEqual(['HOST_DRIFT fail']);
  });
});
