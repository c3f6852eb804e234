import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody else's page: what stands in its body, and its policy. */
export interface HostPage {
  readonly body: string;
  readonly policy?: string;
}

export interface Hosts {
  readonly url: string;
  close(): Promise<void>;
}

/** Pages on an origin of their own, by their paths. */
export async function serveHosts(pages: Readonly<Record<string, HostPage>>): Promise<Hosts> {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? '/', 'http://localhost').pathname];
    if (!page) {
      response.writeHead(404).end();
      return;
    }
    const policy = page.policy === undefined ? {} : { 'content-security-policy': page.policy };
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...policy });
    response.end(
      `<!doctype html><html lang="en"><head><title>Publisher</title><link rel="icon" href="data:,"></head><body><main><h1>Paper</h1>${page.body}</main></body></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
