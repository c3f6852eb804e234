import { describe, expect, it } from 'vitest';
import { fromHex } from '../bytes/hex.ts';
import { readJson, vectorFolder } from '../tee/vectors.fixture.ts';
import type { Wycheproof } from '../tee/wycheproof.fixture.ts';
import { verifySigned } from './signature.ts';

const folder = vectorFolder('wycheproof');

/** Test cases whose outcome differs from the one that Wycheproof states; `acceptable` counts as invalid, since nothing but the one right form is taken. */
async function disagreements(file: string, signatureAlgorithm: string): Promise<string[]> {
  const { testGroups } = readJson<Wycheproof<{ readonly publicKeyDer: string; readonly keySize?: number }>>(
    folder as string,
    file,
  );
  const wrong: string[] = [];
  for (const { publicKeyDer, keySize = 2048, tests } of testGroups) {
    const issuer = { keyAlgorithm: `RSA-${keySize}`, spki: fromHex(publicKeyDer) };
    for (const { tcId, comment, msg, sig, result } of tests) {
      const signed = { signatureAlgorithm, signature: fromHex(sig), tbs: fromHex(msg) };
      const holds = (await verifySigned(signed, issuer)).status === 'holds';
      if (holds !== (result === 'valid')) wrong.push(`${tcId} ${comment}: ${holds}, stated ${result}`);
    }
  }
  return wrong;
}

describe.skipIf(!folder)('Wycheproof', () => {
  it('RSASSA-PKCS1-v1_5 2048 with SHA-256', async () => {
    const found = await disagreements('rsa_signature_2048_sha256_test.json', 'sha256WithRSAEncryption');
    expect(found).toEqual([]);
  });

  it('RSASSA-PSS 4096 with SHA-384 and 48 bytes of salt', async () => {
    const found = await disagreements('rsa_pss_4096_sha384_mgf1_48_test.json', 'RSASSA-PSS-SHA384');
    expect(found).toEqual([]);
  });
});
