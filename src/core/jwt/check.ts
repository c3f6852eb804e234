import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check, type Note, type Plan } from '../verdict/check.ts';
import type { Content } from '../kinds/content.ts';
import type { Checker, Context, Judgement, TimeSource } from '../kinds/kind.ts';
import { rangeFault } from '../trust/validRange.ts';
import { timeText } from '../x509/validity.ts';
import { checkClaims } from './checkClaims.ts';
import { developmentKeyThumbprint } from './developmentKey.ts';
import type { JwtDetails } from './details.ts';
import { explainJwt } from './explain.ts';
import { isJsonSerialization } from './jsonSerialization.ts';
import { importJwks } from './keys.ts';
import { parseJwt, type Jwt } from './parse.ts';
import { checkTimes, numericDate } from './times.ts';
import { tokenText } from './tokenText.ts';
import { verifyJwtSignature, type JwtSignature } from './verifySignature.ts';

/** The steps of a signature, in the order in which they are taken: what comes after one that does not hold is not done. */
const signatureCodes = ['JWT_HEADER', 'JWT_ALGORITHM', 'JWT_KEY', 'JWT_SIGNATURE'] as const;

const codes = ['JWT_FORM', ...signatureCodes, 'JWT_ISSUER', 'JWT_CLAIMS', 'JWT_TIME'] as const;

const specs: Readonly<Record<(typeof signatureCodes)[number], string>> = {
  JWT_HEADER: 'RFC 7515 §4.1',
  JWT_ALGORITHM: 'RFC 8725 §3.1',
  JWT_KEY: 'RFC 7515 §4.1.4',
  JWT_SIGNATURE: 'RFC 7515 §5.2',
};

const jsonReason =
  'It is a JWS in the JSON serialisation (RFC 7515 §7.2); a token has the compact form, three parts with dots between them (RFC 7519 §1).';

/** Judges a bare token under `trust.jwks` and `trust.issuers`; those of a chain are pinned apart and judged in its audit. */
export const jwtChecker: Checker = {
  plan: (): readonly Plan[] => codes.map((code) => ({ code })),
  check: checkJwt,
};

async function checkJwt(content: Content, context: Context): Promise<Judgement> {
  let jwt: Jwt;
  const text = tokenText(content) ?? '';
  try {
    if (isJsonSerialization(text)) throw new FormatError(jsonReason, 0);
    jwt = parseJwt(text);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const form = fail('JWT_FORM', { spec: 'RFC 7519 §3', params: { reason: error.message, offset: error.offset } });
    const rest = codes.slice(1).map((code) => unknown(code, { params: { reason: 'The token could not be read.' } }));
    const at = context.givenTime ?? null;
    return { checks: [form, ...rest], labels: [], at, timeSource: at === null ? 'signed' : 'given' };
  }
  const signature = await verifyJwtSignature(jwt, await importJwks(context.trust.jwks ?? { keys: [] }), {
    algorithms: ['RS256', 'ES256'],
  });
  const { at, timeSource } = judgedTime(jwt, context);
  const development = signature.ok && signature.key.thumbprint === developmentKeyThumbprint;
  const checks = [
    pass('JWT_FORM', { spec: 'RFC 7519 §3' }),
    ...signatureChecks(jwt, signature, development),
    checkIssuer(jwt, context.trust.issuers ?? []),
    checkClaims(jwt.payload),
    withNotes(checkTimes(jwt.payload, at), timeNotes(jwt, at, timeSource)),
    ...checkKeyTime(jwt, signature),
  ];
  return {
    checks,
    labels: development ? ['development'] : [],
    at,
    timeSource,
    details: {
      ...detailsOf(jwt, signature),
      explained: explainJwt(jwt, content, checks, context.trust),
    } satisfies JwtDetails,
  };
}

/** Its own `iat`, unless the person gives a time; the present where it has none (DESIGN §3.4). */
function judgedTime({ payload }: Jwt, { givenTime, now }: Context): { at: number; timeSource: TimeSource } {
  if (givenTime !== undefined) return { at: givenTime, timeSource: 'given' };
  const issued = numericDate(payload, 'iat');
  return typeof issued === 'number' ? { at: issued, timeSource: 'signed' } : { at: now, timeSource: 'now' };
}

