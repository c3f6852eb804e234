import { beforeAll, describe, expect, it } from 'vitest';
import { toBase64Url } from '../bytes/base64.ts';
import { utf8 } from '../bytes/bytes.ts';
import { fromHex } from '../bytes/hex.ts';
import { readJson, vectorFolder } from '../tee/vectors.fixture.ts';
import type { PublicJwk } from '../trust/trust.ts';
import { makeEcKey, makeRsaKey, makeToken, type TestKey } from './jwt.fixture.ts';
import { importJwks, type JwtAlgorithm } from './keys.ts';
import { signatureFormFault, verifyUnder, type UsableKey } from './keySignature.ts';
import { parseJwt } from './parse.ts';
import { verifyJwtSignature, type JwtSignature } from './verifySignature.ts';

let rsa: TestKey;
let otherRsa: TestKey;
let ec: TestKey;
let p384: TestKey;
beforeAll(async () => {
  [rsa, otherRsa, ec, p384] = await Promise.all([
    makeRsaKey('rsa'),
    makeRsaKey('rsa'),
    makeEcKey('ec'),
    makeEcKey('p384', 'P-384'),
  ]);
});

const both: readonly JwtAlgorithm[] = ['RS256', 'ES256'];
const claims = { iss: 'https://issuer.example' };

async function verify(token: string, pinned: readonly PublicJwk[], algorithms = both): Promise<JwtSignature> {
  return verifyJwtSignature(parseJwt(token), await importJwks({ keys: pinned }), { algorithms });
}

const outcome = (result: JwtSignature) => (result.ok ? 'ok' : `${result.code} ${result.status}`);

describe('a token under a pinned key', () => {
  it('holds for RS256 and for ES256', async () => {
    const pinned = [rsa.jwk, ec.jwk];
    const first = await verify(await makeToken({ alg: 'RS256', kid: 'rsa' }, claims, rsa.sign), pinned);
    expect(first).toMatchObject({ ok: true, kid: 'rsa', signatures: 1, key: { algorithm: 'RS256' } });
    const second = await verify(await makeToken({ alg: 'ES256', kid: 'ec', typ: 'JWT' }, claims, ec.sign), pinned);
    expect(second).toMatchObject({ ok: true, kid: 'ec', key: { algorithm: 'ES256' } });
  });

  it('holds where the pinned key states use, operations and algorithm, and these fit', async () => {
    const jwk = { ...rsa.jwk, use: 'sig', key_ops: ['verify'], alg: 'RS256' };
    expect(outcome(await verify(await makeToken({ alg: 'RS256', kid: 'rsa' }, claims, rsa.sign), [jwk]))).toBe('ok');
  });

  it('does not hold after any change of the token', async () => {
    const token = await makeToken({ alg: 'RS256', kid: 'rsa' }, claims, rsa.sign);
    const [header = '', , signature = ''] = token.split('.');
    const forged = `${header}.${toBase64Url(utf8('{"iss":"https://other.example"}'))}.${signature}`;
    expect(await verify(forged, [rsa.jwk])).toMatchObject({
      ok: false,
      code: 'JWT_SIGNATURE',
      status: 'fail',
      signatures: 1,
    });
  });
});

