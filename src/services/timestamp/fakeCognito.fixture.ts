import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stand-in answers to one operation: a body, or a fault by its name. */
export type FakeAnswer = { readonly body: object } | { readonly fault: string; readonly status?: number };

export interface FakeCognito {
  readonly endpoint: string;
  /** Names of the operations in the order in which they came. */
  readonly calls: string[];
  readonly bodies: Record<string, unknown>[];
  close(): Promise<void>;
}

/** The wire format of Amazon Cognito (JSON 1.1) with answers as the test says them, for faults that no real service makes on demand. */
export async function startFakeCognito(
  answer: (operation: string, call: number) => FakeAnswer | undefined,
  jwks: object,
): Promise<FakeCognito> {
  const calls: string[] = [];
  const bodies: Record<string, unknown>[] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const operation = request.headers['x-amz-target']?.toString().split('.')[1];
      const reply =
        operation === undefined ? { body: jwks } : (answer(operation, calls.push(operation)) ?? { body: {} });
      if (operation !== undefined) bodies.push(JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>);
      const failed = 'fault' in reply;
      response.writeHead(failed ? (reply.status ?? 400) : 200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(failed ? { __type: reply.fault, message: 'as the test says' } : reply.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    bodies,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
