import { distinct, list, object, refuse, text, word, type Reader } from './form.ts';
import { base64UrlBytes, refusePrivate } from './values.ts';
import type { Jwks, PublicJwk } from './trust.ts';
import { moment, withRange } from './validRange.ts';

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const kid = text('the name of the key: 1 to 256 characters', 256);

/** Members of RFC 7517 §4 that say nothing about the key itself: taken over, never used to find or to judge a key. */
const common = {
  kid,
  use: word('sig'),
  key_ops: list(word('verify'), 1, 1),
  ext: (value: unknown, path: string) => (typeof value === 'boolean' ? value : refuse(path, 'true or false', value)),
  x5c: list(text('a certificate in base64', 16 * 1024, /^[A-Za-z0-9+/]+=*$/), 8),
  x5t: text('a thumbprint in base64url', 64, /^[\w-]+$/),
  'x5t#S256': text('a thumbprint in base64url', 64, /^[\w-]+$/),
  // Ours: when the key counts.
  from: moment,
  until: moment,
};

const required = ['kty', 'kid'] as const;
const rsa = object<Record<string, unknown>>(
  {
    ...common,
    kty: word('RSA'),
    alg: word('RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'),
    n: modulus,
    e: exponent,
  },
  [...required, 'n', 'e'],
);
const p256 = curve('P-256', 'ES256', 32);
const p384 = curve('P-384', 'ES384', 48);

function curve(name: string, alg: string, length: number): Reader<Record<string, unknown>> {
  const coordinate = exactBytes(length);
  return object<Record<string, unknown>>(
    { ...common, kty: word('EC'), alg: word(alg), crv: word(name), x: coordinate, y: coordinate },
    [...required, 'crv', 'x', 'y'],
  );
}

function exactBytes(length: number): Reader<string> {
  const expected = `a coordinate: base64url of ${length} bytes`;
  return (value, path) => {
    if (base64UrlBytes(value, path, expected, length).length !== length) refuse(path, expected, value);
    return value as string;
  };
}

/** 2048 to 4096 bits, without leading zeros (RFC 7518 §6.3.1.1), odd. */
function modulus(value: unknown, path: string): string {
  const expected = 'an RSA modulus of 2048 to 4096 bits in base64url';
  const bytes = base64UrlBytes(value, path, expected, 512);
  const first = bytes[0] ?? 0;
  const bits = first === 0 ? 0 : bytes.length * 8 - (Math.clz32(first) - 24);
  if (bits < 2048 || bits > 4096 || (bytes.at(-1) ?? 0) % 2 === 0) refuse(path, expected, value);
  return value as string;
}

/** Odd and above one; longer than four bytes is not used by anybody and not taken by every runtime. */
function exponent(value: unknown, path: string): string {
  const expected = 'an RSA exponent in base64url, such as AQAB';
  const bytes = base64UrlBytes(value, path, expected, 4);
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  if (bytes[0] === 0 || number < 3 || number % 2 === 0) refuse(path, expected, value);
  return value as string;
}

/** A public RSA or elliptic-curve key (RFC 7517, 7518) with a name; a private one is refused as such, before anything else is said. */
const jwk: Reader<PublicJwk> = (value, path) => {
  if (typeof value !== 'object' || value === null) refuse(path, 'a key as a JWK', value);
  const key = value as Record<string, unknown>;
  for (const member of privateMembers) {
    if (Object.hasOwn(key, member)) refusePrivate(`${path}.${member}`, 'a part of a private key');
  }
  if (key.kty === 'RSA') return rsa(value, path) as PublicJwk;
  if (key.kty !== 'EC') refuse(`${path}.kty`, 'RSA or EC', key.kty);
  if (key.crv === 'P-256') return p256(value, path) as PublicJwk;
  if (key.crv === 'P-384') return p384(value, path) as PublicJwk;
  return refuse(`${path}.crv`, 'P-256 or P-384', key.crv);
};

const keys = list(withRange(jwk), 1024);

/** A set of public keys, each with a name of its own. */
export const jwks: Reader<Jwks> = object<Jwks>(
  {
    keys: (value, path) => {
      const found = keys(value, path);
      distinct(found, path, 'kid', (key) => key.kid);
      return found;
    },
  },
  ['keys'],
);
