import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { offerDocuments } from '../../audit/did/offerDocuments.ts';
import { askService } from '../../audit/host/askService.ts';
import { dealImage } from '../../audit/host/dealImage.ts';
import { contentsOf, demandCredential } from '../../audit/host/hostAnswer.ts';
import type { AskedValidator } from '../../audit/host/collectVouches.ts';
import { launchOnHost, type LaunchOrder } from '../../audit/host/launchOnHost.ts';
import { readLedgers } from '../../audit/host/readLedgers.ts';
import { timeWith } from '../../audit/host/timeWith.ts';
import { clientNonce } from '../../audit/host/wire.ts';
import { makeHpkeKey, publicKeyBytes } from '../../audit/hpke/hpke.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toBase64Url } from '../../core/bytes/base64.ts';
import { decodeUtf8, utf8 } from '../../core/bytes/bytes.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { hostDigest } from '../../core/host/hostCredential.ts';
import { spawnService } from '../host/spawnService.ts';
import { freePort } from '../process/port.ts';
import { findAnvil } from '../ledger/findAnvil.ts';
import { helloProgram } from './helloProgram.ts';
import { startHostNetwork } from './host.fixture.ts';

const anvil = await findAnvil().catch(() => undefined);
if (anvil === undefined) console.warn('No anvil: the host and its validators are tested without a ledger.');

let network: Awaited<ReturnType<typeof startHostNetwork>>;
let image: NonNullable<LaunchOrder['image']>;
const servers: Server[] = [];

beforeAll(async () => {
  network = await startHostNetwork(5, 3, anvil !== undefined);
  image = await dealImage({
    program: helloProgram('hello from an image that nobody could open alone\n'),
    threshold: 3,
    validators: network.validators.map(({ url }) => url),
    conditions: { hosts: [network.host.did] },
  });
}, 600_000);
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await network?.stop();
});

function order(more: Partial<LaunchOrder> = {}): LaunchOrder {
  const { host, validators, trust } = network;
  return {
    host: host.url,
    validators: validators.map(({ did, url }) => ({ did, url })),
    trust,
    ledgers: () => readLedgers(trust, { now: Date.now() }),
    mode: 'fan-out',
    patience: 60_000,
    now: Date.now,
    ...more,
  };
}

