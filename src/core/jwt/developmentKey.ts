import { toBase64Url } from '../bytes/base64.ts';
import { utf8 } from '../bytes/bytes.ts';
import type { PublicJwk } from '../trust/trust.ts';

/**
 * RFC 7638 thumbprint of the key that cognito-local signs with. The private half ships in that package (`lib/keys/cognitoLocal.private.json`,
 * 5.3.0), so anyone can make such tokens: whatever this key signs carries the label `development`, pinned or not.
 */
export const developmentKeyThumbprint = 'jS8J3RuOy291lpsiFe2NfKV6VkdfMF4Q_840qOLXAjs';

/** Required members by key type, in the order of RFC 7638 §3.2. */
const requiredMembers: Readonly<Record<string, readonly string[]>> = {
  RSA: ['e', 'kty', 'n'],
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
};

/** SHA-256 thumbprint of a public key (RFC 7638 §3, RFC 8037 §2) in base64url; undefined for other key types or missing members. */
export async function jwkThumbprint(jwk: PublicJwk): Promise<string | undefined> {
  const members = Object.hasOwn(requiredMembers, jwk.kty) ? requiredMembers[jwk.kty] : undefined;
  if (!members?.every((member) => typeof jwk[member] === 'string')) return undefined;
  const text = JSON.stringify(Object.fromEntries(members.map((member) => [member, jwk[member]])));
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))));
}
