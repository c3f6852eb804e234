import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { outliveClients } from './outliveClients.ts';

test('clients are asked to give a connection up long before the server does, and who closes is let go', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/refused') response.setHeader('Connection', 'close');
    response.end('answer');
  });
  outliveClients(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const { headers } = await fetch(`http://127.0.0.1:${port}/`);
    const seconds = Number(/^timeout=(\d+)$/.exec(headers.get('keep-alive') ?? '')?.[1]);
    expect(seconds * 1000 * 10).toBeLessThanOrEqual(server.keepAliveTimeout);
    for (const head of ['GET / HTTP/1.1\r\nConnection: close', 'GET / HTTP/1.0', 'GET /refused HTTP/1.1']) {
      const socket = connect(port, '127.0.0.1');
      socket.write(`${head}\r\nHost: here\r\n\r\n`);
      const said = await text(socket);
      expect(said).toMatch(/^connection: close$/im);
      expect(said).toMatch(/answer$/);
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
