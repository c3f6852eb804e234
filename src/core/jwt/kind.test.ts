import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { sha3Hex } from '../bytes/hash.ts';
import { readContent } from '../kinds/content.ts';
import { judge, type Report } from '../kinds/judge.ts';
import type { Context } from '../kinds/kind.ts';
import { walk } from '../verdict/check.ts';
import { sentence } from '../verdict/messages.ts';
import { developmentKeyThumbprint, jwkThumbprint } from './developmentKey.ts';
import type { JwtDetails } from './details.ts';
import { makeRsaKey, makeToken, part, type TestKey } from './jwt.fixture.ts';
import { jwtKind } from './kind.ts';
import { jwtMessages } from './messages.en.ts';

const issuer = 'https://issuer.example';
const issued = Date.UTC(2026, 2, 1, 12) / 1000;
const now = Date.UTC(2026, 10, 21);
const claims = { iss: issuer, iat: issued, exp: issued + 3600 };

let key: TestKey;
beforeAll(async () => {
  key = await makeRsaKey('a');
});

const token = (payload: unknown = claims, header: unknown = { alg: 'RS256', kid: 'a' }) =>
  makeToken(header, payload, key.sign);

async function check(text: string, more: Partial<Context> = {}): Promise<Report> {
  const trust = { jwks: { keys: [key.jwk] }, issuers: [issuer] };
  const report = await judge(readContent('token.jwt', utf8(text)), { trust, now, companions: [], ...more }, [jwtKind]);
  for (const one of walk(report.checks)) {
    expect(sentence(one, jwtMessages), one.code).not.toMatch(/\{\w+\}/);
    expect(jwtMessages[one.code], one.code).toBeDefined();
    for (const note of one.notes ?? []) expect(jwtMessages[note.code]?.title).toBeDefined();
  }
  return report;
}

const unsettled = ({ checks }: Report) =>
  checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
const notes = ({ checks }: Report) => checks.flatMap((one) => (one.notes ?? []).map(({ code }) => code));

describe('a bare token', () => {
  it('under a pinned key and issuer is verified at its own time', async () => {
    const report = await check(await token());
    expect(report).toMatchObject({
      kind: 'jwt',
      verdict: 'verified',
      timeSource: 'signed',
      at: '2026-03-01T12:00:00Z',
      labels: [],
    });
    expect(report.details as JwtDetails).toMatchObject({
      header: { alg: 'RS256', kid: 'a' },
      issuer,
      issuedAt: '2026-03-01T12:00:00Z',
      expires: '2026-03-01T13:00:00Z',
      notBefore: null,
      kid: 'a',
      thumbprint: await jwkThumbprint(key.jwk),
    });
  });

  it('may stand in a file with white space around it', async () => {
    expect((await check(`  ${await token()}\r\n`)).verdict).toBe('verified');
  });

  it('with nothing pinned is undetermined for key and issuer, and its signature was not checked', async () => {
    const report = await check(await token(), { trust: {} });
    expect([report.verdict, ...unsettled(report)]).toEqual([
      'undetermined',
      'JWT_KEY unknown',
      'JWT_SIGNATURE unknown',
      'JWT_ISSUER unknown',
    ]);
  });

  it('of another or no issuer is undetermined', async () => {
    const other = { trust: { jwks: { keys: [key.jwk] }, issuers: [`${issuer}/`] } };
    expect(unsettled(await check(await token(), other))).toEqual(['JWT_ISSUER unknown']);
    expect(unsettled(await check(await token({ iat: issued })))).toEqual(['JWT_ISSUER unknown']);
    expect(unsettled(await check(await token({ ...claims, iss: [issuer] })))).toEqual(['JWT_ISSUER fail']);
  });

  it.each([
    ['none', { alg: 'none', kid: 'a' }, ['JWT_ALGORITHM fail', 'JWT_KEY unknown', 'JWT_SIGNATURE unknown']],
    [
      'its own key',
      { alg: 'RS256', kid: 'a', jwk: {} },
      ['JWT_HEADER fail', 'JWT_ALGORITHM unknown', 'JWT_KEY unknown', 'JWT_SIGNATURE unknown'],
    ],
  ])('with %s is rejected for exactly that', async (_, header, expected) => {
    const report = await check(await token(claims, header));
    expect([report.verdict, ...unsettled(report)]).toEqual(['rejected', ...expected]);
  });

  it('signed by another key is rejected', async () => {
    const other = await makeRsaKey('a');
    const report = await check(await makeToken({ alg: 'RS256', kid: 'a' }, claims, other.sign));
    expect([report.verdict, ...unsettled(report)]).toEqual(['rejected', 'JWT_SIGNATURE fail']);
    expect(report.labels).toEqual([]);
  });

  it('that cannot be read is rejected for its form, with the rest open', async () => {
    const report = await check(`${await token()}=`);
    expect([report.verdict, ...unsettled(report)]).toEqual([
      'rejected',
      'JWT_FORM fail',
      'JWT_HEADER unknown',
      'JWT_ALGORITHM unknown',
      'JWT_KEY unknown',
      'JWT_SIGNATURE unknown',
      'JWT_ISSUER unknown',
      'JWT_CLAIMS unknown',
      'JWT_TIME unknown',
    ]);
    expect(report.at).toBeNull();
  });

  it('has the checks that were planned', async () => {
    const content = readContent('x', utf8(await token()));
    const context: Context = { trust: {}, now, companions: [] };
    const checker = await jwtKind.load();
    const { checks } = await checker.check(content, context);
    expect(checker.plan(content, context).map(({ code }) => code)).toEqual(checks.map(({ code }) => code));
  });
});

