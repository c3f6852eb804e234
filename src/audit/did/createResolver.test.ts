import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBase64Url } from '../../core/bytes/base64.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { p256Attribute } from '../../core/did/ethrDocument.ts';
import { webAddress } from '../../core/did/webAddress.ts';
import type { HostLedger } from '../../core/host/hostLedger.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { findKey } from '../../core/vc/proof/findKey.ts';
import { createResolver } from './createResolver.ts';
import { offerDocuments } from './offerDocuments.ts';

const multikey = 'zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169';
const address = `0x${'ab'.repeat(20)}` as const;
const ethr = `did:ethr:0x539:${address}`;
let server: Server;
let web: string;
/** What the server says at each path. */
const pages = new Map<string, { readonly status?: number; readonly location?: string; readonly body: string }>();

beforeAll(async () => {
  server = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    response.writeHead(page?.status ?? (page ? 200 : 404), page?.location ? { Location: page.location } : {});
    response.end(page?.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  web = `did:web:127.0.0.1%3A${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const resolve = (did: string, trust: Trust = {}, ledgers: readonly HostLedger[] = [], options = {}) =>
  createResolver({ trust, ledgers, now: () => 2_000_000 }).resolve(did, options);
const serve = (path: string, body: object, more = {}) => pages.set(path, { body: JSON.stringify(body), ...more });

describe('DIDs behind the interface of did-resolver', () => {
  it('did:key and did:jwk are their own document', async () => {
    const found = await resolve(`did:key:${multikey}`);
    expect(found.didResolutionMetadata).toMatchObject({ origin: 'itself', trusted: true });
    expect(found.didDocument).toMatchObject({
      id: `did:key:${multikey}`,
      assertionMethod: [`did:key:${multikey}#${multikey}`],
    });
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: 'fyNYMN0976ci7xqiSdag3buk-ZCwgXU4kz9XNkBlNUI',
      y: 'hW2ojTNfH7Jbi8--CJUo3OCbH3y5n91g-IMA9MLMbTU',
    };
    const did = `did:jwk:${toBase64Url(utf8(JSON.stringify(jwk)))}`;
    expect((await resolve(did)).didDocument?.verificationMethod).toEqual([
      { id: `${did}#0`, type: 'JsonWebKey', controller: did, publicKeyJwk: jwk },
    ]);
    for (const wrong of ['did:key:z6Mk', 'did:key:y', `did:jwk:${toBase64Url(utf8('{"kty":"EC"}'))}`, 'did:jwk:*']) {
      expect((await resolve(wrong)).didResolutionMetadata.error).toBe('invalidDid');
    }
    expect((await resolve('did:ion:abc')).didResolutionMetadata.error).toBe('unsupportedDidMethod');
  });

  it('did:web is fetched in bounds, labelled where it is this machine’s, and counts only once it is pinned', async () => {
    const method = `${web}#key-1`;
    const document = {
      id: web,
      verificationMethod: [{ id: method, type: 'Multikey', controller: web, publicKeyMultibase: multikey }],
      assertionMethod: [method],
    };
    serve('/.well-known/did.json', document);
    const found = await resolve(web);
    expect(found.didDocument).toEqual(document);
    expect(found.didResolutionMetadata).toMatchObject({ origin: 'fetched', trusted: false, labels: ['development'] });
    const [offer] = await offerDocuments([web, `did:key:${multikey}`], { trust: {}, now: () => 0 });
    expect(offer).toMatchObject({ did: web, labels: ['development'], document, pins: { dids: { [web]: document } } });
    const at = 1000;
    expect(findKey(method, 'assertionMethod', at, { trust: {}, beside: [] })).toMatchObject({ missing: true });
    const pinned = offer?.pins ?? {};
    expect(findKey(method, 'assertionMethod', at, { trust: pinned, beside: [] })).toMatchObject({ origin: 'pinned' });
    // What is pinned counts before what the server says now.
    serve('/.well-known/did.json', { ...document, assertionMethod: [] });
    expect((await resolve(web, pinned)).didDocument).toEqual(document);
    expect(await offerDocuments([web], { trust: pinned, now: () => 0 })).toEqual([]);
  });

  it('did:web: another’s document, a redirect, too much, no JSON, nothing: not found, in words', async () => {
    const at = (name: string) => `${web}:${name}`;
    serve('/other/did.json', { id: web });
    serve('/moved/did.json', { id: at('moved') }, { status: 302, location: '/moved2/did.json' });
    serve('/moved2/did.json', { id: at('moved') });
    serve('/long/did.json', { id: at('long'), text: 'x'.repeat(300_000) });
    pages.set('/text/did.json', { body: 'hello' });
    serve('/error/did.json', { id: at('error') }, { status: 500 });
    const said: Record<string, RegExp> = {
      other: /another DID/,
      moved: /does not answer/,
      long: /longer than/,
      text: /has no document/,
      error: /answers with 500/,
      nobody: /answers with 404/,
    };
    for (const [name, words] of Object.entries(said)) {
      const { didDocument, didResolutionMetadata } = await resolve(at(name));
      expect([name, didDocument, didResolutionMetadata.error]).toEqual([name, null, 'notFound']);
      expect(didResolutionMetadata['message']).toMatch(words);
    }
  });

  it('did:web addresses: https but for this machine, nothing that climbs', () => {
    expect(webAddress('did:web:example.com')).toEqual({
      url: 'https://example.com/.well-known/did.json',
      isDevelopment: false,
    });
    expect(webAddress('did:web:example.com%3A8443:a:b')?.url).toBe('https://example.com:8443/a/b/did.json');
    expect(webAddress('did:web:localhost%3A1')).toEqual({
      url: 'http://localhost:1/.well-known/did.json',
      isDevelopment: true,
    });
    expect(webAddress('did:web:localhost.example')?.isDevelopment).toBe(false);
    for (const wrong of [
      'did:web:',
      'did:web:a:..',
      'did:web:a:%2e%2e',
      'did:web:a:b%2Fc',
      'did:web:a/b',
      'did:web:a@b',
    ]) {
      expect(webAddress(wrong)).toBeUndefined();
    }
  });

  it('did:ethr is what its ledger proves, at the time that is asked for', async () => {
    const set = {
      chainId: 0x539,
      contract: address,
      block: 1,
      timestamp: 1000,
      logIndex: 0,
      identity: address,
      what: 'attribute',
      name: p256Attribute,
      value: '0x037f235830dd3defa722ef1aa249d6a0ddbba4f990b0817538933f573640653542',
      validTo: 5000,
    } as const;
    const ledger: HostLedger = {
      chainId: 0x539,
      checks: [{ code: 'EVM_SEALS', status: 'pass' }],
      head: { number: 1, hash: `0x${'00'.repeat(32)}`, timestamp: 1000 },
      hasDids: true,
      hasRevocations: false,
      dids: [set],
      revocations: [],
      lists: [],
    };
    const keys = async (options: object, given = ledger) =>
      (await resolve(ethr, {}, [given], options)).didDocument?.assertionMethod?.length;
    expect(await keys({})).toBe(2);
    expect(await keys({ versionTime: new Date(999_000).toISOString() })).toBe(1);
    expect(await keys({ versionTime: new Date(5_000_000).toISOString() })).toBe(1);
    expect(await keys({}, { ...ledger, checks: [{ code: 'EVM_COMPLETE', status: 'unknown' }] })).toBeUndefined();
    expect((await resolve(ethr)).didResolutionMetadata.error).toBe('notFound');
  });
});