describe('one rule broken is called by its code', () => {
  const right = { alg: 'RS256', kid: 'rsa' };
  const cases: readonly [
    name: string,
    header: unknown,
    sign: () => TestKey['sign'],
    pinned: () => PublicJwk[],
    result: string,
  ][] = [
    [
      'none',
      { alg: 'none', kid: 'rsa' },
      () => () => Promise.resolve(new Uint8Array()),
      () => [rsa.jwk],
      'JWT_ALGORITHM fail',
    ],
    ['None', { alg: 'None', kid: 'rsa' }, () => rsa.sign, () => [rsa.jwk], 'JWT_ALGORITHM fail'],
    ['no algorithm', { kid: 'rsa' }, () => rsa.sign, () => [rsa.jwk], 'JWT_ALGORITHM fail'],
    [
      'an algorithm that is a list',
      { alg: ['RS256'], kid: 'rsa' },
      () => rsa.sign,
      () => [rsa.jwk],
      'JWT_ALGORITHM fail',
    ],
    [
      'HS256 with the public key as the secret',
      { alg: 'HS256', kid: 'rsa' },
      () => hmac(rsa.jwk),
      () => [rsa.jwk],
      'JWT_ALGORITHM fail',
    ],
    ['RS512', { alg: 'RS512', kid: 'rsa' }, () => rsa.sign, () => [rsa.jwk], 'JWT_ALGORITHM fail'],
    ['PS256', { alg: 'PS256', kid: 'rsa' }, () => rsa.sign, () => [rsa.jwk], 'JWT_ALGORITHM fail'],
    ['RS256 for a key of ES256', { alg: 'RS256', kid: 'ec' }, () => ec.sign, () => [ec.jwk], 'JWT_ALGORITHM fail'],
    ['ES256 for a key of RS256', { alg: 'ES256', kid: 'rsa' }, () => rsa.sign, () => [rsa.jwk], 'JWT_ALGORITHM fail'],
    ...Object.entries({
      crit: ['exp'],
      b64: false,
      jwk: {},
      jku: 'https://a.example',
      x5u: 'https://a.example',
      x5c: [],
    }).map(([member, value]): (typeof cases)[number] => [
      `"${member}" in the header`,
      { ...right, [member]: value },
      () => rsa.sign,
      () => [rsa.jwk],
      'JWT_HEADER fail',
    ]),
    ['no kid', { alg: 'RS256' }, () => rsa.sign, () => [rsa.jwk], 'JWT_KEY unknown'],
    ['a kid that is a number', { alg: 'RS256', kid: 1 }, () => rsa.sign, () => [rsa.jwk], 'JWT_KEY unknown'],
    ['a kid that is not pinned', { alg: 'RS256', kid: 'x' }, () => rsa.sign, () => [rsa.jwk], 'JWT_KEY unknown'],
    ['a kid of the prototype', { alg: 'RS256', kid: '__proto__' }, () => rsa.sign, () => [rsa.jwk], 'JWT_KEY unknown'],
    ['nothing pinned', right, () => rsa.sign, () => [], 'JWT_KEY unknown'],
    ['a pinned key without kid', right, () => rsa.sign, () => [withoutKid(rsa.jwk)], 'JWT_KEY unknown'],
    ['two pinned keys of one kid', right, () => rsa.sign, () => [rsa.jwk, otherRsa.jwk], 'JWT_KEY unknown'],
    ['a key for encryption', right, () => rsa.sign, () => [{ ...rsa.jwk, use: 'enc' }], 'JWT_KEY fail'],
    ['a key that may not verify', right, () => rsa.sign, () => [{ ...rsa.jwk, key_ops: ['encrypt'] }], 'JWT_KEY fail'],
    ['a key for another algorithm', right, () => rsa.sign, () => [{ ...rsa.jwk, alg: 'RS512' }], 'JWT_KEY fail'],
    ['a key of another curve', { alg: 'ES256', kid: 'p384' }, () => p384.sign, () => [p384.jwk], 'JWT_KEY fail'],
    ['a shared secret', right, () => rsa.sign, () => [{ kty: 'oct', kid: 'rsa', k: 'AAAA' }], 'JWT_KEY fail'],
    [
      'a key that is not one',
      right,
      () => rsa.sign,
      () => [{ kty: 'RSA', kid: 'rsa', n: '!', e: 'AQAB' }],
      'JWT_KEY fail',
    ],
    [
      'a key that is no point of its curve',
      { alg: 'ES256', kid: 'ec' },
      () => ec.sign,
      () => [{ ...ec.jwk, y: ec.jwk['x'] }],
      'JWT_KEY fail',
    ],
    ['a key without modulus', right, () => rsa.sign, () => [{ kty: 'RSA', kid: 'rsa', e: 'AQAB' }], 'JWT_KEY fail'],
    ['another key', right, () => otherRsa.sign, () => [rsa.jwk], 'JWT_SIGNATURE fail'],
    ['a signature of 255 bytes', right, () => cut(rsa.sign), () => [rsa.jwk], 'JWT_SIGNATURE fail'],
    ['a signature with a zero before it', right, () => pad(rsa.sign), () => [rsa.jwk], 'JWT_SIGNATURE fail'],
    [
      'a signature of zeros',
      { alg: 'ES256', kid: 'ec' },
      () => () => Promise.resolve(new Uint8Array(64)),
      () => [ec.jwk],
      'JWT_SIGNATURE fail',
    ],
    [
      'an ES256 signature of 63 bytes',
      { alg: 'ES256', kid: 'ec' },
      () => cut(ec.sign),
      () => [ec.jwk],
      'JWT_SIGNATURE fail',
    ],
  ];

  it.each(cases)('%s', async (_, header, sign, pinned, expected) => {
    const result = await verify(await makeToken(header, claims, sign()), pinned());
    expect(outcome(result)).toBe(expected);
    expect(result.ok ? '' : result.reason).toMatch(/^[A-Z0-9].{15,}\.$/);
  });

  it('a signature above the modulus, which is the same number to RSA', async () => {
    // s + n has the same e-th power modulo n. It fits into 256 bytes for most keys and signatures; look for one that does.
    const modulus = toNumber(fromJwk(rsa.jwk, 'n'));
    for (let attempt = 0; ; attempt++) {
      const token = await makeToken({ alg: 'RS256', kid: 'rsa' }, { ...claims, attempt }, rsa.sign);
      const [header = '', payload = ''] = token.split('.');
      const raised = toNumber(parseJwt(token).signature) + modulus;
      if (raised >= 1n << 2048n) continue;
      const changed = `${header}.${payload}.${toBase64Url(fromHex(raised.toString(16).padStart(512, '0')))}`;
      expect(outcome(await verify(token, [rsa.jwk]))).toBe('ok');
      expect(await verify(changed, [rsa.jwk])).toMatchObject({
        ok: false,
        code: 'JWT_SIGNATURE',
        signatures: 0,
        reason: expect.stringContaining('modulus') as unknown,
      });
      return;
    }
  });

  it('an algorithm that the caller does not allow here', async () => {
    const token = await makeToken({ alg: 'ES256', kid: 'ec' }, claims, ec.sign);
    expect(outcome(await verify(token, [ec.jwk], ['RS256']))).toBe('JWT_ALGORITHM fail');
  });
});

