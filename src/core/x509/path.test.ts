import { describe, expect, it } from 'vitest';
import type { Code } from '../verdict/check.ts';
import { sentence } from '../verdict/messages.ts';
import { x509Messages } from './messages.en.ts';
import { examinePath, pathCodes, type PathRules } from './path.ts';
import { makePath, pathTime, type Level } from './path.fixture.ts';
import { verifyPath } from './verifyPath.fixture.ts';
import { x509 } from './x509.ts';

const rules: PathRules = {
  keyAlgorithms: ['P-384'],
  signatureAlgorithms: ['ecdsa-with-SHA384'],
  maximumLength: 8,
};

const hour = 3_600_000;
const right: Level = {};
const changed = (index: number, level: Level, length = 5): Level[] =>
  Array.from({ length }, (_, position) => (position === index ? level : right));

async function failing(ders: readonly Uint8Array[], at = pathTime): Promise<Code[]> {
  const { checks } = await verifyPath(ders, at, rules);
  return checks.filter(({ status }) => status !== 'pass').map(({ code }) => code);
}

describe('a path in the right order', () => {
  it('passes every rule and yields the key of the leaf', async () => {
    const { ders, leafKeys } = await makePath(changed(-1, right));
    const { checks, leafKey } = await verifyPath(ders, pathTime, rules);
    expect(checks.map(({ code, status }) => `${code} ${status}`)).toEqual([
      ...pathCodes.map((code) => `${code} pass`),
      ...Array.from({ length: 5 }, () => 'X509_VALIDITY pass'),
    ]);
    const signature = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-384' },
      leafKeys.privateKey,
      ders[0] as Uint8Array<ArrayBuffer>,
    );
    expect(
      await crypto.subtle.verify(
        { name: 'ECDSA', hash: 'SHA-384' },
        leafKey as CryptoKey,
        signature,
        ders[0] as Uint8Array<ArrayBuffer>,
      ),
    ).toBe(true);
  });

  it('counts the signatures it verified and intersects the windows', async () => {
    const levels = changed(2, { notBefore: pathTime - hour, notAfter: pathTime + 2 * hour });
    const { ders } = await makePath(levels);
    const path = await examinePath(ders, rules);
    expect(path).toMatchObject({
      status: 'pass',
      signatures: 4,
      notBefore: pathTime - hour,
      notAfter: pathTime + 2 * hour,
    });
  });

  it('may be as short as a root and a leaf', async () => {
    expect(await failing((await makePath([right, right])).ders)).toEqual([]);
  });

  it('counts authorities that issue to themselves outside of the path length', async () => {
    const name = 'CN=authority 2, O=Test';
    const { ders } = await makePath([{ pathLength: 1 }, right, { subject: name }, right]);
    expect(await failing(ders)).toEqual([]);
  });
});

describe('one rule broken fails with exactly its code', () => {
  const extension = (oid: string, critical: boolean) => new x509.Extension(oid, critical, new Uint8Array([5, 0]));
  const noSuchUsage = x509.KeyUsageFlags.cRLSign;
  const cases: readonly [name: string, index: number, level: Level, code: Code, words: RegExp][] = [
    ['an issuer with a P-256 key', 2, { curve: 'P-256' }, 'X509_ALGORITHM', /Certificate 3 .*P-256/],
    ['a leaf with a P-256 key', 4, { curve: 'P-256' }, 'X509_ALGORITHM', /Certificate 5 .*P-256/],
    [
      'a certificate signed with SHA-256',
      3,
      { hash: 'SHA-256' },
      'X509_ALGORITHM',
      /Certificate 4 .*ecdsa-with-SHA256/,
    ],
    ['an unknown critical extension', 1, { extensions: [extension('1.2.3.4', true)] }, 'X509_CRITICAL', /1\.2\.3\.4/],
    [
      'a name constraint, critical or not',
      1,
      { extensions: [extension('2.5.29.30', false)] },
      'X509_CRITICAL',
      /constrains names/,
    ],
    ['another issuer name', 3, { issuer: 'CN=somebody else' }, 'X509_NAMES', /Certificate 4 .*somebody else/],
    ['the issuer name in another order', 3, { issuer: 'O=Test, CN=authority 3' }, 'X509_NAMES', /Certificate 4/],
    ['an issuer that is no authority', 2, { ca: false }, 'X509_AUTHORITY', /Certificate 3 /],
    ['an issuer without basic constraints', 2, { ca: null }, 'X509_AUTHORITY', /Certificate 3 /],
    ['a root that is no authority', 0, { ca: false }, 'X509_AUTHORITY', /Certificate 1 /],
    ['a leaf that is an authority', 4, { ca: true }, 'X509_AUTHORITY', /Certificate 5 /],
    [
      'a path length of 1 with two authorities below',
      1,
      { pathLength: 1 },
      'X509_PATH_LENGTH',
      /certificate 2 .*allows 1 .* are 2/,
    ],
    ['a path length of 0 with one authority below', 2, { pathLength: 0 }, 'X509_PATH_LENGTH', /allows 0 .* are 1/],
    [
      'an issuer that may not sign certificates',
      2,
      { keyUsage: noSuchUsage },
      'X509_KEY_USAGE',
      /keyCertSign.*cRLSign/,
    ],
    ['an issuer without key usage', 2, { keyUsage: null }, 'X509_KEY_USAGE', /keyCertSign/],
    [
      'a leaf that may not sign data',
      4,
      { keyUsage: x509.KeyUsageFlags.keyAgreement },
      'X509_KEY_USAGE',
      /digitalSignature/,
    ],
    ['a certificate signed by a stranger', 2, { forged: true }, 'X509_SIGNATURE', /certificate 3 /],
    ['a leaf signed by a stranger', 4, { forged: true }, 'X509_SIGNATURE', /certificate 5 /],
    [
      'a leaf that has expired',
      4,
      { notAfter: pathTime - 1000 },
      'X509_VALIDITY',
      /Certificate 5 .*11:59:59Z, not at 2026-03-01T12:00:00Z/,
    ],
    ['a root that is not valid yet', 0, { notBefore: pathTime + 1000 }, 'X509_VALIDITY', /Certificate 1 .*12:00:01Z/],
  ];

  it.each(cases)('%s', async (_, index, level, code, words) => {
    const { ders } = await makePath(changed(index, level));
    const { checks } = await verifyPath(ders, pathTime, rules);
    const found = checks.filter(({ status }) => status !== 'pass');
    expect(found.map((check) => [check.code, check.status])).toEqual([[code, 'fail']]);
    expect(sentence(found[0]!, x509Messages)).toMatch(words);
    expect(found[0]!.params).toMatchObject({ number: index + 1 });
  });

  it('an issuer without a name', async () => {
    // The generator puts the empty name into both certificates, so only the rule against it can fail.
    const { ders } = await makePath([right, { subject: '' }, right]);
    expect(await failing(ders)).toEqual(['X509_NAMES']);
  });

  it('path lengths below are not looked at on the leaf itself', async () => {
    expect(await failing((await makePath(changed(3, { pathLength: 0 }))).ders)).toEqual([]);
  });
});

