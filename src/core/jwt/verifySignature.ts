import type { JsonObject } from '../bytes/json.ts';
import type { Code } from '../verdict/check.ts';
import type { Jwt } from './parse.ts';
import type { JwtAlgorithm, JwtKey, JwtKeys } from './keys.ts';
import { signatureFormFault, verifyUnder, type UsableKey } from './keySignature.ts';

export type JwtSignature =
  | { readonly ok: true; readonly kid: string; readonly key: JwtKey; readonly signatures: 1 }
  | {
      readonly ok: false;
      /** JWT_HEADER, JWT_ALGORITHM, JWT_KEY or JWT_SIGNATURE: the rule that does not hold. */
      readonly code: Code;
      /** `unknown` only where no key is pinned, or no single one: nothing is wrong with the token then. */
      readonly status: 'fail' | 'unknown';
      /** A sentence for people. */
      readonly reason: string;
      readonly signatures: 0 | 1;
    };

/**
 * Header members with which a token would choose its own key or change what is signed (RFC 7515 §4.1, RFC 7797).
 * Keys come from the verifier's pins alone, so a token that brings one is refused instead of ignored.
 */
const refusedMembers: Readonly<Record<string, string>> = {
  crit: 'demands extensions',
  b64: 'changes what is signed',
  jwk: 'brings its own key',
  jku: 'names an address for its key',
  x5u: 'names an address for its certificate',
  x5c: 'brings its own certificates',
};

/**
 * Verifies the signature of a token under pinned keys (RFC 7515 §5.2). The algorithm must be one that the caller allows and that the pinned
 * key is for: `none`, `HS256` and a public key taken for a shared secret never get as far as a key.
 */
export async function verifyJwtSignature(
  jwt: Jwt,
  keys: JwtKeys,
  { algorithms }: { readonly algorithms: readonly JwtAlgorithm[] },
): Promise<JwtSignature> {
  const header = checkHeader(jwt.header) ?? checkAlgorithm(jwt.header, algorithms);
  if (header) return header;
  const chosen = chooseKey(jwt.header, keys);
  if ('ok' in chosen) return chosen;
  const { kid, key } = chosen;
  const unfit = signatureFormFault(jwt.signature, key);
  if (unfit) return refuse('JWT_SIGNATURE', unfit);
  const holds = await verifyUnder(key, jwt.signature, jwt.signingInput);
  if (holds) return { ok: true, kid, key, signatures: 1 };
  return {
    ...refuse('JWT_SIGNATURE', `It is no signature of the pinned key ${JSON.stringify(kid)} over these bytes.`),
    signatures: 1,
  };
}

type Refusal = Extract<JwtSignature, { ok: false }>;

function refuse(code: Code, reason: string, status: Refusal['status'] = 'fail'): Refusal {
  return { ok: false, code, status, reason, signatures: 0 };
}

function checkHeader(header: JsonObject): Refusal | undefined {
  for (const [member, why] of Object.entries(refusedMembers)) {
    if (Object.hasOwn(header, member)) return refuse('JWT_HEADER', `The header has "${member}": it ${why}.`);
  }
  return undefined;
}

function checkAlgorithm({ alg }: JsonObject, algorithms: readonly JwtAlgorithm[]): Refusal | undefined {
  if (algorithms.some((algorithm) => algorithm === alg)) return undefined;
  const found = alg === undefined ? 'none' : JSON.stringify(alg).slice(0, 64);
  return refuse('JWT_ALGORITHM', `The algorithm must be ${algorithms.join(' or ')}; the header states ${found}.`);
}

function chooseKey(
  { kid, alg }: JsonObject,
  keys: JwtKeys,
): Refusal | { readonly kid: string; readonly key: UsableKey } {
  if (typeof kid !== 'string')
    return refuse('JWT_KEY', 'The header names no key (kid), so none can be chosen.', 'unknown');
  const shown = JSON.stringify(kid.slice(0, 64));
  const named = keys.get(kid) ?? [];
  const [key] = named;
  if (!key) return refuse('JWT_KEY', `No key ${shown} is pinned.`, 'unknown');
  if (named.length > 1)
    return refuse('JWT_KEY', `${named.length} pinned keys are called ${shown}; it must be exactly one.`, 'unknown');
  if (!key.key || !key.algorithm) return refuse('JWT_KEY', `The pinned key ${shown} cannot be used: ${key.problem}.`);
  if (key.algorithm !== alg) {
    return refuse(
      'JWT_ALGORITHM',
      `The header states ${JSON.stringify(alg)}, the pinned key ${shown} is for ${key.algorithm}.`,
    );
  }
  return { kid, key: { ...key, key: key.key, algorithm: key.algorithm } };
}
