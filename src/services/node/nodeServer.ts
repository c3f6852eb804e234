import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeUtf8 } from '../../core/bytes/bytes.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { HttpFault } from '../process/httpFault.ts';
import { portFault } from '../process/port.ts';
import { readBody } from '../process/readBody.ts';
import { sendJson } from '../process/sendJson.ts';
import type { AttestationNode } from './attestationNode.ts';
import { contentBounds } from './contentStore.ts';
import { readSignedVote } from './signedVoteJson.ts';

export interface NodeServer {
  readonly url: string;
  close(): Promise<void>;
}

const cors = { 'Access-Control-Allow-Origin': '*' };
const maximum = { connections: 128, vote: 2048 } as const;
/** Milliseconds that a request may take to come. */
const patience = 30_000;

/**
 * A node's door: files by digest (`GET /content/<digest>`, `POST /content`), openings for this node alone (`POST /openings`), votes of others (`POST /votes`), and what it sees (`GET /status`). Nothing that comes in decides
 * anything: files are what their digests say, votes are what their signatures say.
 * @throws AuditorError `usage` PORT_IN_USE
 */
export async function createNodeServer(
  node: Pick<AttestationNode, 'content' | 'hear' | 'openings' | 'status'>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<NodeServer> {
  const server = createServer((request, response) => {
    answer(node, request, response).catch((error: unknown) => refuse(request, response, error));
  });
  server.maxConnections = maximum.connections;
  server.requestTimeout = patience;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    throw portFault(error, port, 'a node of the attestation network', 'choose other ports', host);
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  node: Pick<AttestationNode, 'content' | 'hear' | 'openings' | 'status'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (request.method === 'OPTIONS') {
    const allowed = { 'Access-Control-Allow-Methods': 'GET, POST', 'Access-Control-Allow-Headers': 'Content-Type' };
    response.writeHead(204, { ...cors, ...allowed, 'Access-Control-Max-Age': '86400' }).end();
    return;
  }
  const digest = /^\/content\/([0-9a-f]{64})$/.exec(path)?.[1];
  switch (`${request.method} ${digest === undefined ? path : '/content/'}`) {
    case 'GET /status':
      return sendJson(response, 200, node.status());
    case 'GET /content/': {
      const bytes = await node.content.read(digest as string);
      if (!bytes) throw new HttpFault(404, 'NOT_FOUND', 'There is no file with this digest here.');
      const headers = { ...cors, 'Content-Type': 'application/octet-stream', 'X-Content-Type-Options': 'nosniff' };
      response.writeHead(200, { ...headers, 'Content-Length': bytes.length }).end(bytes);
      return;
    }
    case 'POST /content': {
      const written = await node.content.write(await readBody(request, contentBounds.file));
      return sendJson(response, 201, { digest: written });
    }
    case 'POST /openings': {
      const commitment = await node.openings.write(await readBody(request, contentBounds.file));
      return sendJson(response, 201, { commitment });
    }
    case 'POST /votes': {
      const signed = readSignedVote(decodeUtf8(await readBody(request, maximum.vote)));
      if (!signed) throw new HttpFault(400, 'VOTE', 'That is no signed vote.');
      return sendJson(response, 202, { heard: node.hear(signed) });
    }
    default:
      throw new HttpFault(404, 'NOT_FOUND', 'There are /status, /content, /openings and /votes here.');
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const { status, code, message } = toHttpFault(error);
  // What is left of an unread body would be taken for the next request.
  sendJson(response, status, { code, message }, request.complete ? {} : { Connection: 'close' });
}

function toHttpFault(error: unknown): Pick<HttpFault, 'status' | 'code' | 'message'> {
  if (error instanceof HttpFault) return error;
  if (error instanceof FormatError) return new HttpFault(400, 'TEXT', error.message);
  if (!(error instanceof AuditorError)) return new HttpFault(500, 'INTERNAL', 'The node failed.');
  return new HttpFault(error.kind === 'usage' ? 413 : 507, error.code, error.message);
}
