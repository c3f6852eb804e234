import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { toBase64Url } from '../../bytes/base64.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { readContent } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import { kinds } from '../../kinds/registry.ts';
import type { Trust } from '../../trust/trust.ts';
import { walk } from '../../verdict/check.ts';
import { sentence } from '../../verdict/messages.ts';
import { makeProof, makeSigner, unsigned } from '../proof/signProof.fixture.ts';
import { didDocumentOf } from './didDocumentOf.ts';
import { verifiableMessages } from './messages.en.ts';

const issuer = makeSigner('P-256', 1);
const stranger = makeSigner('P-256', 2);
const now = Date.parse('2025-06-01T00:00:00Z');
const address = 'https://issuer.example/status/3';
const pinned: Trust = {
  dids: { [issuer.did]: didDocumentOf({ controller: issuer.did, method: issuer.method }) as JsonObject },
};
const file = (name: string, json: JsonObject) => readContent(name, new TextEncoder().encode(JSON.stringify(json)));

async function sign(body: JsonObject, signer = issuer): Promise<JsonObject> {
  return { ...body, proof: await makeProof(body, 'ecdsa-jcs-2019', signer) };
}

const place = 94_567;
const body: JsonObject = {
  ...unsigned,
  issuer: issuer.did,
  credentialStatus: {
    id: `${address}#${place}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(place),
    statusListCredential: address,
  },
};

/** A list with one bit set, the most significant of a byte being the first (Bitstring Status List §3.1). */
function listBody(bit?: number, more: JsonObject = {}, subject: JsonObject = {}): JsonObject {
  const bits = new Uint8Array(16_384);
  if (bit !== undefined) bits[bit >> 3] = 0x80 >> (bit & 7);
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: address,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: issuer.did,
    validFrom: '2025-05-31T00:00:00Z',
    validUntil: '2025-06-02T00:00:00Z',
    ...more,
    credentialSubject: {
      id: `${address}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: `u${toBase64Url(new Uint8Array(gzipSync(bits)))}`,
      ...subject,
    },
  };
}

let right: JsonObject;
beforeAll(async () => {
  right = await sign(body);
});

async function judged(document: JsonObject, list?: JsonObject, trust = pinned): Promise<Report> {
  const companions = list ? [file('list.json', list)] : [];
  return judge(file('credential.json', document), { trust, companions, now }, kinds);
}
const told = ({ checks }: Report): string[] =>
  [...walk(checks)].flatMap(({ code, status }) => (status === 'pass' ? [] : [`${code} ${status}`]));

describe('a credential', () => {
  it('of a pinned issuer with a fresh signed list is verified', async () => {
    const report = await judged(right, await sign(listBody()));
    expect(report.kind).toBe('vc');
    expect(told(report)).toEqual([]);
    expect(report.verdict).toBe('verified');
  });

  it('is rejected where its very bit is set, and not for its neighbours', async () => {
    expect(told(await judged(right, await sign(listBody(place))))).toEqual(['CERT_REVOCATION fail']);
    for (const near of [place - 1, place + 1, (place & ~7) + 7 - (place & 7)]) {
      if (near !== place) expect(told(await judged(right, await sign(listBody(near))))).toEqual([]);
    }
  });

  it('is taken back by a list that another signed, or in a way not known here, only where the issuer’s own says nothing', async () => {
    const unknownWay = { type: 'DataIntegrityProof', cryptosuite: 'of-later-years', proofValue: 'z1' };
    const named = {
      created: '2025-05-31T00:00:00Z',
      proofPurpose: 'assertionMethod',
      verificationMethod: issuer.method,
    };
    const others = [
      await sign(listBody(place, { issuer: stranger.did }), stranger),
      { ...listBody(place), proof: { ...unknownWay, ...named } },
    ];
    for (const [index, other] of others.entries()) {
      expect([index, told(await judged(right, other))]).toEqual([index, ['CERT_REVOCATION fail']]);
      const companions = [file('other.json', other), file('own.json', await sign(listBody()))];
      const report = await judge(file('credential.json', right), { trust: pinned, companions, now }, kinds);
      expect([index, told(report)]).toEqual([index, []]);
    }
    const junk = [
      listBody(place),
      await sign(listBody(place), stranger),
      { ...(await sign(listBody())), ...listBody(place) },
    ];
    for (const [index, list] of junk.entries())
      expect([index, told(await judged(right, list))]).toEqual([index, ['CERT_REVOCATION unknown']]);
  });

  it('is never good by a list that is missing, unsigned, a stranger’s, stale, early, short or for something else', async () => {
    const open = ['CERT_REVOCATION unknown'];
    const lists: readonly (JsonObject | undefined)[] = [
      undefined,
      listBody(),
      await sign(listBody(), stranger),
      await sign(listBody(undefined, { issuer: stranger.did }), stranger),
      await sign(listBody(undefined, { validUntil: '2025-05-31T12:00:00Z' })),
      await sign(listBody(undefined, { validFrom: '2025-06-02T00:00:00Z' })),
      await sign(listBody(undefined, {}, { ttl: 3_600_000 })),
      await sign(listBody(undefined, {}, { statusPurpose: 'suspension' })),
      await sign(
        listBody(undefined, {}, { encodedList: `u${toBase64Url(new Uint8Array(gzipSync(new Uint8Array(64))))}` }),
      ),
      { ...(await sign(listBody())), name: 'changed' },
    ];
    for (const [index, list] of lists.entries())
      expect([index, told(await judged(right, list))]).toEqual([index, open]);
  });

  it('is nobody’s word while its issuer is not pinned, and the key is offered', async () => {
    const report = await judged(right, await sign(listBody()), {});
    expect(told(report)).toEqual(['CERT_ISSUER unknown']);
    expect(report.details).toMatchObject({ offered: pinned });
  });

  it('signed by a stranger in the issuer’s name is rejected', async () => {
    expect(told(await judged(await sign(body, stranger), await sign(listBody())))).toEqual(['CERT_ISSUER fail']);
  });

  it('without a proof, past its time, or with a second meaning of its words is told as such', async () => {
    expect(told(await judged(body, await sign(listBody())))).toEqual([
      'CERT_UNSIGNED unknown',
      'CERT_COVERAGE unknown',
      'CERT_ISSUER fail',
    ]);
    const late = await sign({ ...body, validUntil: '2025-05-01T00:00:00Z' });
    expect(told(await judged(late, await sign(listBody())))).toEqual(['CERT_TIME fail']);
    const own = { '@context': [...(body['@context'] as string[]), { name: 'https://example.org/other' }] };
    expect(told(await judged(await sign({ ...body, ...own }), await sign(listBody())))).toEqual(['CERT_CONTEXT fail']);
    const other = { '@context': ['https://example.org/only', ...(body['@context'] as string[])] };
    expect(told(await judged(await sign({ ...body, ...other }), await sign(listBody())))).toContain(
      'CERT_CONTEXT fail',
    );
  });

  it('has words for every outcome', async () => {
    for (const report of [
      await judged(right, await sign(listBody())),
      await judged(right, await sign(listBody(place)), {}),
      await judged({ ...body, issuer: 5 }),
      await judged({ ...right, proof: [right['proof'] as JsonObject, 7] }),
    ]) {
      for (const each of walk(report.checks))
        expect(sentence(each, verifiableMessages)).not.toMatch(/^[A-Z_0-9]+$|\{\w+\}/);
    }
  });
});
