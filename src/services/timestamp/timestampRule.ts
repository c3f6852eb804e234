import { verifyTimestamp, type Fault, type VerifiedTimestamp } from '../../core/chain/verifyTimestamp.ts';
import { importJwks } from '../../core/jwt/keys.ts';
import type { TimestampPin } from '../../core/trust/trust.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';

/** Whether a compact JWT is a chain's timestamp over the block with that hash: exactly the predicate by which auditors judge it. */
export type TimestampRule = (jwt: string, blockHashHex: string) => Promise<VerifiedTimestamp | Fault>;

const parts = ['issuer', 'audience', 'domain', 'claim', 'tokenUse'] as const;

/**
 * The rule under a pin, its keys imported once.
 * @throws AuditorError `usage` TIMESTAMP_PIN where a part of the pin is missing
 */
export async function openTimestampRule(pin: TimestampPin): Promise<TimestampRule> {
  const missing = parts.find((part) => typeof pin[part] !== 'string' || pin[part] === '');
  if (missing !== undefined || !pin.jwks || !Array.isArray(pin.jwks.keys) || pin.jwks.keys.length === 0) {
    throw new AuditorError(
      'usage',
      'TIMESTAMP_PIN',
      `The timestamp service's pin has no ${missing ?? 'jwks'}; issuer, audience, domain, claim, tokenUse and jwks are needed.`,
    );
  }
  const { issuer, audience, domain, claim, tokenUse } = pin as Required<TimestampPin>;
  const timestamp = { issuer, audience, domain, claim, tokenUse, keys: await importJwks(pin.jwks) };
  return (jwt, blockHashHex) => verifyTimestamp({ timestamp }, jwt, blockHashHex);
}
