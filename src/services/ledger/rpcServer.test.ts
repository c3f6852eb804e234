import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import type { HttpService } from '../process/httpService.ts';
import { createRpcServer } from './rpcServer.ts';

let server: HttpService | undefined;
afterEach(() => server?.close());

test('whoever sends more than is taken reads why, whether its length was said before or not', async () => {
  const asked: string[] = [];
  server = await createRpcServer({
    host: '127.0.0.1',
    port: 0,
    answer: async (method) => asked.push(method),
    label: () => ({}),
  });
  const { port } = new URL(server.url);
  const tooMuch = 4 * 1024 * 1024 + 1;
  // Nothing of it is left unread when the answer comes: what is lost then is lost by the server.
  const bodies: [header: string, body: string][] = [
    ['Transfer-Encoding: chunked', `${tooMuch.toString(16)}\r\n${' '.repeat(tooMuch)}`],
    [`Content-Length: ${tooMuch}`, ''],
  ];
  for (const [header, body] of bodies) {
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`POST / HTTP/1.1\r\nHost: a\r\n${header}\r\n\r\n${body}`);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*Access-Control-Allow-Origin: \*[^]*"code":"TOO_LONG"/);
  }
  expect(asked).toEqual([]);
  const one = { jsonrpc: '2.0', id: 1, method: 'a' };
  const answer = await fetch(server.url, { method: 'POST', body: JSON.stringify(one) });
  expect(await answer.json()).toEqual({ jsonrpc: '2.0', id: 1, result: 1 });
});
