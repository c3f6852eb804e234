import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { concatBytes } from '../bytes/bytes.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { bits, integer, makeCertificate, oid, sequence, tlv } from './der.fixture.ts';
import { parseCertificate } from './parse.ts';
import { examinePath, type PathRules } from './path.ts';
import { rsaSchemes, type RsaScheme } from './rsa.ts';
import { derNull, pssAlgorithm, pssHash, pssMask, pssSalt, pssTrailer, rsaOids, rsaSpki } from './rsa.fixture.ts';
import { verifySigned } from './signature.ts';
import { pathTime } from './path.fixture.ts';
import { x509 } from './x509.ts';
import { nitroPathRules } from '../tee/nitro/pathRules.ts';

const pss = rsaSchemes['RSASSA-PSS-SHA384'] as RsaScheme;
const nameOf = (algorithm: Uint8Array): string =>
  parseCertificate(makeCertificate({ innerAlgorithm: algorithm, outerAlgorithm: algorithm })).signatureAlgorithm;

describe('parameters of RSASSA-PSS', () => {
  it('give the name where they are those of AMD, with and without the trailer, with and without NULL', () => {
    for (const changes of [{}, { trailer: pssTrailer(1) }, { hash: pssHash(rsaOids.sha384) }]) {
      expect(nameOf(pssAlgorithm(changes))).toBe('RSASSA-PSS-SHA384');
    }
  });

  it.each([
    ['another digest', { hash: pssHash(rsaOids.sha256, derNull) }],
    ['another digest of the mask', { mask: pssMask(rsaOids.sha256) }],
    ['another mask', { mask: pssMask(rsaOids.sha384, rsaOids.sha256) }],
    ['another length of salt', { salt: pssSalt(32) }],
    ['no salt, which means 20', { salt: new Uint8Array() }],
    ['no digest, which means SHA-1', { hash: new Uint8Array() }],
    ['no mask, which means SHA-1', { mask: new Uint8Array() }],
  ])('of %s are a signature that nobody allows', (_, changes) => {
    expect(nameOf(pssAlgorithm(changes))).toBe('RSASSA-PSS');
    expect(Object.hasOwn(rsaSchemes, 'RSASSA-PSS')).toBe(false);
  });

  it.each([
    ['another trailer', pssAlgorithm({ trailer: pssTrailer(2) })],
    ['something behind', pssAlgorithm({ behind: tlv(0xa4, integer(1)) })],
    ['an order of their own', pssAlgorithm({ hash: pssMask(rsaOids.sha384), mask: pssHash(rsaOids.sha384) })],
    ['a digest with parameters', pssAlgorithm({ hash: pssHash(rsaOids.sha384, integer(1)) })],
    ['a NULL with content', pssAlgorithm({ hash: pssHash(rsaOids.sha384, tlv(0x05, Uint8Array.of(1))) })],
    ['two numbers for the salt', pssAlgorithm({ salt: tlv(0xa2, integer(48), integer(48)) })],
    ['no sequence', sequence(oid(rsaOids.rsaPss), derNull)],
    ['nothing at all', sequence(oid(rsaOids.rsaPss))],
    ['a second element', sequence(oid(rsaOids.rsaPss), sequence(), derNull)],
  ])('with %s are refused', (_, algorithm) => {
    expect(() => nameOf(algorithm)).toThrow(FormatError);
  });

  it('of PKCS #1 are NULL or nothing', () => {
    const id = oid(rsaOids.sha256WithRsa);
    expect(nameOf(sequence(id, derNull))).toBe('sha256WithRSAEncryption');
    expect(nameOf(sequence(id))).toBe('sha256WithRSAEncryption');
    expect(() => nameOf(sequence(id, integer(1)))).toThrow(FormatError);
    expect(() => nameOf(sequence(id, derNull, derNull))).toThrow(FormatError);
  });
});

