import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeUtf8 } from '../../core/bytes/bytes.ts';
import { parseJson, type JsonObject } from '../../core/bytes/json.ts';
import { isObject } from '../../core/vc/credential.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { HttpFault } from '../process/httpFault.ts';
import { portFault } from '../process/port.ts';
import { readBody } from '../process/readBody.ts';
import { sendJson } from '../process/sendJson.ts';

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

export interface JsonServer {
  readonly url: string;
  close(): Promise<void>;
}

const cors = { 'Access-Control-Allow-Origin': '*' };
/** Milliseconds that a request may take to come. */
const patience = 30_000;

/** A server that takes and gives JSON, also to pages of other origins. @throws AuditorError `usage` PORT_IN_USE */
export async function createJsonServer(options: JsonServerOptions): Promise<JsonServer> {
  const { name, host = '127.0.0.1', port = 0 } = options;
  const work = { running: 0 };
  const server = createServer((request, response) => {
    answerOne(options, work, request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return void response.destroy();
      const { status, code, message, headers } = toHttpFault(error);
      // What is left of an unread body would be taken for the next request.
      sendJson(response, status, { code, message }, request.complete ? headers : { ...headers, Connection: 'close' });
    });
  });
  server.maxConnections = 256;
  server.requestTimeout = patience;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    throw portFault(error, port, name, 'start on other ports', host);
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), 1_000);
      await closed;
      clearTimeout(late);
    },
  };
}

async function answerOne(
  { answer, maximumBody = 4 * 1024 * 1024, atOnce = 32 }: JsonServerOptions,
  work: { running: number },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  if (method === 'OPTIONS') {
    const allowed = { 'Access-Control-Allow-Methods': 'GET, POST', 'Access-Control-Allow-Headers': 'Content-Type' };
    response.writeHead(204, { ...cors, ...allowed, 'Access-Control-Max-Age': '86400' }).end();
    return;
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

function toHttpFault(error: unknown): HttpFault {
  if (error instanceof HttpFault) return error;
  if (error instanceof FormatError) return new HttpFault(400, 'FORM', error.message);
  if (!(error instanceof AuditorError)) return new HttpFault(500, 'INTERNAL', 'The service failed; nothing was done.');
  if (error.kind === 'usage') return new HttpFault(400, error.code, error.message);
  return new HttpFault(error.kind === 'source' ? 502 : 500, error.code, error.message);
}
