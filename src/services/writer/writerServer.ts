import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isHex } from '../../core/bytes/hex.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { HttpFault } from '../process/httpFault.ts';
import { createHttpService, type HttpService } from '../process/httpService.ts';
import { sendJson } from '../process/sendJson.ts';
import { sendPreflight } from '../process/sendPreflight.ts';
import { RequestBodies } from './writerServerBodies.ts';
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

/** So many clients may wait in the queue. */
const connections = 4_096;
/** Milliseconds that a transaction may take to come: what is under way counts against the bound of all. */
const patience = 60_000;

/**
 * The writer's door: `POST /write`, `GET /transactions/<hash>`, `GET /chains`; see README.md.
 * @throws AuditorError `usage` PORT_IN_USE
 */
export async function createWriterServer(options: WriterServerOptions): Promise<HttpService> {
  const { host, port, retryAfter = 5 } = options;
  const bodies = new RequestBodies(options.bodyBytes);
  return createHttpService({
    name: 'the writer',
    host,
    port,
    connections,
    patience,
    answer: (request, response) => answer(options, bodies, request, response),
    faultOf: (error) => toHttpFault(error, retryAfter),
  });
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
    return sendPreflight(response, method, 'Authorization, Content-Type');
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
    return sendJson(response, 200, chains);
  }
  if (!isHex(hash, 32)) {
    throw new HttpFault(400, 'TRANSACTION_HASH', 'A transaction is named by H(d): 64 lower-case hex digits.');
  }
  return sendJson(response, 200, await options.writer.status(hash));
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
  sendJson(response, 202, { transaction });
}

/** In a time that does not depend on where the two differ, nor on their lengths. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function toHttpFault(error: unknown, retryAfter: number): HttpFault {
  if (!(error instanceof AuditorError))
    return new HttpFault(500, 'INTERNAL', 'The writer failed; nothing was accepted.');
  const { code, message } = error;
  if (code === 'QUEUE_FULL') return new HttpFault(429, code, message, { 'Retry-After': String(retryAfter) });
  if (code === 'TRANSACTION_LENGTH') return new HttpFault(413, code, message);
  if (code === 'TRANSACTION_RESERVED') return new HttpFault(400, code, message);
  if (code === 'WRITER_STOPPED') return new HttpFault(503, code, message, { 'Retry-After': String(retryAfter) });
  return new HttpFault(code === 'IO_ENOSPC' || code === 'IO_EDQUOT' ? 507 : 500, code, message);
}