describe('an RSA key', () => {
  const modulus = (bytes: number, first = 0x80): Uint8Array =>
    concatBytes(Uint8Array.of(0), new Uint8Array(bytes).fill(0xff).with(0, first));
  const e65537 = Uint8Array.of(1, 0, 1);
  const algorithmOf = (publicKey: Uint8Array): string => parseCertificate(makeCertificate({ publicKey })).keyAlgorithm;

  it('is called by its bits', () => {
    expect(algorithmOf(rsaSpki(modulus(512), e65537))).toBe('RSA-4096');
    expect(algorithmOf(rsaSpki(modulus(256), Uint8Array.of(3)))).toBe('RSA-2048');
    expect(algorithmOf(rsaSpki(modulus(512).with(1, 0x40).slice(1), e65537))).toBe('RSA-4095');
    expect(algorithmOf(rsaSpki(Uint8Array.of(1), Uint8Array.of(3)))).toBe('RSA-1');
  });

  it.each([
    ['an even modulus', rsaSpki(modulus(512).with(512, 0xfe), e65537)],
    ['a negative modulus', rsaSpki(modulus(512).slice(1), e65537)],
    ['a modulus with a zero too many', rsaSpki(concatBytes(Uint8Array.of(0), modulus(512)), e65537)],
    ['no modulus', rsaSpki(new Uint8Array(), e65537)],
    ['a modulus of zero', rsaSpki(Uint8Array.of(0), e65537)],
    ['a modulus beyond all use', rsaSpki(modulus(2049), e65537)],
    ['the exponent 1', rsaSpki(modulus(512), Uint8Array.of(1))],
    ['an even exponent', rsaSpki(modulus(512), Uint8Array.of(4))],
    ['a negative exponent', rsaSpki(modulus(512), Uint8Array.of(0xff))],
    ['a long exponent', rsaSpki(modulus(512), new Uint8Array(9).fill(1))],
    ['no NULL', rsaSpki(modulus(512), e65537, new Uint8Array())],
    ['other parameters', rsaSpki(modulus(512), e65537, integer(1))],
    ['two parameters', rsaSpki(modulus(512), e65537, concatBytes(derNull, derNull))],
    ['no numbers', sequence(sequence(oid(rsaOids.rsaEncryption), derNull), bits(0, sequence()))],
    ['a third number', withThirdNumber(modulus(512), e65537)],
    ['bytes behind', withBytesBehind(modulus(512), e65537)],
  ])('with %s is refused', (_, publicKey) => {
    expect(() => algorithmOf(publicKey)).toThrow(FormatError);
  });

  it('of any bytes gives a key or a FormatError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          algorithmOf(sequence(sequence(oid(rsaOids.rsaEncryption), derNull), bits(0, bytes)));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
    );
  });
});

function withThirdNumber(modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  const key = sequence(tlv(0x02, modulus), tlv(0x02, exponent), integer(1));
  return sequence(sequence(oid(rsaOids.rsaEncryption), derNull), bits(0, key));
}

function withBytesBehind(modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  const key = concatBytes(sequence(tlv(0x02, modulus), tlv(0x02, exponent)), Uint8Array.of(0));
  return sequence(sequence(oid(rsaOids.rsaEncryption), derNull), bits(0, key));
}