function signatureChecks({ header }: Jwt, signature: JwtSignature, development: boolean): Check[] {
  const failed = signature.ok ? signatureCodes.length : signatureCodes.findIndex((code) => code === signature.code);
  const params = { algorithm: shown(header['alg']), kid: shown(header['kid']) };
  return signatureCodes.map((code, index) => {
    const spec = specs[code];
    if (index < failed) {
      const notes: Note[] = development && code === 'JWT_KEY' ? [{ code: 'JWT_DEVELOPMENT_KEY' }] : [];
      return withNotes(pass(code, { spec, params }), notes);
    }
    if (index > failed || signature.ok) {
      return unknown(code, { spec, params: { reason: 'A step before it did not hold.' } });
    }
    const details = { spec, params: { reason: signature.reason } };
    return signature.status === 'fail' ? fail(code, details) : unknown(code, details);
  });
}

/** Where a range is pinned with the key: that the token was issued in it. By its own time alone, since a time that is given says nothing about when it was signed. */
function checkKeyTime({ payload }: Jwt, signature: JwtSignature): Check[] {
  if (!signature.ok) return [];
  const { from, until } = signature.key.jwk;
  if (from === undefined && until === undefined) return [];
  const details = { spec: 'RFC 7519 §4.1.6' };
  const params = { kid: signature.kid.slice(0, 64), from: from ?? '…', until: until ?? '…' };
  const issued = numericDate(payload, 'iat');
  if (typeof issued !== 'number') return [unknown('JWT_KEY_TIME', { ...details, params })];
  const reason = rangeFault(signature.key.jwk, issued);
  return [
    reason === undefined
      ? pass('JWT_KEY_TIME', { ...details, params })
      : fail('JWT_KEY_TIME', { ...details, params: { ...params, reason } }),
  ];
}

function checkIssuer({ payload }: Jwt, trusted: readonly string[]): Check {
  const issuer = payload['iss'];
  const spec = 'RFC 7519 §4.1.1';
  const open = (reason: string) => unknown('JWT_ISSUER', { spec, params: { reason } });
  if (issuer === undefined) return open('The token names no issuer.');
  if (typeof issuer !== 'string') return fail('JWT_ISSUER', { spec });
  const shown = issuer.slice(0, 256);
  if (trusted.includes(issuer)) return pass('JWT_ISSUER', { spec, params: { issuer: shown } });
  return open(`The token says that ${JSON.stringify(shown)} issued it, which you have not pinned as an issuer.`);
}

function timeNotes({ payload }: Jwt, at: number, source: TimeSource): Note[] {
  if (source === 'now') return [{ code: 'JWT_NO_ISSUED_TIME' }];
  const issued = numericDate(payload, 'iat');
  const early = typeof issued === 'number' && at < issued;
  return early ? [{ code: 'JWT_SIGNED_LATER', params: { at: timeText(at), signed: timeText(issued) } }] : [];
}

function withNotes(check: Check, notes: readonly Note[]): Check {
  return notes.length > 0 ? { ...check, notes } : check;
}

/** Members without a prototype cannot be turned into text, so what is none is shown as JSON. */
const shown = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none')).slice(0, 64);

const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);

function detailsOf({ text, header, payload }: Jwt, signature: JwtSignature): Omit<JwtDetails, 'explained'> {
  const [first = '', second = '', third = ''] = text.split('.');
  const time = (claim: 'iat' | 'nbf' | 'exp') => {
    const date = numericDate(payload, claim);
    return typeof date === 'number' ? timeText(date) : null;
  };
  return {
    header,
    payload,
    parts: [first, second, third],
    issuedAt: time('iat'),
    notBefore: time('nbf'),
    expires: time('exp'),
    issuer: textOrNull(payload['iss']),
    kid: textOrNull(header['kid']),
    thumbprint: (signature.ok && signature.key.thumbprint) || null,
  };
}