/** Something that listens there, and answers as it is told, or never. */
async function serve(answer: string | undefined): Promise<string> {
  const server = createServer((_request, response) => void (answer === undefined || response.end(answer)));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a client, a host and five validators', () => {
  test('the threshold is met, the key put together, the image opened and its program run', async () => {
    const launched = await launchOnHost(order({ image }));
    expect(launched.refusal).toBeUndefined();
    expect(launched.result?.end).toEqual({ kind: 'exit', code: 0 });
    expect(decodeUtf8(launched.result?.stdout ?? new Uint8Array())).toBe(
      'hello from an image that nobody could open alone\n',
    );
    expect(launched.count.counted).toBeGreaterThanOrEqual(3);
    if (network.ledger) expect(network.host.did).toMatch(/^did:ethr:0x64ab[0-9a-f]:0x/);
    const methods = network.validators.map(({ did }) => did.split(':')[1]);
    expect(methods).toEqual([network.ledger ? 'ethr' : 'key', 'jwk', 'key', 'key', 'key']);
    expect(launched.credential.subject.tpm.status).toBe('software');
  });

  test('a chain: each proof covers the one before it', async () => {
    const launched = await launchOnHost(order({ image, mode: 'chain' }));
    expect(launched.refusal).toBeUndefined();
    const { proofs } = launched.credential;
    expect(proofs.length).toBe(4);
    for (const [at, proof] of proofs.entries()) expect(proof?.['previousProof']).toBe(proofs[at - 1]?.['id']);
  });

  test('one that never answers, one that is gone and one that answers junk hold up nothing and count for nothing', async () => {
    const real = order().validators;
    const junk = JSON.stringify({ proof: { type: 'DataIntegrityProof', verificationMethod: `${real[1]?.did}#x` } });
    const validators = [
      { did: real[0]?.did ?? '', url: await serve(undefined) },
      { did: real[1]?.did ?? '', url: await serve(junk) },
      ...real.slice(2),
    ];
    const launched = await launchOnHost(order({ image, validators }));
    expect(launched.refusal).toBeUndefined();
    expect(launched.result?.end).toEqual({ kind: 'exit', code: 0 });
    expect(launched.vouched.find(({ did }) => did === real[1]?.did)?.state).not.toBe('vouched');
    expect(launched.credential.proofs.length).toBe(4);
  });

  test('a validator that is a did:web counts once its document is pinned, and no other document than that', async () => {
    const places = ['--trust', network.trustFile, '--operator', 'somebody else', '--region', 'elsewhere'];
    const port = String(await freePort());
    const folder = join(network.folder, 'validator-web');
    const web = await spawnService('validator', folder, [...places, '--did', 'web', '--port', port]);
    try {
      expect(web.did).toBe(`did:web:127.0.0.1%3A${port}`);
      const asked: string[] = [];
      const parts = {
        trust: network.trust,
        now: Date.now,
        fetch: ((url: string, init) => {
          asked.push(url);
          return fetch(url, init);
        }) as typeof fetch,
      };
      const [offer] = await offerDocuments([web.did], parts);
      expect(asked).toEqual([`http://127.0.0.1:${port}/.well-known/did.json`]);
      expect(offer).toMatchObject({ did: web.did, labels: ['development'], document: { id: web.did } });
      const [first, second] = order().validators as [AskedValidator, AskedValidator];
      const [policy] = network.trust.hosts ?? [];
      const validators = [...(policy?.validators ?? []), { did: web.did, operator: 'somebody else' }];
      const launch = (document: JsonObject | undefined) => {
        const hosts = policy ? [{ ...policy, validators }] : [];
        const trust: Trust = { ...network.trust, hosts, ...(document && { dids: { [web.did]: document } }) };
        return launchOnHost(order({ trust, validators: [first, second, { did: web.did, url: web.url }] }));
      };
      const known = await launch(offer?.document);
      expect([known.refusal, known.count.counted]).toEqual([undefined, 3]);
      const unknown = await launch(undefined);
      expect([unknown.refusal, unknown.count.counted]).toEqual([expect.stringContaining('HOST_THRESHOLD'), 2]);
      // Who stands in the way and shows a key of its own gains nothing: the person pinned another.
      const keys = JSON.stringify(offer?.document).replace(
        /z[1-9A-HJ-NP-Za-km-z]{40,}/,
        (network.validators[2]?.did ?? '').slice(8),
      );
      const exchanged = await launch(JSON.parse(keys) as JsonObject);
      expect([exchanged.refusal, exchanged.count.counted]).toEqual([expect.stringContaining('HOST_THRESHOLD'), 2]);
    } finally {
      await web.stop();
    }
  });

  test('too few of them: nothing is opened, and it is said', async () => {
    const validators = order().validators.slice(0, 2);
    const launched = await launchOnHost(order({ image, validators }));
    expect(launched.refusal).toMatch(/HOST_THRESHOLD/);
    expect(launched.result).toBeUndefined();
  });

  test('a validator killed outright says, when it is back, what it has said; and still holds its share', async () => {
    const [pair, salt] = [await makeHpkeKey(), crypto.getRandomValues(new Uint8Array(32))];
    const key = await publicKeyBytes(pair);
    const wanted = { digest: image.description.image, keyCommitment: image.description.keyCommitment };
    const { credential, files } = await demandCredential(network.host.url, clientNonce(key, salt), wanted);
    const client = { key: toBase64Url(key), salt: toBase64Url(salt) };
    const body = { credential: credential.json, files, client };
    // With a key on the ledger, where there is one.
    const before = network.validators[0];
    const said = await askService(`${before?.url}/vouch`, body);
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await before?.exited;
    await network.restartValidator(0);
    const after = network.validators[0];
    expect(after?.did).toBe(before?.did);
    expect(await askService(`${after?.url}/vouch`, body)).toEqual(said);
    // To another client's key it releases nothing for the same credential.
    const other = { ...client, key: toBase64Url(await publicKeyBytes(await makeHpkeKey())) };
    await expect(askService(`${after?.url}/vouch`, { ...body, client: other })).rejects.toThrow(/another client/);
    const launched = await launchOnHost(order({ image, validators: order().validators.slice(0, 3) }));
    expect(launched.refusal).toBeUndefined();
  });

  test('a host that its image’s owner has not named gets no share', async () => {
    const foreign = await dealImage({
      program: utf8('program'),
      threshold: 2,
      validators: network.validators.map(({ url }) => url),
      conditions: { hosts: ['did:key:zOther'] },
    });
    const launched = await launchOnHost(order({ image: foreign }));
    expect(launched.refusal).toBeDefined();
    expect(launched.vouched.map(({ reason }) => reason).join()).toMatch(/owner has not named the host/);
  });

  test('revoked, stale and drifted: refused in words', async () => {
    const answer = await demandCredential(network.host.url, 'B'.repeat(42) + 'A', undefined);
    const token = (
      await readFile(join(network.folder, network.ledger ? 'host-ethr' : 'host', 'operator-token'), 'utf8')
    ).trim();
    const digest = hostDigest(answer.credential.json);
    await expect(askService(`${network.host.url}/revoke`, { digest, token: 'x' })).rejects.toThrow(/operator/);
    await askService(`${network.host.url}/revoke`, { digest, token });
    const { examineHost } = await import('../../audit/host/examineHost.ts');
    const list = await demandCredential(network.host.url, 'C'.repeat(42) + 'A', undefined);
    const files = [...answer.files.filter(({ name }) => name !== 'status-list.json'), list.files.at(-1)].flatMap(
      (file) => file ?? [],
    );
    const ledgers = await readLedgers(network.trust, { now: Date.now() });
    const look = { trust: network.trust, demandsThreshold: false, ledgers, now: timeWith(Date.now(), ledgers) };
    const revoked = await examineHost(answer.credential, contentsOf(files), look);
    expect(revoked.refusal).toMatch(/taken back|revoked/);
    const late = await launchOnHost(order({ now: () => Date.now() + 3_600_000 }));
    expect(late.refusal).toMatch(/until|stale|HOST_TIME/);
    const smaller = await network.startHost(['--memory', '64']);
    expect(smaller.did).toBe(network.host.did);
    const { json } = list.credential;
    const accepted = { first: json, last: json };
    const drifted = await launchOnHost(order({ host: smaller.url, accepted }));
    expect(drifted.refusal).toMatch(/runtime.memoryMiB|measured/i);
    // Another boot than the pinned one, so no validator vouches either.
    expect(drifted.vouched).toEqual([]);
  });
});
