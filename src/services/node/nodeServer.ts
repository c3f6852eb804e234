import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeUtf8 } from '../../core/bytes/bytes.ts';
import { openingKeyJson } from '../../core/network/openingKey.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { HttpFault } from '../process/httpFault.ts';
import { createHttpService, type HttpService } from '../process/httpService.ts';
import { readBody } from '../process/readBody.ts';
import { sendJson } from '../process/sendJson.ts';
import { sendPreflight } from '../process/sendPreflight.ts';
import type { AttestationNode } from './attestationNode.ts';
import { contentBounds } from './contentStore.ts';
import { readSignedVote } from './signedVoteJson.ts';

/** What sealing adds at most: an encapsulated key and a tag. */
const sealedOverhead = 128;
const maximum = { connections: 128, vote: 2048 } as const;

/**
 * A node's door: files by digest (`GET /content/<digest>`, `POST /content`), openings for this node alone, sealed to its key (`GET /opening-key`, `POST /openings`), votes of others (`POST /votes`), and what it sees (`GET /status`). Nothing that comes in decides
 * anything: files are what their digests say, votes are what their signatures say.
 * @throws AuditorError `usage` PORT_IN_USE
 */
export async function createNodeServer(
  node: Pick<AttestationNode, 'content' | 'hear' | 'door' | 'status'>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<HttpService> {
  return createHttpService({
    name: 'a node of the attestation network',
    remedy: 'choose other ports',
    host,
    port,
    connections: maximum.connections,
    grace: 0,
    answer: (request, response) => answer(node, request, response),
    faultOf,
  });
}

async function answer(
  node: Pick<AttestationNode, 'content' | 'hear' | 'door' | 'status'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (request.method === 'OPTIONS') {
    return sendPreflight(response, 'GET, POST');
  }
  const digest = /^\/content\/([0-9a-f]{64})$/.exec(path)?.[1];
  switch (`${request.method} ${digest === undefined ? path : '/content/'}`) {
    case 'GET /status':
      return sendJson(response, 200, node.status());
    case 'GET /content/': {
      const bytes = await node.content.read(digest as string);
      if (!bytes) throw new HttpFault(404, 'NOT_FOUND', 'There is no file with this digest here.');
      const headers = {
        'Access-Control-Allow-Origin': '*',
        'Content-Type': 'application/octet-stream',
        'X-Content-Type-Options': 'nosniff',
      };
      response.writeHead(200, { ...headers, 'Content-Length': bytes.length }).end(bytes);
      return;
    }
    case 'GET /opening-key':
      return sendJson(response, 200, openingKeyJson(node.door.key));
    case 'POST /content': {
      const written = await node.content.write(await readBody(request, contentBounds.file));
      return sendJson(response, 201, { digest: written });
    }
    case 'POST /openings': {
      const commitment = await node.door.take(await readBody(request, contentBounds.file + sealedOverhead));
      return sendJson(response, 201, { commitment });
    }
    case 'POST /votes': {
      const signed = readSignedVote(decodeUtf8(await readBody(request, maximum.vote)));
      if (!signed) throw new HttpFault(400, 'VOTE', 'That is no signed vote.');
      return sendJson(response, 202, { heard: node.hear(signed) });
    }
    default:
      throw new HttpFault(404, 'NOT_FOUND', 'There are /status, /content, /opening-key, /openings and /votes here.');
  }
}

function faultOf(error: unknown): HttpFault {
  if (error instanceof FormatError) return new HttpFault(400, 'FORM', error.message);
  if (!(error instanceof AuditorError)) return new HttpFault(500, 'INTERNAL', 'The node failed; nothing was kept.');
  return new HttpFault(error.kind === 'usage' ? 413 : 507, error.code, error.message);
}
