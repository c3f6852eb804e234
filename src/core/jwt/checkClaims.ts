import type { JsonObject } from '../bytes/json.ts';
import { fail, pass, type Check, type Note } from '../verdict/check.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

/** Claims that readers act on, with the form that they must have where they are there (RFC 7519 §4.1; token_use: Amazon Cognito). */
const forms: readonly [claim: string, holds: (value: unknown) => boolean, form: string][] = [
  ['sub', isText, 'a text'],
  [
    'aud',
    (value) => isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText)),
    'a text or a list of texts',
  ],
  ['jti', isText, 'a text'],
  ['token_use', (value) => value === 'id' || value === 'access', '"id" or "access"'],
];

/**
 * `JWT_CLAIMS`: whether the claims have forms that all readers take alike. Whom a token is for and what it is to be used for are remarked: a
 * token on its own is judged for nobody, and only its reader can compare them (a chain pins both).
 */
export function checkClaims(payload: JsonObject): Check {
  const spec = 'RFC 7519 §4.1';
  for (const [claim, holds, form] of forms) {
    if (Object.hasOwn(payload, claim) && !holds(payload[claim])) {
      return fail('JWT_CLAIMS', { spec, params: { claim, reason: `Its claim "${claim}" is not ${form}.` } });
    }
  }
  const audience = [payload['aud'] ?? []].flat().filter(isText);
  const use = payload['token_use'];
  const notes: Note[] = [
    ...(audience.length > 0
      ? [{ code: 'JWT_AUDIENCE' as const, params: { audience: audience.join(', ').slice(0, 256) } }]
      : []),
    ...(isText(use) ? [{ code: 'JWT_TOKEN_USE' as const, params: { use } }] : []),
  ];
  return pass('JWT_CLAIMS', { spec, ...(notes.length > 0 && { notes }) });
}