describe('the claims', () => {
  it.each([
    ['sub', 5],
    ['aud', { a: 1 }],
    ['aud', []],
    ['aud', ['a', 5]],
    ['jti', null],
    ['token_use', 'both'],
    ['token_use', ['id']],
  ])('that readers act on are refused in another form: %s of %j', async (claim, value) => {
    const report = await check(await token({ ...claims, [claim]: value }));
    expect([report.verdict, ...unsettled(report)]).toEqual(['rejected', 'JWT_CLAIMS fail']);
    expect(report.checks.find(({ code }) => code === 'JWT_CLAIMS')?.params).toMatchObject({ claim });
  });

  it('say whom the token is for and what for, as a remark', async () => {
    const report = await check(await token({ ...claims, aud: ['one', 'two'], token_use: 'id', sub: 'x', jti: 'y' }));
    expect([report.verdict, notes(report)]).toEqual(['verified', ['JWT_AUDIENCE', 'JWT_TOKEN_USE']]);
  });
});

describe('other forms of the same', () => {
  const parts = async () => (await token()).split('.') as [string, string, string];

  it.each([
    ['flattened', (h: string, p: string, s: string) => ({ protected: h, payload: p, signature: s })],
    ['general', (h: string, p: string, s: string) => ({ payload: p, signatures: [{ protected: h, signature: s }] })],
  ])('are refused in words: the %s JSON serialisation', async (_, form) => {
    const report = await check(JSON.stringify(form(...(await parts()))));
    expect([report.kind, report.verdict, unsettled(report)[0]]).toEqual(['jwt', 'rejected', 'JWT_FORM fail']);
    expect(report.checks[0]?.params?.['reason']).toMatch(/JSON serialisation/);
  });

  it('are refused in words: without signature, encrypted, detached', async () => {
    const [header, payload, signature] = await parts();
    for (const text of [`${header}.${payload}`, `${header}.a.b.c.d`, `${header}.${payload}.${signature}.`]) {
      const report = await check(text);
      expect([report.kind, unsettled(report)[0]]).toEqual(['jwt', 'JWT_FORM fail']);
      expect(report.checks[0]?.params?.['reason']).toMatch(/three parts/);
    }
    expect(unsettled(await check(`${header}..${signature}`))).toContain('JWT_FORM fail');
  });
});

