import type { JwtAlgorithm, JwtKey } from './keys.ts';

/** A pinned key that was imported. */
export type UsableKey = JwtKey & { readonly key: CryptoKey; readonly algorithm: JwtAlgorithm };

/**
 * RS256: exactly as long as the modulus and below it (RFC 8017 §8.2.2; some libraries reduce a larger one, which would make a second
 * signature of the first). ES256: r ‖ s of 32 bytes each, neither zero (RFC 7518 §3.4).
 */
export function signatureFormFault(signature: Uint8Array, { algorithm, modulus }: UsableKey): string | undefined {
  const length = algorithm === 'RS256' ? (modulus?.length ?? 0) : 64;
  if (signature.length !== length) return `The signature must have ${length} bytes, it has ${signature.length}.`;
  if (algorithm === 'ES256') {
    const halves = [signature.subarray(0, 32), signature.subarray(32)];
    return halves.some((half) => half.every((byte) => byte === 0)) ? 'One half of the signature is zero.' : undefined;
  }
  let at = 0;
  while (at < length && signature[at] === modulus?.[at]) at++;
  const below = at < length && (signature[at] as number) < (modulus?.[at] ?? 0);
  return below ? undefined : 'The signature is not below the modulus of the key.';
}

/** Whether a signature of the right form (`signatureFormFault`) holds under a pinned key. */
export function verifyUnder(
  { key, algorithm }: UsableKey,
  signature: Uint8Array<ArrayBuffer>,
  data: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const parameters = algorithm === 'RS256' ? { name: 'RSASSA-PKCS1-v1_5' } : { name: 'ECDSA', hash: 'SHA-256' };
  return crypto.subtle.verify(parameters, key, signature, data);
}
