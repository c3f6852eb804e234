import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hex } from '../evm/hex.ts';
import { utf8 } from '../bytes/bytes.ts';
import { toHex0x } from '../evm/hex.ts';
import { ethrDid, parseEthrDid, sameDid, type DidChange } from './didChange.ts';
import { ethrDocument, hostServiceAttribute, keyOfAttribute, p256Attribute } from './ethrDocument.ts';

const identity: Hex = `0x${'ab'.repeat(20)}`;
const other: Hex = `0x${'cd'.repeat(20)}`;
const did = ethrDid({ chainId: 1337, address: identity });
const value: Hex = '0x037f235830dd3defa722ef1aa249d6a0ddbba4f990b0817538933f573640653542';
const base = { chainId: 1337, contract: other, block: 1, logIndex: 0, identity, timestamp: 100 } as const;
const key = { ...base, what: 'attribute', name: p256Attribute, value, validTo: 900 } as const;
const serviceAt = (url: string, timestamp: number, validTo = 900): DidChange => ({
  ...base,
  timestamp,
  what: 'attribute',
  name: hostServiceAttribute,
  value: toHex0x(utf8(url)),
  validTo,
});
const methods = (changes: readonly DidChange[], at: number): unknown => {
  const listed = ethrDocument(did, { changes, at: at * 1000 })?.['assertionMethod'];
  return (listed as string[]).map((id) => id.slice(did.length));
};

describe('the document of a did:ethr', () => {
  it('has a key from its block up to, not with, the second of its end or its taking back', () => {
    expect(methods([key], 99)).toEqual(['#controller']);
    expect(methods([key], 100)).toEqual(['#controller', '#delegate-1']);
    expect(methods([key], 899)).toEqual(['#controller', '#delegate-1']);
    expect(methods([key], 900)).toEqual(['#controller']);
    const taken = { ...key, timestamp: 200, validTo: 0 };
    expect(methods([key, taken], 199)).toEqual(['#controller', '#delegate-1']);
    expect(methods([key, taken], 200)).toEqual(['#controller']);
    // Set anew it is another method, so that what the first one had signed is not its.
    expect(methods([key, taken, { ...key, timestamp: 300 }], 300)).toEqual(['#controller', '#delegate-3']);
  });

  it('is not changed by what is another’s, another ledger’s, or given up', () => {
    expect(
      methods(
        [
          { ...key, identity: other },
          { ...key, chainId: 1 },
        ],
        500,
      ),
    ).toEqual(['#controller']);
    const gone = { ...base, what: 'owner', owner: `0x${'00'.repeat(20)}` } as const;
    expect(methods([key, gone], 500)).toEqual([]);
    const handed = ethrDocument(did, { changes: [{ ...base, what: 'owner', owner: other }], at: 500_000 });
    expect(JSON.stringify(handed)).toContain(`eip155:1337:${other}`);
  });

  it('says where a service answers, by addresses alone', () => {
    const services = (changes: readonly DidChange[]) => ethrDocument(did, { changes, at: 500_000 })?.['service'];
    expect(services([key])).toBeUndefined();
    const moved = [serviceAt('http://a/', 100), serviceAt('https://b/', 200), serviceAt('http://a/', 201, 0)];
    expect(services(moved)).toEqual([{ id: `${did}#service-2`, type: 'AffidavitHost', serviceEndpoint: 'https://b/' }]);
    expect(services([serviceAt('javascript:alert(1)', 100), serviceAt('http://a b', 100)])).toBeUndefined();
  });

  it('names a key once, however its DID is written; a point off the curve is none', () => {
    const document = ethrDocument(did, { changes: [key], at: 500_000 }) ?? {};
    const { multibase = '' } = keyOfAttribute(p256Attribute, value) ?? {};
    expect(document['verificationMethod']).toContainEqual(
      expect.objectContaining({ id: `${did}#delegate-1`, publicKeyMultibase: multibase }),
    );
    expect(keyOfAttribute(p256Attribute, `0x02${'ff'.repeat(32)}`)).toBeUndefined();
    expect(sameDid(`did:ethr:0x539:0x${'AB'.repeat(20)}`)).toBe(did);
    expect(parseEthrDid('did:ethr:0xzz:0x00')).toBeUndefined();
  });

  it('is made of whatever a registry can hold, or there is none', () => {
    const hex = (most: number) => fc.uint8Array({ maxLength: most }).map(toHex0x);
    const common = fc.record({
      chainId: fc.constantFrom(1337, 1),
      contract: fc.constant(other),
      block: fc.nat(),
      timestamp: fc.nat(1000),
      logIndex: fc.nat(9),
      identity: fc.constantFrom(identity, other),
    });
    const names = fc.oneof(
      fc.string({ maxLength: 32 }),
      fc.constantFrom(p256Attribute, 'did/pub/Ed25519/sigAuth/hex', 'did/pub/P384/veriKey/hex', hostServiceAttribute),
    );
    const change = fc.oneof(
      fc.tuple(common, fc.record({ what: fc.constant('owner' as const), owner: hex(20) })),
      fc.tuple(
        common,
        fc.record({ what: fc.constant('delegate' as const), type: names, delegate: hex(20), validTo: fc.nat(2000) }),
      ),
      fc.tuple(
        common,
        fc.record({ what: fc.constant('attribute' as const), name: names, value: hex(80), validTo: fc.nat(2000) }),
      ),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), fc.nat(1_500_000), (parts, at) => {
        const changes = parts.map(([a, b]) => ({ ...a, ...b }) as DidChange);
        const document = ethrDocument(did, { changes, at });
        expect(document?.['id']).toBe(did);
        // What is said later, or of another identity, takes nothing away and adds nothing.
        const heard = changes.filter((each) => each.timestamp * 1000 <= at && each.identity === identity);
        expect(ethrDocument(did, { changes: heard, at })).toEqual(document);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void sameDid(text)));
  });
});
