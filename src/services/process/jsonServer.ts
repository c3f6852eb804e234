import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeUtf8 } from '../../core/bytes/bytes.ts';
import { parseJson, type JsonObject } from '../../core/bytes/json.ts';
import { isObject } from '../../core/vc/credential.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { HttpFault } from './httpFault.ts';
import { createHttpService, type HttpService } from './httpService.ts';
import { readBody } from './readBody.ts';
import { sendJson } from './sendJson.ts';
import { sendPreflight } from './sendPreflight.ts';
import { serviceFault } from './serviceFault.ts';

/** What is answered: a value as JSON, or a text as it is. */
export interface JsonAnswer {
  readonly body: unknown;
  readonly type?: 'application/json' | 'application/vc+json' | 'application/did+json';
}

export interface JsonServerOptions {
  /** What it is, for words: `the host`. */
  readonly name: string;
  /** Undefined: there is nothing at that path. `body` is there for POST alone. */
  readonly answer: (method: string, path: string, body: JsonObject) => Promise<JsonAnswer | undefined>;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Bytes of a body at most; default 4 MiB. */
  readonly maximumBody?: number;
  /** Requests answered at once; default 32. */
  readonly atOnce?: number;
}

/** A server that takes and gives JSON, also to pages of other origins. @throws AuditorError `usage` PORT_IN_USE */
export async function createJsonServer(options: JsonServerOptions): Promise<HttpService> {
  const { name, host, port } = options;
  const work = { running: 0 };
  return createHttpService({
    name,
    host,
    port,
    answer: (request, response) => answerOne(options, work, request, response),
    faultOf: (error) => serviceFault(error, 'The service failed; nothing was done.'),
  });
}

async function answerOne(
  { answer, maximumBody = 4 * 1024 * 1024, atOnce = 32 }: JsonServerOptions,
  work: { running: number },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  if (method === 'OPTIONS') {
    return sendPreflight(response, 'GET, POST');
  }
  if (method !== 'GET' && method !== 'POST') {
    throw new HttpFault(405, 'METHOD_NOT_ALLOWED', 'GET and POST are answered here.', { Allow: 'GET, POST, OPTIONS' });
  }
  if (work.running >= atOnce) {
    throw new HttpFault(503, 'BUSY', 'As much as can be done at once is being done. Ask again soon.', {
      'Retry-After': '2',
    });
  }
  work.running += 1;
  try {
    const body = method === 'POST' ? objectIn(await readBody(request, maximumBody)) : {};
    const answered = await answer(method, url.split('?')[0] ?? '/', body);
    if (!answered) throw new HttpFault(404, 'NOT_FOUND', 'There is nothing here.');
    sendJson(response, 200, answered.body, { 'Content-Type': answered.type ?? 'application/json' });
  } finally {
    work.running -= 1;
  }
}

function objectIn(bytes: Uint8Array): JsonObject {
  try {
    const value = parseJson(decodeUtf8(bytes), { maximumDepth: 24, maximumLength: bytes.length + 1 });
    if (isObject(value)) return value;
    throw new FormatError('Expected an object.', 0);
  } catch (error) {
    if (error instanceof FormatError) throw new HttpFault(400, 'QUESTION', `The request is no JSON: ${error.message}`);
    throw error;
  }
}
