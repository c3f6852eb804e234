import { createPrivateKey, sign } from 'node:crypto';
import { toBase64Url } from '../../core/bytes/base64.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { ask, faultOf } from './bucketHttp.ts';

/** The parts of a service account's key file that are needed. */
export interface ServiceAccount {
  readonly client_email: string;
  /** PEM. */
  readonly private_key: string;
  /** `https://oauth2.googleapis.com/token` */
  readonly token_uri: string;
}

const scope = 'https://www.googleapis.com/auth/devstorage.read_write';
/** A token is not used in its last so many milliseconds. */
const reserve = 60_000;

/** Access tokens of a service account (RFC 7523 as Google documents it), each used until shortly before it ends. */
export function createGoogleToken(account: ServiceAccount, clock: () => number = Date.now): () => Promise<string> {
  const key = createPrivateKey(account.private_key);
  let kept: { readonly token: Promise<string>; ends: number } | undefined;

  async function fetchToken(): Promise<{ token: string; seconds: number }> {
    const iat = Math.floor(clock() / 1000);
    const claims = { iss: account.client_email, scope, aud: account.token_uri, iat, exp: iat + 3600 };
    const text = [{ alg: 'RS256', typ: 'JWT' }, claims]
      .map((part) => toBase64Url(utf8(JSON.stringify(part))))
      .join('.');
    const assertion = `${text}.${toBase64Url(new Uint8Array(sign('sha256', Buffer.from(text), key)))}`;
    const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    const answer = await ask(new URL(account.token_uri), { method: 'POST', body });
    if (!answer.ok) throw await faultOf(answer);
    const { access_token: token, expires_in: seconds } = (await answer.json()) as Record<string, unknown>;
    if (typeof token !== 'string' || typeof seconds !== 'number') throw new Error('Google answered without a token.');
    return { token, seconds };
  }

  return () => {
    if (kept !== undefined && clock() < kept.ends) return kept.token;
    const asked = fetchToken();
    const fresh = { token: asked.then(({ token }) => token), ends: Number.POSITIVE_INFINITY };
    kept = fresh;
    asked.then(
      ({ seconds }) => (fresh.ends = clock() + seconds * 1000 - reserve),
      () => (kept = undefined),
    );
    return fresh.token;
  };
}
