import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LyingNode {
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  readonly id: unknown;
  result?: unknown;
}

/** A node that answers like the one behind it, but leaves the last event of every block out of its receipts. */
export async function startLyingNode(target: string): Promise<LyingNode> {
  const server = createServer((request, response) => {
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    if (request.method === 'OPTIONS') {
      response.writeHead(204, cors).end();
      return;
    }
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => void parts.push(part));
    request.on('end', () => {
      relay(target, Buffer.concat(parts).toString()).then(
        (text) => response.writeHead(200, { ...cors, 'content-type': 'application/json' }).end(text),
        () => response.writeHead(502, cors).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function relay(target: string, body: string): Promise<string> {
  const answered = await fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const answer = (await answered.json()) as Answer | Answer[];
  for (const each of [answer].flat()) each.result = withoutLastEvent(each.result);
  return JSON.stringify(answer);
}

function withoutLastEvent(result: unknown): unknown {
  const isReceipts = Array.isArray(result) && result.some((each) => typeof each === 'object' && each && 'logs' in each);
  if (!isReceipts) return result;
  const receipts = result as { logs: unknown[] }[];
  const last = receipts.findLast(({ logs }) => logs.length > 0);
  return receipts.map((receipt) => (receipt === last ? { ...receipt, logs: receipt.logs.slice(0, -1) } : receipt));
}
