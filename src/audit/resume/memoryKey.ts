/** HMAC-SHA-256 (RFC 2104, FIPS 198-1), with a key of as many bits as its tags have. */
const algorithm = { name: 'HMAC', hash: 'SHA-256', length: 256 } as const;

/** Bytes of such a key. */
export const memoryKeyLength = algorithm.length / 8;

/** A new key that stays inside the browser: it can seal and check, but nobody can read it out. */
export function makeMemoryKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
}

/** The key of `memoryKeyLength` secret bytes. */
export function memoryKey(bytes: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', Uint8Array.from(bytes), algorithm, false, ['sign', 'verify']);
}

/** Whether a key that was stored is one of these, and nothing that somebody could read out. */
export function isMemoryKey(value: unknown): value is CryptoKey {
  return (
    value instanceof CryptoKey &&
    value.algorithm.name === algorithm.name &&
    !value.extractable &&
    value.usages.includes('sign') &&
    value.usages.includes('verify')
  );
}
