import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { findKey } from './findKey.ts';
import { readJwk, readMultikey } from './key.ts';
import { makeProof, makeSigner, noFiles, unsigned, unsignedV1 } from './signProof.fixture.ts';
import { verifyProofs, type ProofContext, type VerifiedProof } from './verifyProofs.ts';

const at = Date.parse('2025-06-01T00:00:00Z');
const open: ProofContext = { trust: {}, beside: [], source: noFiles, at };
const verify = (document: JsonObject, more: Partial<ProofContext> = {}) => verifyProofs(document, { ...open, ...more });
const states = (proofs: readonly VerifiedProof[]): string[] => proofs.map(({ status }) => status);
const reason = ({ signature }: VerifiedProof): string => String(signature.params?.['reason'] ?? '');

const suites = [
  ['eddsa-jcs-2022', 'Ed25519'],
  ['eddsa-rdfc-2022', 'Ed25519'],
  ['ecdsa-jcs-2019', 'P-256'],
  ['ecdsa-jcs-2019', 'P-384'],
  ['ecdsa-rdfc-2019', 'P-256'],
  ['ecdsa-rdfc-2019', 'P-384'],
  ['ecdsa-sd-2023', 'P-256'],
  ['EcdsaSecp256k1Signature2019', 'secp256k1'],
] as const;

describe.each(suites)('%s with %s', (suite, curve) => {
  const signer = makeSigner(curve);
  const body = suite === 'EcdsaSecp256k1Signature2019' ? unsignedV1 : unsigned;
  const signed = async (more: JsonObject = {}): Promise<JsonObject> => ({
    ...body,
    proof: await makeProof(body, suite, signer, more),
  });

  it('holds, and says who signed what', async () => {
    const [proof] = await verify(await signed({ id: 'urn:a' }));
    expect(proof).toMatchObject({
      index: 0,
      id: 'urn:a',
      suite,
      status: 'pass',
      controller: signer.did,
      method: signer.method,
      covers: suite === 'ecdsa-sd-2023' ? 'issued' : 'document',
      previous: [],
      key: { curve, origin: 'itself' },
    });
  });

  it('fails with a claim, an option or the value changed, or another key', async () => {
    const document = await signed();
    const proof = document['proof'] as JsonObject;
    const member = 'jws' in proof ? 'jws' : 'proofValue';
    const value = String(proof[member]);
    const last = value.at(-9) === 'A' ? 'B' : 'A';
    const wrong: readonly JsonObject[] = [
      { ...document, credentialSubject: { id: 'did:example:other' } },
      { ...document, issuer: 'did:example:other' },
      { ...document, proof: { ...proof, created: '2025-02-02T00:00:00Z' } },
      { ...document, proof: { ...proof, [member]: `${value.slice(0, -9)}${last}${value.slice(-8)}` } },
      { ...document, proof: { ...proof, [member]: value.slice(0, -12) } },
      { ...document, proof: { ...proof, verificationMethod: makeSigner(curve, 3).method } },
    ];
    for (const each of wrong) expect(states(await verify(each))).toEqual(['fail']);
  });

  it('fails where it has expired, or was made for another purpose; with a key of another curve', async () => {
    expect(states(await verify(await signed({ expires: '2025-05-01T00:00:00Z' })))).toEqual(['fail']);
    expect(states(await verify(await signed({ expires: '2025-07-01T00:00:00Z' })))).toEqual(['pass']);
    expect(states(await verify(await signed({ proofPurpose: 'authentication' })))).toEqual(['fail']);
    const other = makeSigner(curve === 'Ed25519' ? 'P-256' : 'Ed25519');
    expect(states(await verify(await signed({ verificationMethod: other.method })))).toEqual(['fail']);
  });
});

it('the older suite is refused where no context maps what it says of itself: that would not be signed', async () => {
  const signer = makeSigner('secp256k1');
  const proof = await makeProof(unsigned, 'EcdsaSecp256k1Signature2019', signer);
  const [found] = await verify({ ...unsigned, proof });
  expect(found).toMatchObject({ status: 'fail' });
});

