import type { Signer } from '../../core/trace/anchor/signer.ts';

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** A new key on P-256 that not even this program can take out of the browser (or of Node); a page keeps the pair in its IndexedDB. */
export async function makeWebCryptoKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ecdsa, false, ['sign', 'verify']);
}

export async function webCryptoSigner({ privateKey, publicKey }: CryptoKeyPair): Promise<Signer> {
  return {
    algorithm: 'p256',
    publicKey: new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)),
    // WebCrypto hashes what it signs and gives r ‖ s (IEEE P1363), which is what the contract verifies.
    sign: async (digest) =>
      new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, new Uint8Array(digest))),
  };
}
