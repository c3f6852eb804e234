import { fromBase64Url } from '../bytes/base64.ts';
import { decodeUtf8, equalBytes, utf8 } from '../bytes/bytes.ts';
import { sha3Hex } from '../bytes/hash.ts';
import type { JsonObject } from '../bytes/json.ts';
import type { Content } from '../kinds/content.ts';
import type { Explained } from '../tee/explained.ts';
import type { Field } from '../tee/field.ts';
import type { Trust } from '../trust/trust.ts';
import type { Check, Code } from '../verdict/check.ts';
import { timeText } from '../x509/validity.ts';
import { memberRanges } from './memberRanges.ts';
import type { Jwt } from './parse.ts';
import { numericDate } from './times.ts';

/** Words about members of header and payload, in the kind's messages. */
const hints: Readonly<Record<string, Code>> = {
  alg: 'JWT_FIELD_ALG',
  kid: 'JWT_FIELD_KID',
  iss: 'JWT_FIELD_ISS',
  sub: 'JWT_FIELD_SUB',
  aud: 'JWT_FIELD_AUD',
  client_id: 'JWT_FIELD_AUD',
  exp: 'JWT_FIELD_EXP',
  nbf: 'JWT_FIELD_NBF',
  iat: 'JWT_FIELD_IAT',
  jti: 'JWT_FIELD_JTI',
  token_use: 'JWT_FIELD_TOKEN_USE',
};

const shownLength = 160;

/**
 * What the page draws of a token: its three parts in the file, and the members of header and payload in the JSON that is encoded there (which
 * goes along as an object of its own).
 */
export function explainJwt(jwt: Jwt, content: Content, checks: readonly Check[], trust: Trust): Explained {
  const [first = '', second = '', third = ''] = jwt.text.split('.');
  const header = fromBase64Url(first);
  const payload = fromBase64Url(second);
  const start = startOf(jwt, content);
  const digest = sha3Hex(content.bytes);
  const part = (name: string, hint: Code, offset: number, length: number, more: Partial<Field>): Field => ({
    name,
    hint,
    ...(start !== undefined && length > 0 && { evidence: { digest, offset: start + offset, length } }),
    ...more,
  });
  const payloadStart = first.length + 1;
  const signatureStart = payloadStart + second.length + 1;
  return {
    fields: [
      part('header', 'JWT_FIELD_HEADER', 0, first.length, { children: members(header, jwt.header) }),
      part('payload', 'JWT_FIELD_PAYLOAD', payloadStart, second.length, { children: members(payload, jwt.payload) }),
      part('signature', 'JWT_FIELD_SIGNATURE', signatureStart, third.length, {
        value: `${jwt.signature.length} bytes`,
      }),
    ],
    paths: [],
    registers: [],
    pinnedAt: 'jwks, issuers',
    objects: [header, payload],
    ...offeredPins(jwt, checks),
    used: usedPins(jwt, trust),
  };
}

/** Where the token begins in the file, behind white space. */
function startOf({ text }: Jwt, { bytes }: Content): number | undefined {
  const token = utf8(text);
  const start = bytes.findIndex((byte) => byte > 0x20);
  return start >= 0 && equalBytes(bytes.subarray(start, start + token.length), token) ? start : undefined;
}

function members(json: Uint8Array, values: JsonObject): Field[] {
  const digest = sha3Hex(json);
  const text = decodeUtf8(json);
  const byteOffset = (end: number) => utf8(text.slice(0, end)).length;
  return memberRanges(text).map(({ name, start, end }) => {
    const offset = byteOffset(start);
    const hint = Object.hasOwn(hints, name) ? hints[name] : undefined;
    return {
      name: name.slice(0, 64),
      value: valueText(name, values),
      evidence: { digest, offset, length: byteOffset(end) - offset },
      ...(hint && { hint }),
    };
  });
}

function valueText(name: string, values: JsonObject): string {
  const date = name === 'iat' || name === 'exp' || name === 'nbf' ? numericDate(values, name) : undefined;
  if (typeof date === 'number') return timeText(date);
  const json = JSON.stringify(values[name]);
  return json.length > shownLength ? `${json.slice(0, shownLength)}…` : json;
}

/** The issuer may be pinned from what the token names; a key never may. */
function offeredPins({ payload }: Jwt, checks: readonly Check[]): { offered?: Trust } {
  const issuer = payload['iss'];
  const open = checks.some(({ code, status }) => code === 'JWT_ISSUER' && status === 'unknown');
  return open && typeof issuer === 'string' && /^https:\/\/[^\s@?#]+$/.test(issuer)
    ? { offered: { issuers: [issuer] } }
    : {};
}

function usedPins({ header, payload }: Jwt, trust: Trust): Trust {
  const keys = (trust.jwks?.keys ?? []).filter(({ kid }) => kid !== undefined && kid === header['kid']);
  const issuers = (trust.issuers ?? []).filter((issuer) => issuer === payload['iss']);
  return { ...(keys.length > 0 && { jwks: { keys } }), ...(issuers.length > 0 && { issuers }) };
}
