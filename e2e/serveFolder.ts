import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

export interface ServedFolder {
  readonly url: string;
  /** Every request that came, as `METHOD /path`. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

interface Oddities {
  /** The path that the folder lies under, such as `/deep/folder`. */
  readonly prefix?: string;
  /** Whether nobody answers at this moment. */
  readonly isCut?: () => boolean;
  /** What is served in the place of texts: pages, scripts, JSON. */
  readonly change?: (bytes: Buffer, path: string) => Buffer;
}

/** A static host of the plainest kind, without one header of its own unless told: what the built page claims must hold on it. */
export async function serveFolder(
  folder: string,
  headers: Readonly<Record<string, string>> = {},
  { prefix = '', isCut, change }: Oddities = {},
): Promise<ServedFolder> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    if (isCut?.()) return void request.socket.destroy();
    requests.push(`${request.method} ${request.url}`);
    const asked = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    if (!asked.startsWith(prefix)) return void response.writeHead(404).end();
    const path = asked.slice(prefix.length);
    const file = join(folder, path.endsWith('/') ? join(path, 'index.html') : path);
    const type = types[extname(file)] ?? 'application/octet-stream';
    readFile(file).then(
      (bytes) =>
        response
          .writeHead(200, { ...headers, 'content-type': type })
          .end(change && /text|json/.test(type) ? change(bytes, path) : bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
