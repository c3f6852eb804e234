import type { JsonObject, JsonValue } from '../../core/bytes/json.ts';
import { hostDigest, readHostCredential, type HostSubject } from '../../core/host/hostCredential.ts';
import { isDigest } from '../../core/host/hostValues.ts';
import { isObject } from '../../core/vc/credential.ts';
import { HttpFault } from '../process/httpFault.ts';
import type { JsonAnswer } from '../process/jsonServer.ts';
import type { HostAgent } from './hostAgent.ts';
import { isToken } from './secretToken.ts';

/** What a host says of itself to whoever asks: what to pin. */
export interface HostDescription {
  readonly affidavit: 'host/1';
  readonly did: string;
  readonly operator: string;
  readonly statusList: string;
  /** PEM. */
  readonly tpm: { readonly status: string; readonly attestationKey: string };
  readonly environment: { readonly simulated: boolean; readonly rootPem: string | null; readonly pcrs: JsonObject };
}

/** Answers requests to a host; see README.md. @param token what whoever revokes has to show */
export function hostAnswers(
  agent: HostAgent,
  { description, document, token }: { description: HostDescription; document: JsonObject | undefined; token: string },
): (method: string, path: string, body: JsonObject) => Promise<JsonAnswer | undefined> {
  return async (method, path, body) => {
    switch (`${method} ${path}`) {
      case 'GET /':
        return { body: description };
      case 'GET /.well-known/did.json':
        return document && { body: document, type: 'application/did+json' };
      case 'GET /status':
        return { body: await agent.statusList(), type: 'application/vc+json' };
      case 'GET /credentials':
        return { body: { credentials: agent.history().map(({ number, credential }) => entryOf(number, credential)) } };
      case 'POST /attest': {
        const { nonce, image } = members(body, ['nonce', 'image']);
        if (typeof nonce !== 'string') throw wrong('“nonce” is 32 bytes in base64url.');
        return { body: await agent.attest({ nonce, ...(image === undefined ? {} : { image: readImage(image) }) }) };
      }
      case 'POST /revoke': {
        const { digest, token: shown } = members(body, ['digest', 'token']);
        if (!isToken(shown, token)) throw new HttpFault(403, 'TOKEN', 'Only the host’s operator may revoke.');
        if (!isDigest(digest)) throw wrong('“digest” is that of a credential: 64 hex digits.');
        await agent.revoke(digest);
        return { body: { revoked: digest } };
      }
    }
    const which = method === 'GET' ? /^\/status\/([1-9]\d{0,5})$/.exec(path)?.[1] : undefined;
    if (which !== undefined) {
      const list = await agent.laterList(Number(which));
      return list && { body: list, type: 'application/vc+json' };
    }
    const digest = method === 'GET' ? /^\/credentials\/([0-9a-f]{64})$/.exec(path)?.[1] : undefined;
    const found = agent.history().find(({ credential }) => digest === hostDigest(credential));
    return found && { body: found };
  };
}

function entryOf(number: number, credential: JsonObject): JsonObject {
  const { from, until } = readHostCredential(credential);
  return { number, digest: hostDigest(credential), from, until };
}

function readImage(value: JsonValue): NonNullable<HostSubject['image']> {
  const { digest, keyCommitment } = members(value, ['digest', 'keyCommitment']);
  if (!isDigest(digest) || !isDigest(keyCommitment))
    throw wrong('“image” has “digest” and “keyCommitment”, 64 hex digits each.');
  return { digest, keyCommitment };
}

function members(value: JsonValue, known: readonly string[]): JsonObject {
  if (!isObject(value)) throw wrong('An object is expected.');
  const other = Object.keys(value).find((name) => !known.includes(name));
  if (other !== undefined) throw wrong(`There is no ${JSON.stringify(other.slice(0, 40))} in this request.`);
  return value;
}

function wrong(words: string): HttpFault {
  return new HttpFault(400, 'QUESTION', words);
}
