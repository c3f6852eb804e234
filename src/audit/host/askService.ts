import { decodeUtf8 } from '../../core/bytes/bytes.ts';
import { parseJson, type JsonObject } from '../../core/bytes/json.ts';
import { isObject, text } from '../../core/vc/credential.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { boundedBody } from '../source/boundedBody.ts';

/** Bytes of an answer at most. */
const maximumAnswer = 4 * 1024 * 1024;

/**
 * Asks a host or a validator. What it refuses it says in words, which are given on.
 * @throws AuditorError `source` HOST_SERVICE (it cannot be reached, or what it says is no answer), REFUSED
 */
export async function askService(url: string, body?: unknown, signal?: AbortSignal): Promise<JsonObject> {
  if (!URL.canParse(url)) {
    const words = `${JSON.stringify(url.slice(0, 200))} is no address of a service: one such as http://127.0.0.1:8480 was expected.`;
    throw new AuditorError('source', 'HOST_SERVICE', words);
  }
  let value: unknown;
  let status: number;
  try {
    const asked = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(url, { ...asked, headers, redirect: 'error', ...(signal && { signal }) });
    ({ status } = response);
    const bytes = await boundedBody(response, maximumAnswer);
    if (!bytes) throw new FormatError(`an answer has at most ${maximumAnswer} bytes`, maximumAnswer);
    value = parseJson(decodeUtf8(bytes), { maximumDepth: 24, maximumLength: maximumAnswer });
  } catch (cause) {
    signal?.throwIfAborted();
    const reason = cause instanceof FormatError ? cause.message : 'it does not answer';
    throw new AuditorError('source', 'HOST_SERVICE', `${url} cannot be asked: ${reason}.`, { cause });
  }
  if (!isObject(value as JsonObject))
    throw new AuditorError('source', 'HOST_SERVICE', `${url} answers with no object.`);
  const answer = value as JsonObject;
  if (status === 200) return answer;
  const words = (text(answer, 'message') ?? `It answers with ${status}.`).slice(0, 2000);
  throw new AuditorError('source', 'REFUSED', words);
}
