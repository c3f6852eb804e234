import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isHex } from '../../core/bytes/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { portFault } from '../process/port.ts';
import { HttpFault } from '../process/httpFault.ts';
import { RequestBodies } from './writerServerBodies.ts';
import type { AddressInfo } from 'node:net';
import type { Writer } from './writer.ts';

export interface WriterServerOptions {
  readonly writer: Pick<Writer, 'write' | 'status' | 'chains'>;
  /** Who has it may write. */
  readonly token: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** What a client is told to wait when the queue is full, in seconds; default 5. */
  readonly retryAfter?: number;
  /** Bytes of all bodies together that are being received or written to the disk; default 64 MiB. */
  readonly bodyBytes?: number;
}

export interface WriterServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Connections beyond these are dropped: what each of them needs is memory too. */
const connections = 4_096;

/** Any page may ask; only who has the token may write. */
const cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Retry-After' };

/**
 * The writer's door: `POST /write`, `GET /transactions/<hash>`, `GET /chains`; see README.md.
 * @throws AuditorError `usage` PORT_IN_USE
 */
export async function createWriterServer(options: WriterServerOptions): Promise<WriterServer> {
  const { host = '127.0.0.1', port = 0 } = options;
  const bodies = new RequestBodies(options.bodyBytes);
  const server = createServer((request, response) => {
    answer(options, bodies, request, response).catch((error: unknown) => refuse(options, request, response, error));
  });
  server.maxConnections = connections;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    throw portFault(error, port, 'the writer', 'start on other ports', host);
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const patience = setTimeout(() => server.closeAllConnections(), 1_000);
      await closed;
      clearTimeout(patience);
    },
  };
}

async function answer(
  options: WriterServerOptions,
  bodies: RequestBodies,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  const hash = /^\/transactions\/([^/]*)$/.exec(path)?.[1];
  const method = path === '/write' ? 'POST' : hash !== undefined || path === '/chains' ? 'GET' : undefined;
  if (method === undefined) {
    throw new HttpFault(404, 'NOT_FOUND', 'There are POST /write, GET /transactions/<hash> and GET /chains here.');
  }
  if (request.method === 'OPTIONS') {
    const allowed = {
      'Access-Control-Allow-Methods': method,
      'Access-Control-Allow-Headers': 'Authorization, Content-Type',
    };
    response.writeHead(204, { ...cors, ...allowed, 'Access-Control-Max-Age': '86400' }).end();
    return;
  }
  if (request.method !== method) {
    throw new HttpFault(405, 'METHOD_NOT_ALLOWED', `${path} takes ${method}.`, { Allow: `${method}, OPTIONS` });
  }
  if (path === '/write') return write(options, bodies, request, response);
  if (hash === undefined) {
    const chains = options.writer.chains().map(({ name, genesis, sequencerKey, height, state }) => ({
      name,
      genesis,
      sequencerKey,
      height,
      state,
    }));
    return send(response, 200, chains);
  }
  if (!isHex(hash, 32)) {
    throw new HttpFault(400, 'TRANSACTION_HASH', 'A transaction is named by H(d): 64 lower-case hex digits.');
  }
  return send(response, 200, await options.writer.status(hash));
}

async function write(
  options: WriterServerOptions,
  bodies: RequestBodies,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const given = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  if (given === undefined || !sameText(given, options.token)) {
    throw new HttpFault(401, 'TOKEN', 'Writing needs the writer’s token: Authorization: Bearer <token>.', {
      'WWW-Authenticate': 'Bearer',
    });
  }
  // The body counts until it is on the disk: what is on its way there is in memory as well.
  const transaction = await bodies.use(request, (body) => options.writer.write(body));
  send(response, 202, { transaction });
}

/** In a time that does not depend on where the two differ, nor on their lengths. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function refuse(
  options: WriterServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const fault = toHttpFault(error, options.retryAfter ?? 5);
  // What is left of an unread body would be taken for the next request.
  const headers = request.complete ? fault.headers : { ...fault.headers, Connection: 'close' };
  send(response, fault.status, { code: fault.code, message: fault.message }, headers);
}

function toHttpFault(error: unknown, retryAfter: number): HttpFault {
  if (error instanceof HttpFault) return error;
  if (!(error instanceof AuditorError))
    return new HttpFault(500, 'INTERNAL', 'The writer failed; nothing was accepted.');
  const { code, message } = error;
  if (code === 'QUEUE_FULL') return new HttpFault(429, code, message, { 'Retry-After': String(retryAfter) });
  if (code === 'TRANSACTION_LENGTH') return new HttpFault(413, code, message);
  if (code === 'TRANSACTION_RESERVED') return new HttpFault(400, code, message);
  if (code === 'WRITER_STOPPED') return new HttpFault(503, code, message, { 'Retry-After': String(retryAfter) });
  return new HttpFault(code === 'IO_ENOSPC' || code === 'IO_EDQUOT' ? 507 : 500, code, message);
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...cors,
    ...headers,
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