describe('proofs on top of others', () => {
  const [a, b, c] = [1, 2, 3].map((seed) => makeSigner('P-256', seed)) as [
    ReturnType<typeof makeSigner>,
    ReturnType<typeof makeSigner>,
    ReturnType<typeof makeSigner>,
  ];
  async function chain(suite = 'ecdsa-jcs-2019'): Promise<JsonObject[]> {
    const first = await makeProof(unsigned, suite, a, { id: 'urn:1' });
    const second = await makeProof(unsigned, suite, b, { id: 'urn:2', previousProof: 'urn:1' }, [first]);
    const third = await makeProof(unsigned, suite, c, { id: 'urn:3', previousProof: ['urn:2', 'urn:1'] }, [
      second,
      first,
    ]);
    return [first, second, third];
  }

  it.each(['ecdsa-jcs-2019', 'ecdsa-rdfc-2019'])('hold in any order of the list (%s)', async (suite) => {
    const proofs = await chain(suite);
    const found = await verify({ ...unsigned, proof: proofs });
    expect(states(found)).toEqual(['pass', 'pass', 'pass']);
    expect(found.map(({ previous }) => previous)).toEqual([[], [0], [1, 0]]);
    expect(states(await verify({ ...unsigned, proof: proofs.toReversed() }))).toEqual(['pass', 'pass', 'pass']);
  });

  it('cover what they build on: one proof exchanged or gone breaks what stands on it, and nothing else', async () => {
    const [first, second, third] = (await chain()) as [JsonObject, JsonObject, JsonObject];
    const again = await makeProof(unsigned, 'ecdsa-jcs-2019', c, { id: 'urn:1' });
    expect(states(await verify({ ...unsigned, proof: [again, second, third] }))).toEqual(['pass', 'fail', 'fail']);
    expect(states(await verify({ ...unsigned, proof: [first, third] }))).toEqual(['pass', 'fail']);
    expect(states(await verify({ ...unsigned, proof: [first, second] }))).toEqual(['pass', 'pass']);
    // One that holds by itself is worth no more than what it stands on.
    const bad = { ...first, expires: '2025-03-01T00:00:00Z' };
    const onBad = await makeProof(unsigned, 'ecdsa-jcs-2019', b, { id: 'urn:2', previousProof: 'urn:1' }, [bad]);
    const found = await verify({ ...unsigned, proof: [bad, onBad] });
    expect(found[1]).toMatchObject({ signature: { status: 'pass' }, chain: { status: 'fail' }, status: 'fail' });
  });

  it('are refused with identifiers that two have, that nobody has, or that lead in a circle', async () => {
    const [first, second] = (await chain()) as [JsonObject, JsonObject];
    const twice = await verify({ ...unsigned, proof: [first, first, second] });
    expect(reason(twice[2] as VerifiedProof)).toContain('Two proofs');
    const round = await verify({ ...unsigned, proof: [{ ...first, previousProof: 'urn:2' }, second] });
    expect(round.map(reason)).toEqual(['It builds on itself.', 'It builds on itself.']);
    const none = await verify({ ...unsigned, proof: [first, { ...second, previousProof: 'urn:9' }] });
    expect(reason(none[1] as VerifiedProof)).toContain('not there');
    const empty = await verify({ ...unsigned, proof: [{ ...first, previousProof: [] }] });
    expect(states(empty)).toEqual(['fail']);
  });

  it('an unknown suite is open, and so is what stands on it', async () => {
    const first = { type: 'Strange2040', id: 'urn:1', verificationMethod: a.method, proofPurpose: 'assertionMethod' };
    const second = await makeProof(unsigned, 'ecdsa-jcs-2019', b, { previousProof: 'urn:1' }, [first]);
    const found = await verify({ ...unsigned, proof: [first, second] });
    expect(found.map(({ status, signature }) => [status, signature.status])).toEqual([
      ['unknown', 'unknown'],
      ['unknown', 'pass'],
    ]);
  });
});

describe('keys', () => {
  const signer = makeSigner('P-256');
  const did = 'did:web:host.example';
  const method = { id: '#k', type: 'Multikey', controller: did, publicKeyMultibase: signer.did.slice(8) };
  const document: JsonObject = { id: did, verificationMethod: [method], assertionMethod: ['#k'] };
  const find = (pinned: JsonObject, time = at) =>
    findKey(`${did}#k`, 'assertionMethod', time, { trust: { dids: { [did]: pinned } }, beside: [] });

  it('of a pinned document count for what it allows, while it allows it', () => {
    expect(find(document)).toMatchObject({ origin: 'pinned', controller: did });
    const entry = (more: JsonObject): JsonObject => ({ ...document, verificationMethod: [{ ...method, ...more }] });
    expect(find({ ...document, assertionMethod: [] })).toMatchObject({ missing: false });
    expect(find({ id: did, verificationMethod: [method] })).toMatchObject({ missing: false });
    expect(find(entry({ revoked: '2025-05-01T00:00:00Z' }))).toMatchObject({ missing: false });
    expect(find(entry({ revoked: '2025-05-01T00:00:00Z' }), at - 100 * 86_400_000)).toMatchObject({ origin: 'pinned' });
    expect(find(entry({ expires: '2025-05-01T00:00:00Z' }))).toMatchObject({ missing: false });
    expect(find(entry({ controller: 'did:web:other.example' }))).toMatchObject({ missing: false });
    expect(find(entry({ id: '#other' }))).toMatchObject({ missing: false });
  });

  it('of a file beside are found, and said to be from there; a pinned document counts before it', () => {
    const beside = [document];
    expect(findKey(`${did}#k`, 'assertionMethod', at, { trust: {}, beside })).toMatchObject({ origin: 'beside' });
    const pinned = { ...document, assertionMethod: [] };
    expect(findKey(`${did}#k`, 'assertionMethod', at, { trust: { dids: { [did]: pinned } }, beside })).toMatchObject({
      missing: false,
    });
    // A pinned did:key whose owner gave it up is given up.
    const own = { id: signer.did, assertionMethod: [] };
    expect(
      findKey(signer.method, 'assertionMethod', at, { trust: { dids: { [signer.did]: own } }, beside: [] }),
    ).toMatchObject({ missing: false });
  });

  it('have one thumbprint however they are written, and only points are keys', () => {
    // RFC 8037, appendix A.3.
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
    expect(readJwk(jwk).thumbprint).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
    expect(() => readJwk({ ...jwk, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' })).toThrow(/private/);
    expect(() => readJwk({ kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) })).toThrow(FormatError);
    expect(() => readMultikey('z6MkAAAA')).toThrow(FormatError);
  });
});

it('nothing that is edited at random holds or throws', { timeout: 600_000 }, async () => {
  const document = { ...unsigned, proof: await makeProof(unsigned, 'ecdsa-jcs-2019', makeSigner('P-256')) };
  const json = JSON.stringify(document);
  await fc.assert(
    fc.asyncProperty(fc.nat(json.length - 1), fc.string({ minLength: 1, maxLength: 2 }), async (place, text) => {
      let edited: JsonObject;
      try {
        edited = JSON.parse(json.slice(0, place) + text + json.slice(place + 1)) as JsonObject;
      } catch {
        return;
      }
      if (JSON.stringify(edited) === json || typeof edited['proof'] !== 'object') return;
      expect(states(await verify(edited))).not.toContain('pass');
    }),
    { numRuns: 40 },
  );
});
