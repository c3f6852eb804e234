import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../bytes/hex.ts';
import { readJson, vectorFolder } from '../tee/vectors.fixture.ts';
import type { Wycheproof } from '../tee/wycheproof.fixture.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { ecdsaSignatureFromDer } from './ecdsa.ts';

const folder = vectorFolder('wycheproof');

/** No certificate is on this curve, but signatures in Blocky's outputs are, by the same library; the DER is read by our own code. */
describe.skipIf(!folder)('Wycheproof', () => {
  it('ECDSA secp256k1 with SHA-256, DER, low s', () => {
    const { testGroups } = readJson<Wycheproof<{ readonly publicKey: { readonly uncompressed: string } }>>(
      folder as string,
      'ecdsa_secp256k1_sha256_bitcoin_test.json',
    );
    const wrong: string[] = [];
    for (const { publicKey, tests } of testGroups) {
      const key = fromHex(publicKey.uncompressed);
      for (const { tcId, comment, msg, sig, result } of tests) {
        const holds = verify(fromHex(sig), fromHex(msg), key);
        if (holds !== (result === 'valid')) wrong.push(`${tcId} ${comment}: ${holds}, stated ${result}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

function verify(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
  try {
    const joined = ecdsaSignatureFromDer(signature, 32);
    return secp256k1.verify(joined, sha256(message), key, { lowS: true, prehash: false, format: 'compact' });
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}
