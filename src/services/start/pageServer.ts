import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createHttpService } from '../process/httpService.ts';

export interface PageServerOptions {
  /** The built page. */
  readonly folder: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  readonly port: number;
  /** What `local.json` says at this moment, token and all: given to this page only. */
  readonly local: () => unknown;
}

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/**
 * Serves the built page as any static host would, and `local.json` beside it.
 * @throws AuditorError `usage` PORT_IN_USE
 */
export async function createPageServer(options: PageServerOptions): Promise<PageServer> {
  const { host, port } = options;
  const service = await createHttpService({
    name: 'the page',
    remedy: 'choose another with --port',
    host,
    port,
    grace: 0,
    answer: (request, response) => answer(options, request, response),
  });
  return { url: `${service.url}/`, close: () => service.close() };
}

async function answer(options: PageServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return sendText(request, response, 405, 'Only GET and HEAD are answered here.', { Allow: 'GET, HEAD' });
  }
  const path = readPath(request.url ?? '/');
  if (path === undefined) return sendText(request, response, 400, 'This is not a path here.');
  if (path === '/local.json') return sendLocal(options, request, response);
  const file = join(options.folder, ...path.split('/'), path.endsWith('/') ? 'index.html' : '');
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || !found.isFile()) return sendText(request, response, 404, 'There is no such page here.');
  response.writeHead(200, {
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Content-Length': found.size,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    // Names under assets/ carry a hash of their content.
    'Cache-Control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(file), response);
}

/** The decoded path; undefined where a part of it begins with a dot, is a drive, or is no text: nothing above the folder, nothing hidden. */
function readPath(target: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(target.split('?')[0] ?? '');
  } catch {
    return undefined;
  }
  return path.startsWith('/') && !/[\\:\0]|\/\.|\/\//.test(path) ? path : undefined;
}

/**
 * The token is in here. Other pages cannot read the answer, for want of CORS headers; a page whose name was pointed at this machine could
 * (DNS rebinding), so the name asked for has to be this machine's own.
 */
function sendLocal(options: PageServerOptions, request: IncomingMessage, response: ServerResponse): void {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (!['127.0.0.1', 'localhost', '[::1]', options.host].includes(name)) {
    return sendText(request, response, 403, 'local.json is for this machine only.');
  }
  const headers = { 'Content-Type': 'application/json', 'Cross-Origin-Resource-Policy': 'same-origin' };
  sendText(request, response, 200, JSON.stringify(options.local()), headers);
}

function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}
