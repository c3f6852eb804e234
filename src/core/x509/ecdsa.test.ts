import { describe, expect, it } from 'vitest';
import { fromHex } from '../bytes/hex.ts';
import { readJson, vectorFolder } from '../tee/vectors.fixture.ts';
import type { Wycheproof } from '../tee/wycheproof.fixture.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { integer, sequence } from './der.fixture.ts';
import { ecdsaSignatureFromDer, importEcdsaKey, verifyEcdsa } from './ecdsa.ts';

const folder = vectorFolder('wycheproof');

/** Test cases whose outcome differs from the one that Wycheproof states. */
async function disagreements(
  file: string,
  curve: string,
  convert: (signature: Uint8Array) => Uint8Array,
): Promise<string[]> {
  const { testGroups } = readJson<Wycheproof<{ readonly publicKeyDer: string; readonly sha: string }>>(
    folder as string,
    file,
  );
  const wrong: string[] = [];
  for (const { publicKeyDer, sha, tests } of testGroups) {
    const key = await importEcdsaKey(fromHex(publicKeyDer), curve);
    for (const { tcId, comment, msg, sig, result } of tests) {
      let holds = false;
      try {
        holds = key !== undefined && (await verifyEcdsa(key, sha, convert(fromHex(sig)), fromHex(msg)));
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
      if (holds !== (result === 'valid')) wrong.push(`${tcId} ${comment}: ${holds}, stated ${result}`);
    }
  }
  return wrong;
}

describe.skipIf(!folder)('Wycheproof', () => {
  it('ECDSA P-384 with SHA-384, r ‖ s', async () => {
    expect(await disagreements('ecdsa_secp384r1_sha384_p1363_test.json', 'P-384', (signature) => signature)).toEqual(
      [],
    );
  });

  it('ECDSA P-256 with SHA-256, DER', async () => {
    const convert = (signature: Uint8Array) => ecdsaSignatureFromDer(signature, 32);
    expect(await disagreements('ecdsa_secp256r1_sha256_test.json', 'P-256', convert)).toEqual([]);
  });
});

describe('a signature in DER', () => {
  it('becomes r ‖ s of the full length', () => {
    const der = sequence(integer(0, 0x80), integer(5));
    expect(ecdsaSignatureFromDer(der, 2)).toEqual(Uint8Array.of(0, 0x80, 0, 5));
  });

  it.each([
    ['negative r', sequence(integer(0x80), integer(5))],
    ['r that is too long', sequence(integer(1, 2, 3), integer(5))],
    ['r of zero', sequence(integer(0), integer(5))],
    ['a padded s', sequence(integer(1), integer(0, 5))],
    ['a third number', sequence(integer(1), integer(5), integer(5))],
    ['only one number', sequence(integer(1))],
    ['a byte behind it', Uint8Array.of(...sequence(integer(1), integer(5)), 0)],
  ])('is refused with %s', (_, der) => {
    expect(() => ecdsaSignatureFromDer(der, 2)).toThrow(FormatError);
  });
});

describe('a public key', () => {
  it('that is no point of the curve is not imported', async () => {
    const keys = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, [
      'sign',
      'verify',
    ])) as CryptoKeyPair;
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey));
    expect(await importEcdsaKey(spki, 'P-384')).toBeDefined();
    expect(await importEcdsaKey(spki, 'P-256')).toBeUndefined();
    spki[spki.length - 1] = (spki.at(-1) as number) ^ 1;
    expect(await importEcdsaKey(spki, 'P-384')).toBeUndefined();
  });

  it('of a curve that the platform does not have is a throw, not evidence', async () => {
    await expect(importEcdsaKey(new Uint8Array(8), 'P-999')).rejects.toMatchObject({ name: 'NotSupportedError' });
  });
});
