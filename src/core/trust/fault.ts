import { AuditorError } from '../verdict/auditorError.ts';

/** Why a trust file is refused. `TRUST_ZERO_PIN`, `TRUST_PRIVATE_KEY`: form is right, but pinning it would be dangerous. */
export type TrustFault =
  | 'TRUST_SIZE'
  | 'TRUST_JSON'
  | 'TRUST_VERSION'
  | 'TRUST_UNKNOWN_KEY'
  | 'TRUST_MISSING'
  | 'TRUST_VALUE'
  | 'TRUST_DUPLICATE'
  | 'TRUST_ZERO_PIN'
  | 'TRUST_PRIVATE_KEY'
  | 'TRUST_CONTRADICTION';

/** The refusal of a trust file: one whole message that names the place, what was expected there and what to do. */
export function trustFault(
  code: TrustFault,
  path: string,
  problem: string,
  action: string,
  cause?: unknown,
): AuditorError {
  const message = `The trust file cannot be used: ${path} ${problem}. ${action}`;
  return new AuditorError('usage', code, message, cause === undefined ? {} : { cause });
}

/** A value as a message may show it: JSON, cut to a length that fits a line. */
export function shown(value: unknown): string {
  if (typeof value === 'string' && value.length > 48) return `${JSON.stringify(value.slice(0, 45))}…`;
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** The JSON path of a member: `$.chains[0].genesis`, `$.dids["did:web:a"]`. */
export function memberPath(path: string, member: string): string {
  return /^[A-Za-z_]\w*$/.test(member) ? `${path}.${member}` : `${path}[${shown(member)}]`;
}
