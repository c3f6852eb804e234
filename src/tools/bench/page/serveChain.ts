import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PackedChain } from '../chain/packedChain.ts';

export interface ServedChain {
  /** Addresses of the six buckets, each an origin of its own as with real storage. */
  readonly urls: readonly string[];
  close(): void;
}

/** A packed chain behind six static hosts that know neither versions nor listings and let every page read. */
export async function serveChain(chain: PackedChain): Promise<ServedChain> {
  const servers = await Promise.all(
    chain.buckets().map(async ({ read }) => {
      const server = createServer((request, response) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        void read(pathname.slice(1), Infinity).then((answer) => {
          const bytes = typeof answer === 'string' ? undefined : answer[0];
          // A host of the public kind may be read by pages that are isolated from others, as this bench's is.
          response.writeHead(bytes ? 200 : 404, { 'access-control-allow-origin': '*', 'cache-control': 'no-store' });
          response.end(bytes);
        });
      });
      server.keepAliveTimeout = 60_000;
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  return { urls: servers.map(addressOf), close: () => servers.forEach(end) };
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function end(server: Server): void {
  server.closeAllConnections();
  server.close();
}