describe('what is explained', () => {
  it('names the three parts in the file and the members in what they hold', async () => {
    const payload =
      '{ "iss": "https:\\/\\/issuer.example", "a\\"b" : [1, "x,}"],"nested":{"exp":1, "ü":"é"} , "iat": 1772366400 }';
    const text = `\n ${await token(payload)}\n`;
    const report = await check(text);
    const { fields, objects, used, offered } = (report.details as JwtDetails).explained;
    const bytes = utf8(text);
    expect(
      fields.map(({ evidence }) =>
        new TextDecoder().decode(bytes.subarray(evidence!.offset, evidence!.offset + evidence!.length)),
      ),
    ).toEqual(text.trim().split('.'));
    const inPayload = fields[1]!.children!.map(({ name, value, evidence }) => {
      const json = objects!.find((object) => sha3Hex(object) === evidence!.digest)!;
      return [
        name,
        value,
        new TextDecoder().decode(json.subarray(evidence!.offset, evidence!.offset + evidence!.length)),
      ];
    });
    expect(inPayload).toEqual([
      ['iss', '"https://issuer.example"', '"iss": "https:\\/\\/issuer.example"'],
      ['a"b', '[1,"x,}"]', '"a\\"b" : [1, "x,}"]'],
      ['nested', '{"exp":1,"ü":"é"}', '"nested":{"exp":1, "ü":"é"}'],
      ['iat', '2026-03-01T12:00:00Z', '"iat": 1772366400'],
    ]);
    expect(used).toEqual({ jwks: { keys: [key.jwk] }, issuers: [issuer] });
    expect(offered).toBeUndefined();
    for (const field of fields.flatMap((each) => [each, ...(each.children ?? [])])) {
      if (field.hint) expect(jwtMessages[field.hint]?.title).toBeDefined();
    }
  });

  it('offers the issuer where it is open, never a key', async () => {
    const explained = async (payload: unknown) =>
      ((await check(await token(payload), { trust: {} })).details as JwtDetails).explained;
    expect((await explained(claims)).offered).toEqual({ issuers: [issuer] });
    expect((await explained({ ...claims, iss: 'somebody' })).offered).toBeUndefined();
    expect((await explained({ iat: issued })).offered).toBeUndefined();
  });
});

describe('the time', () => {
  const at = (seconds: number) => ({ givenTime: seconds * 1000 });

  it('given ends before exp and begins at nbf', async () => {
    const text = await token({ ...claims, nbf: issued + 10 });
    expect(unsettled(await check(text, at(issued + 10)))).toEqual([]);
    expect(unsettled(await check(text, at(issued + 3599.999)))).toEqual([]);
    expect(unsettled(await check(text, at(issued + 3600)))).toEqual(['JWT_TIME fail']);
    expect(unsettled(await check(text, at(issued + 9.999)))).toEqual(['JWT_TIME fail']);
    expect(await check(text, at(issued + 10))).toMatchObject({ timeSource: 'given' });
  });

  it('given before it was issued is remarked', async () => {
    const report = await check(await token(), at(issued - 1));
    expect([report.verdict, notes(report)]).toEqual(['verified', ['JWT_SIGNED_LATER']]);
    expect(notes(await check(await token(), at(issued)))).toEqual([]);
  });

  it('is the present where the token does not say when it was issued', async () => {
    const report = await check(await token({ iss: issuer }));
    expect(report).toMatchObject({ verdict: 'verified', timeSource: 'now', at: '2026-11-21T00:00:00Z' });
    expect(notes(report)).toEqual(['JWT_NO_ISSUED_TIME']);
    expect(unsettled(await check(await token({ iss: issuer, exp: issued })))).toEqual(['JWT_TIME fail']);
  });

  it('of its own cannot be outside of its own window', async () => {
    expect(unsettled(await check(await token({ ...claims, exp: issued })))).toEqual(['JWT_TIME fail']);
    expect(unsettled(await check(await token({ ...claims, nbf: issued + 1 })))).toEqual(['JWT_TIME fail']);
  });

  it.each([
    ['a text', '"1"'],
    ['negative', '-1'],
    ['null', 'null'],
    ['beyond the year 9999', '253402300800'],
  ])('that is %s is none', async (_, value) => {
    for (const claim of ['iat', 'exp', 'nbf']) {
      const payload = `{"iss":"${issuer}",${claim === 'iat' ? '' : `"iat":${issued},`}"${claim}":${value}}`;
      expect(unsettled(await check(await token(payload))), claim).toEqual(['JWT_TIME fail']);
    }
  });

  it('may have a fraction', async () => {
    expect(await check(await token({ ...claims, iat: issued + 0.5 }))).toMatchObject({
      verdict: 'verified',
      at: '2026-03-01T12:00:00.500Z',
    });
  });
});