describe('a certificate that cannot be read', () => {
  it.each(['a byte behind it', 'its last byte missing'])(
    'with %s fails the form and leaves the rest open',
    async (fault) => {
      const { ders } = await makePath([right, right, right]);
      const [root, middle, leaf] = ders as [Uint8Array, Uint8Array, Uint8Array];
      const broken = fault.startsWith('a byte') ? Uint8Array.of(...middle, 0) : middle.subarray(0, -1);
      const { checks, leafKey } = await verifyPath([root, broken, leaf], pathTime, rules);
      expect(checks.map(({ status }) => status)).toEqual(['fail', ...pathCodes.slice(1).map(() => 'unknown')]);
      expect(checks[0]).toMatchObject({ code: 'X509_FORM', params: { number: 2 } });
      expect(leafKey).toBeUndefined();
    },
  );

  it('also where there are too few or too many of them', async () => {
    const { ders } = await makePath(changed(-1, right, 9));
    expect((await examinePath(ders.slice(0, 1), rules)).checks[0]).toMatchObject({ code: 'X509_FORM', status: 'fail' });
    expect((await examinePath([], rules)).status).toBe('fail');
    expect((await examinePath(ders, rules)).checks[0]).toMatchObject({ code: 'X509_FORM', status: 'fail' });
  });
});

describe('keys and signatures of another kind', () => {
  it('a key that is no point of its curve fails the algorithm and is never used', async () => {
    const { ders } = await makePath([right, right]);
    const leaf = Uint8Array.from(ders[1]!);
    const point = Buffer.from(leaf).indexOf(Buffer.from([0x03, 0x62, 0x00, 0x04]));
    leaf[point + 4 + 95] = leaf[point + 4 + 95]! ^ 1;
    const { checks, leafKey } = await verifyPath([ders[0]!, leaf], pathTime, rules);
    expect(checks.filter(({ status }) => status === 'fail').map(({ code }) => code)).toEqual([
      'X509_ALGORITHM',
      'X509_SIGNATURE',
    ]);
    expect(leafKey).toBeUndefined();
  });

  it('a signature that cannot be checked here is unknown, never passed', async () => {
    const { ders } = await makePath([right, right]);
    const oid = Buffer.from('2a8648ce3d040303', 'hex');
    // 1.2.840.10045.4.3.1 is ecdsa-with-SHA224, which this verifier does not know.
    const leaf = Buffer.from(ders[1]!);
    for (let at = leaf.indexOf(oid); at >= 0; at = leaf.indexOf(oid, at + 1)) leaf[at + 7] = 1;
    const lenient: PathRules = { ...rules, signatureAlgorithms: ['ecdsa-with-SHA384', '1.2.840.10045.4.3.1'] };
    const { checks } = await verifyPath([ders[0]!, new Uint8Array(leaf)], pathTime, lenient);
    expect(checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => [code, status])).toEqual([
      ['X509_SIGNATURE', 'unknown'],
    ]);
  });
});

describe('the time', () => {
  it('counts in whole seconds and includes both ends of a window', async () => {
    const { ders } = await makePath([right, { notBefore: pathTime, notAfter: pathTime + hour }]);
    expect(await failing(ders, pathTime)).toEqual([]);
    expect(await failing(ders, pathTime - 1)).toEqual(['X509_VALIDITY']);
    expect(await failing(ders, pathTime + hour + 999)).toEqual([]);
    expect(await failing(ders, pathTime + hour + 1000)).toEqual(['X509_VALIDITY']);
  });
});

describe('every single byte changed', () => {
  it('of any certificate below the root is noticed', async () => {
    const { ders } = await makePath([right, right, right]);
    for (const index of [1, 2]) {
      for (let offset = 0; offset < ders[index]!.length; offset += 7) {
        const changedPath = ders.map((der) => Uint8Array.from(der));
        changedPath[index]![offset] = changedPath[index]![offset]! ^ 0x01;
        const { status } = await examinePath(changedPath, rules);
        expect(status, `certificate ${index + 1}, byte ${offset}`).not.toBe('pass');
      }
    }
  });
});
