import { parseJwt } from '../jwt/parse.ts';
import { verifyJwtSignature } from '../jwt/verifySignature.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { rangeFault } from '../trust/validRange.ts';
import type { Code } from '../verdict/check.ts';
import type { ChainContext } from './chainContext.ts';
import { learnTimestamp } from './timestampPattern.ts';

/** A predicate that failed, as junk lists it. */
export interface Fault {
  readonly ok: false;
  readonly code: Code;
  readonly reason: string;
  readonly signatures: number;
}

export function fault(code: Code, reason: string, signatures = 0): Fault {
  return { ok: false, code, reason, signatures };
}

export interface VerifiedTimestamp {
  readonly ok: true;
  /** p: `iat`, seconds since 1970. */
  readonly time: number;
  readonly kid: string;
  readonly signatures: number;
}

/**
 * `validate(K_T, t)` of the patent for a compact JWT, by the rules of CHAIN.md 14 and DESIGN §5: signed by exactly the pinned key,
 * issued by and for whom the chain's identity names, its one claim naming H(b). `exp` and `auth_time` are not looked at.
 */
export async function verifyTimestamp(
  context: Pick<ChainContext, 'timestamp'>,
  jwt: string,
  blockHashHex: string,
): Promise<VerifiedTimestamp | Fault> {
  const { timestamp } = context;
  let token: ReturnType<typeof parseJwt>;
  try {
    token = parseJwt(jwt);
  } catch (error) {
    if (error instanceof FormatError) return fault('JWT_FORM', error.message);
    throw error;
  }
  const signature = await verifyJwtSignature(token, timestamp.keys, { algorithms: ['RS256'] });
  if (!signature.ok) return fault(signature.code, signature.reason, signature.signatures);
  const { payload } = token;
  const refuse = (code: Code, what: string, expected: string, found: unknown): Fault =>
    fault(code, `${what}: ${expected} is pinned, the token says ${show(found)}.`, signature.signatures);

  if (payload.iss !== timestamp.issuer) {
    return refuse('CHAIN_TIMESTAMP_ISSUER', 'Issuer', timestamp.issuer, payload.iss);
  }
  const audience = timestamp.tokenUse === 'access' ? payload.client_id : payload.aud;
  if (audience !== timestamp.audience) {
    return refuse('CHAIN_TIMESTAMP_AUDIENCE', 'Audience', timestamp.audience, audience);
  }
  if (payload.token_use !== timestamp.tokenUse) {
    return refuse('CHAIN_TIMESTAMP_USE', 'Token use', timestamp.tokenUse, payload.token_use);
  }
  const subject = `${blockHashHex}@${timestamp.domain}`;
  const named = Object.hasOwn(payload, timestamp.claim) ? payload[timestamp.claim] : undefined;
  if (named !== subject) {
    return refuse('CHAIN_TIMESTAMP_SUBJECT', `Claim ${timestamp.claim}`, `${subject} for this block`, named);
  }
  const time = payload.iat;
  if (typeof time !== 'number' || !Number.isSafeInteger(time) || time < 0) {
    return fault(
      'CHAIN_TIMESTAMP_TIME',
      `iat must be whole seconds, the token says ${show(time)}.`,
      signature.signatures,
    );
  }
  const { kid, key } = signature;
  const untimely = rangeFault(key.jwk, time * 1000);
  if (untimely) return fault('CHAIN_TIMESTAMP_KEY_TIME', untimely, signature.signatures);
  if (key.key && key.algorithm)
    learnTimestamp(timestamp, token, kid, { ...key, key: key.key, algorithm: key.algorithm });
  return { ok: true, time, kid, signatures: signature.signatures };
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 120);
}