describe('the size of an RSA key', () => {
  const modulus = (bits: number) => {
    const bytes = new Uint8Array(Math.ceil(bits / 8)).fill(0xff);
    bytes[0] = 0xff >> (bytes.length * 8 - bits);
    return { kty: 'RSA', kid: 'k', n: toBase64Url(bytes), e: 'AQAB' };
  };
  const problemOf = async (jwk: PublicJwk) => (await importJwks({ keys: [jwk] })).get('k')?.[0]?.problem;

  it('is 2048 to 4096 bits', async () => {
    for (const bits of [2048, 2049, 3072, 4096]) expect(await problemOf(modulus(bits)), `${bits}`).toBeUndefined();
    for (const bits of [512, 1024, 2047, 4097, 8192])
      expect(await problemOf(modulus(bits)), `${bits}`).toMatch(`${bits} bits`);
  });

  it('is written without leading zeros, so that a key has one thumbprint', async () => {
    const { n } = modulus(2048);
    const padded = toBase64Url(Uint8Array.of(0, ...new Uint8Array(256).fill(0xff)));
    expect(await problemOf({ ...modulus(2048), n: padded })).toMatch(/zero/);
    expect(await problemOf({ ...modulus(2048), n, e: 'AAEAAQ' })).toMatch(/zero/);
  });
});

interface WycheproofRsa {
  readonly testGroups: readonly {
    readonly keyJwk: PublicJwk;
    readonly tests: readonly {
      readonly tcId: number;
      readonly msg: string;
      readonly sig: string;
      readonly result: string;
    }[];
  }[];
}

const folder = vectorFolder('wycheproof');

describe.skipIf(!folder)('Wycheproof', () => {
  it('RSA PKCS #1 v1.5 with SHA-256 and 2048 bits', async () => {
    const { testGroups } = readJson<WycheproofRsa>(folder as string, 'rsa_signature_2048_sha256_test.json');
    const wrong: number[] = [];
    for (const { keyJwk, tests } of testGroups) {
      const key = (await importJwks({ keys: [keyJwk] })).get('none')?.[0] as UsableKey;
      for (const { tcId, msg, sig, result } of tests) {
        const signature = fromHex(sig);
        const holds =
          signatureFormFault(signature, key) === undefined && (await verifyUnder(key, signature, fromHex(msg)));
        if (holds !== (result === 'valid')) wrong.push(tcId);
      }
    }
    expect(wrong).toEqual([]);
  });
});

function withoutKid({ kid: _, ...jwk }: PublicJwk): PublicJwk {
  return jwk as PublicJwk;
}

function hmac(jwk: PublicJwk): TestKey['sign'] {
  return async (data) => {
    const secret = utf8(JSON.stringify(jwk));
    const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    return new Uint8Array(await crypto.subtle.sign('HMAC', key, data));
  };
}

const cut =
  (sign: TestKey['sign']): TestKey['sign'] =>
  async (data) =>
    (await sign(data)).subarray(1);
const pad =
  (sign: TestKey['sign']): TestKey['sign'] =>
  async (data) =>
    Uint8Array.of(0, ...(await sign(data)));

function fromJwk(jwk: PublicJwk, member: string): Uint8Array {
  return Uint8Array.from(Buffer.from(jwk[member] as string, 'base64url'));
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
