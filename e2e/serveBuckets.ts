import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';

export interface ServedBuckets {
  /** Six addresses below it, `b0` … `b5`, are the buckets. */
  readonly url: string;
  /** Paths that are asked for and match are left without an answer; ends with the connection. */
  silent: RegExp | undefined;
  /** Paths that were asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Folders as buckets on a static host that knows neither versions nor listings, and lets every page read. */
export async function serveBuckets(folder: string): Promise<ServedBuckets> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(pathname);
    if (served.silent?.test(pathname)) return;
    const cors = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };
    readFile(join(folder, normalize(decodeURIComponent(pathname)))).then(
      (bytes) => response.writeHead(200, { ...cors, 'content-type': 'application/octet-stream' }).end(bytes),
      () => response.writeHead(404, cors).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const served: ServedBuckets = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    silent: undefined,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return served;
}
