import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { ecdsaDer } from './ecdsa.fixture.ts';
import { verifySigned } from './signature.ts';

const tbs = utf8('what is signed');

async function make(
  generation: RsaHashedKeyGenParams | EcKeyGenParams,
  signing: AlgorithmIdentifier | RsaPssParams | EcdsaParams,
) {
  const keys = (await crypto.subtle.generateKey(generation, true, ['sign', 'verify'])) as CryptoKeyPair;
  return {
    spki: new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey)),
    signature: new Uint8Array(await crypto.subtle.sign(signing, keys.privateKey, tbs)),
  };
}

const rsa = (name: string, hash: string) => ({
  name,
  hash,
  modulusLength: 2048,
  publicExponent: Uint8Array.of(1, 0, 1),
});

describe('a signature of X.509', () => {
  const pss = { name: 'RSA-PSS', saltLength: 48 };
  it.each<[string, string, RsaHashedKeyGenParams | EcKeyGenParams, AlgorithmIdentifier | RsaPssParams | EcdsaParams]>([
    ['ecdsa-with-SHA256', 'P-256', { name: 'ECDSA', namedCurve: 'P-256' }, { name: 'ECDSA', hash: 'SHA-256' }],
    ['ecdsa-with-SHA384', 'P-384', { name: 'ECDSA', namedCurve: 'P-384' }, { name: 'ECDSA', hash: 'SHA-384' }],
    ['RSASSA-PSS-SHA384', 'RSA-2048', rsa('RSA-PSS', 'SHA-384'), pss],
    ['sha256WithRSAEncryption', 'RSA-2048', rsa('RSASSA-PKCS1-v1_5', 'SHA-256'), { name: 'RSASSA-PKCS1-v1_5' }],
    ['sha384WithRSAEncryption', 'RSA-2048', rsa('RSASSA-PKCS1-v1_5', 'SHA-384'), { name: 'RSASSA-PKCS1-v1_5' }],
  ])(
    'of %s holds under its key, and is broken by one bit',
    async (signatureAlgorithm, keyAlgorithm, generation, signing) => {
      const { spki, signature } = await make(generation, signing);
      const form = (both: Uint8Array) => (keyAlgorithm.startsWith('P') ? ecdsaDer(both) : both);
      const key = { keyAlgorithm, spki };
      expect(await verifySigned({ signatureAlgorithm, signature: form(signature), tbs }, key)).toEqual({
        status: 'holds',
      });
      const changed = signature.slice();
      changed[changed.length - 1] = changed.at(-1)! ^ 1;
      expect(await verifySigned({ signatureAlgorithm, signature: form(changed), tbs }, key)).toMatchObject({
        status: 'broken',
      });
      expect(
        await verifySigned({ signatureAlgorithm, signature: form(signature), tbs: utf8('other') }, key),
      ).toMatchObject({
        status: 'broken',
      });
    },
  );

  it('of RSA-PSS with a salt of another length is broken', async () => {
    const { spki, signature } = await make(rsa('RSA-PSS', 'SHA-384'), { name: 'RSA-PSS', saltLength: 32 });
    const signed = { signatureAlgorithm: 'RSASSA-PSS-SHA384', signature, tbs };
    expect(await verifySigned(signed, { keyAlgorithm: 'RSA-2048', spki })).toMatchObject({ status: 'broken' });
  });

  it('of ECDSA that is not in DER is broken', async () => {
    const { spki, signature } = await make({ name: 'ECDSA', namedCurve: 'P-384' }, { name: 'ECDSA', hash: 'SHA-384' });
    const signed = { signatureAlgorithm: 'ecdsa-with-SHA384', signature, tbs };
    expect(await verifySigned(signed, { keyAlgorithm: 'P-384', spki })).toMatchObject({
      status: 'broken',
      reason: expect.stringMatching(/wrong form/) as unknown,
    });
  });

  it('is not said of where algorithm and key do not go together, or are not known', async () => {
    const { spki, signature } = await make({ name: 'ECDSA', namedCurve: 'P-384' }, { name: 'ECDSA', hash: 'SHA-384' });
    for (const [signatureAlgorithm, keyAlgorithm] of [
      ['sha256WithRSAEncryption', 'P-384'],
      ['ecdsa-with-SHA384', 'Ed25519'],
      ['1.2.3', 'P-384'],
      ['constructor', 'P-384'],
      ['ecdsa-with-SHA384', 'RSA-2048'],
    ] as const) {
      const outcome = await verifySigned({ signatureAlgorithm, signature, tbs }, { keyAlgorithm, spki });
      expect(outcome.status, `${signatureAlgorithm} ${keyAlgorithm}`).toBe('unsupported');
    }
  });

  it('under what is no key is never one that holds', async () => {
    const { signature } = await make({ name: 'ECDSA', namedCurve: 'P-384' }, { name: 'ECDSA', hash: 'SHA-384' });
    const signed = { signatureAlgorithm: 'ecdsa-with-SHA384', signature: ecdsaDer(signature), tbs };
    expect(await verifySigned(signed, { keyAlgorithm: 'P-384', spki: new Uint8Array(20) })).toMatchObject({
      status: 'unsupported',
    });
  });
});
