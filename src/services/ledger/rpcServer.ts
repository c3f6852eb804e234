import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHttpService, type HttpService } from '../process/httpService.ts';
import { readBody } from '../process/readBody.ts';
import { RpcFault } from './nodeRpc.ts';

export interface RpcServerOptions {
  readonly host: string;
  /** 0 is any free one. */
  readonly port: number;
  /** @throws RpcFault */
  readonly answer: (method: string, params: readonly unknown[]) => Promise<unknown>;
  /** What `GET /label` answers. */
  readonly label: () => unknown;
}

const maximum = { connections: 1_024, body: 4 * 1024 * 1024, batch: 256 } as const;

/** Wallets and pages of any origin may ask: there is nothing here but what is public on a ledger. */
const cors = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'POST, GET, OPTIONS',
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Allow-Private-Network': 'true',
  'Access-Control-Max-Age': '600',
} as const;

/**
 * JSON-RPC 2.0 over HTTP, single or in batches; `GET /label` says what this ledger is.
 * @throws AuditorError `usage` PORT_IN_USE
 */
export async function createRpcServer(options: RpcServerOptions): Promise<HttpService> {
  const { host, port } = options;
  return createHttpService({
    name: 'the ledger',
    remedy: 'choose another with --port',
    host,
    port,
    connections: maximum.connections,
    grace: 0,
    answer: (request, response) => serve(options, request, response),
  });
}

async function serve(options: RpcServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end();
  if (request.method === 'GET') {
    const known = request.url === '/label' || request.url === '/';
    return send(response, known ? 200 : 404, known ? options.label() : { error: 'POST JSON-RPC to /, or GET /label.' });
  }
  if (request.method !== 'POST') return send(response, 405, { error: 'POST JSON-RPC to /, or GET /label.' });
  const body = await readBody(request, maximum.body);
  let asked: unknown;
  try {
    asked = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return send(response, 200, faultOf(null, new RpcFault(-32700, 'parse error')));
  }
  if (!Array.isArray(asked)) return send(response, 200, await answerOne(options, asked));
  if (asked.length === 0 || asked.length > maximum.batch) {
    return send(response, 200, faultOf(null, new RpcFault(-32600, `a batch has 1 to ${maximum.batch} requests`)));
  }
  const answers: unknown[] = [];
  for (const each of asked) answers.push(await answerOne(options, each));
  send(response, 200, answers);
}

async function answerOne({ answer }: RpcServerOptions, asked: unknown): Promise<unknown> {
  const { id = null, method, params = [] } = (asked ?? {}) as { id?: unknown; method?: unknown; params?: unknown };
  if (typeof method !== 'string' || !Array.isArray(params)) return faultOf(id, new RpcFault(-32600, 'invalid request'));
  try {
    return { jsonrpc: '2.0', id, result: (await answer(method, params)) ?? null };
  } catch (error) {
    return faultOf(id, error);
  }
}

function faultOf(id: unknown, error: unknown): unknown {
  const { code, message, data } = error instanceof RpcFault ? error : new RpcFault(-32603, (error as Error).message);
  return { jsonrpc: '2.0', id, error: { code, message, ...(data === undefined ? {} : { data }) } };
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...cors, 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(value));
}