describe('a path under an RSA root', () => {
  const rules: PathRules = {
    keyAlgorithms: ['RSA-2048'],
    leafKeyAlgorithms: ['P-384'],
    signatureAlgorithms: ['RSASSA-PSS-SHA384'],
    leafWithoutKeyUsage: true,
    maximumLength: 3,
  };
  const { KeyUsageFlags } = x509;
  const day = 86_400_000;
  let rootKeys: CryptoKeyPair;
  let otherKeys: CryptoKeyPair;
  let leafKeys: CryptoKeyPair;
  const newRsa = (): Promise<CryptoKeyPair> =>
    crypto.subtle.generateKey(
      { name: 'RSA-PSS', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-384' },
      true,
      ['sign', 'verify'],
    );
  beforeAll(async () => {
    [rootKeys, otherKeys] = await Promise.all([newRsa(), newRsa()]);
    leafKeys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, ['sign', 'verify']);
  });

  const make = async (
    subject: string,
    publicKey: CryptoKey,
    signingKey: CryptoKey,
    extensions: x509.Extension[],
    saltLength = 48,
  ): Promise<Uint8Array> => {
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: '01',
      subject,
      issuer: 'CN=root',
      notBefore: new Date(pathTime - day),
      notAfter: new Date(pathTime + day),
      publicKey,
      signingKey,
      signingAlgorithm: { name: 'RSA-PSS', hash: 'SHA-384', saltLength } as RsaPssParams & { hash: string },
      extensions,
    });
    return new Uint8Array(certificate.rawData);
  };
  const authority = [
    new x509.BasicConstraintsExtension(true, undefined, true),
    new x509.KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
  ];
  // The library writes an empty list where there is none, which is no certificate.
  const ownExtension = new x509.Extension('1.3.6.1.4.1.3704.1.1', false, Uint8Array.of(2, 1, 0));
  const root = (): Promise<Uint8Array> => make('CN=root', rootKeys.publicKey, rootKeys.privateKey, authority);
  const leaf = (extensions: x509.Extension[] = [], key = rootKeys): Promise<Uint8Array> =>
    make('CN=leaf', leafKeys.publicKey, key.privateKey, [ownExtension, ...extensions]);
  const unsettled = async (ders: readonly Uint8Array[], changes: Partial<PathRules> = {}): Promise<string[]> => {
    const { checks } = await examinePath(ders, { ...rules, ...changes });
    return checks.filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
  };

  it('holds, and yields the key of the leaf', async () => {
    const path = await examinePath([await root(), await leaf()], rules);
    expect(path).toMatchObject({ status: 'pass', signatures: 1 });
    expect(path.leafKey?.algorithm).toMatchObject({ name: 'ECDSA' });
  });

  it('signed by another key fails', async () => {
    expect(await unsettled([await root(), await leaf([], otherKeys)])).toEqual(['X509_SIGNATURE fail']);
  });

  it('holds only where the rules name its keys and signatures', async () => {
    const ders = [await root(), await leaf()];
    expect(await unsettled(ders, { keyAlgorithms: ['RSA-4096'] })).toEqual(['X509_ALGORITHM fail']);
    expect(await unsettled(ders, { leafKeyAlgorithms: ['P-256'] })).toEqual(['X509_ALGORITHM fail']);
    expect(await unsettled(ders, { signatureAlgorithms: ['RSASSA-PSS'] })).toEqual(['X509_ALGORITHM fail']);
    const { leafKeyAlgorithms: _, ...without } = rules;
    const { checks, leafKey } = await examinePath(ders, without);
    expect(checks.filter(({ status }) => status === 'fail').map(({ code }) => code)).toEqual(['X509_ALGORITHM']);
    expect(leafKey).toBeUndefined();
  });

  it('is refused for an enclave of AWS, whose rules allow no RSA and no leaf without its usage', async () => {
    const { checks } = await examinePath([await root(), await leaf()], nitroPathRules);
    const failed = checks.filter(({ status }) => status === 'fail').map(({ code }) => code);
    expect(failed).toEqual(['X509_ALGORITHM', 'X509_KEY_USAGE']);
  });

  it('needs the key usage of the leaf where the rules do not waive it, and the right one where there is one', async () => {
    const { leafWithoutKeyUsage: _, ...strict } = rules;
    const bare = [await root(), await leaf()];
    const { checks } = await examinePath(bare, strict);
    expect(checks.filter(({ status }) => status === 'fail').map(({ code }) => code)).toEqual(['X509_KEY_USAGE']);
    const usage = (flags: x509.KeyUsageFlags) => [new x509.KeyUsagesExtension(flags, true)];
    expect(await unsettled([await root(), await leaf(usage(KeyUsageFlags.digitalSignature))])).toEqual([]);
    expect(await unsettled([await root(), await leaf(usage(KeyUsageFlags.keyAgreement))])).toEqual([
      'X509_KEY_USAGE fail',
    ]);
  });

  it('with another salt than is named in it does not hold', async () => {
    const other = await make('CN=leaf', leafKeys.publicKey, rootKeys.privateKey, [ownExtension], 32);
    expect(parseCertificate(other).signatureAlgorithm).toBe('RSASSA-PSS');
    expect(await unsettled([await root(), other])).toEqual(['X509_ALGORITHM fail', 'X509_SIGNATURE unknown']);
  });

  it('no single flipped bit of a certificate goes unnoticed', async () => {
    const [top, bottom] = [await root(), await leaf()];
    await fc.assert(
      fc.asyncProperty(fc.nat(bottom.length - 1), fc.nat(7), async (at, bit) => {
        const changed = bottom.with(at, (bottom[at] ?? 0) ^ (1 << bit));
        expect(await unsettled([top, changed])).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('a signature is checked outside of paths too', async () => {
    const [issuer, signed] = [parseCertificate(await root()), parseCertificate(await leaf())];
    expect(await verifySigned(signed, issuer)).toEqual({ status: 'holds' });
    expect(await verifySigned(parseCertificate(await leaf([], otherKeys)), issuer)).toMatchObject({ status: 'broken' });
    expect(await verifySigned({ ...signed, signatureAlgorithm: 'RSASSA-PSS' }, issuer)).toMatchObject({
      status: 'unsupported',
    });
    expect(pss.saltLength).toBe(48);
  });
});