describe('the development key', () => {
  const require = createRequire(import.meta.url);
  const shipped = () => require('cognito-local/lib/keys/cognitoLocal.public.json') as { jwk: TestKey['jwk'] };
  const shippedPrivate = () => require('cognito-local/lib/keys/cognitoLocal.private.json') as { jwk: JsonWebKey };

  it('is the one that ships with cognito-local', async () => {
    expect(await jwkThumbprint(shipped().jwk)).toBe(developmentKeyThumbprint);
    expect(await jwkThumbprint({ ...shipped().jwk, kid: 'renamed', use: 'sig' })).toBe(developmentKeyThumbprint);
    expect(await jwkThumbprint(key.jwk)).not.toBe(developmentKeyThumbprint);
  });

  it('labels every token that it verifies, under whatever kid it is pinned', async () => {
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const privateKey = await crypto.subtle.importKey('jwk', shippedPrivate().jwk, algorithm, false, ['sign']);
    const sign = async (data: Uint8Array<ArrayBuffer>) =>
      new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, data));
    const text = await makeToken({ alg: 'RS256', kid: 'renamed' }, claims, sign);
    const pinned = { trust: { jwks: { keys: [{ ...shipped().jwk, kid: 'renamed' }] }, issuers: [issuer] } };
    const report = await check(text, pinned);
    expect(report).toMatchObject({ verdict: 'verified', labels: ['development'] });
    expect(notes(report)).toEqual(['JWT_DEVELOPMENT_KEY']);
  });

  it('has the thumbprint that RFC 7638 gives for its own example', async () => {
    const jwk = {
      kty: 'RSA',
      n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
      e: 'AQAB',
      alg: 'RS256',
      kid: '2011-04-29',
    };
    expect(await jwkThumbprint(jwk)).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
    expect(await jwkThumbprint({ kty: 'oct', k: 'AAAA' })).toBeUndefined();
    expect(await jwkThumbprint({ kty: '__proto__' })).toBeUndefined();
  });
});

describe('recognition', () => {
  const recognise = (text: string) => jwtKind.recognise(readContent('x', utf8(text)));

  it('knows a token, also when it is broken', async () => {
    const text = await token();
    expect(recognise(text)).toBe(true);
    expect(recognise(`\n${text}\n`)).toBe(true);
    expect(recognise(`${text}=`)).toBe(true);
    expect(recognise(`${part({ alg: 'none' })}.${part({})}.`)).toBe(true);
    expect(recognise(`${part('{"typ":"JWT","alg":"RS256","alg":"none"}')}.!.`.replace('!', 'AAAA'))).toBe(true);
    expect(recognise(`${part({ alg: 'RS256' })}.${'A'.repeat(20_000)}.AAAA`)).toBe(true);
  });

  it('leaves everything else alone', async () => {
    expect(recognise('')).toBe(false);
    expect(recognise('www.example.com')).toBe(false);
    expect(recognise('{"payload":"AAAA","payloadType":"x","signatures":[{"sig":"AAAA"}]}')).toBe(false);
    expect(recognise(`${part({ typ: 'JWT' })}.AAAA.AAAA`)).toBe(false);
    expect(recognise(`${part('["alg":"x"]')}.AAAA.AAAA`)).toBe(false);
    expect(recognise(`the token is ${await token()}`)).toBe(false);
    expect(recognise(`${await token()} ${await token()}`)).toBe(false);
    expect(jwtKind.recognise(readContent('x', Uint8Array.of(0xff, 0xfe)))).toBe(false);
  });
});

describe('a key that is trusted for a time', () => {
  const under = async (range: object, payload: unknown = claims): Promise<Report> =>
    check(await token(payload), { trust: { jwks: { keys: [{ ...key.jwk, ...range }] }, issuers: [issuer] } });

  it('verifies what was issued from its first moment up to its last', async () => {
    const report = await under({ from: '2026-03-01T12:00:00Z', until: '2026-03-01T12:00:01Z' });
    expect(report.verdict).toBe('verified');
    expect(report.checks.at(-1)).toMatchObject({ code: 'JWT_KEY_TIME', status: 'pass' });
  });

  it('JWT_KEY_TIME: issued before or after', async () => {
    expect(unsettled(await under({ from: '2026-03-01T12:00:01Z' }))).toEqual(['JWT_KEY_TIME fail']);
    expect(unsettled(await under({ until: '2026-03-01T12:00:00Z' }))).toEqual(['JWT_KEY_TIME fail']);
  });

  it('is not told by a time that is given', async () => {
    const trust = { jwks: { keys: [{ ...key.jwk, until: '2026-03-01T12:00:00Z' }] }, issuers: [issuer] };
    const report = await check(await token({ ...claims, exp: now / 1000 }), { trust, givenTime: issued * 1000 - 1 });
    expect(unsettled(report)).toEqual(['JWT_KEY_TIME fail']);
  });

  it('leaves open what does not say when it was issued', async () => {
    const report = await under({ until: '2027-01-01T00:00:00Z' }, { iss: issuer });
    expect(unsettled(report)).toEqual(['JWT_KEY_TIME unknown']);
  });
});
