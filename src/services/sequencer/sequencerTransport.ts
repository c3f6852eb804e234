import { Agent, request as httpRequest } from 'node:http';

/** Where a sequencer listens: `http://127.0.0.1:PORT`, or `unix:` and the path of a socket. */
export type SequencerAddress = string;

export interface SequencerReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

export interface Transport {
  /** Rejects where nothing answers within the time, or more comes back than `replyBound` bytes. */
  send(method: string, path: string, headers: Record<string, string>, body?: Uint8Array): Promise<SequencerReply>;
  close(): void;
}

const replyBound = 64 * 1_024;

/** Plain HTTP over TCP or a Unix socket, connections kept open. */
export function openTransport(address: SequencerAddress, milliseconds: number): Transport {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const target = address.startsWith('unix:') ? { socketPath: address.slice(5) } : hostAndPort(new URL(address));
  return {
    send: (method, path, headers, body) =>
      new Promise((resolve, reject) => {
        const request = httpRequest({
          ...target,
          agent,
          method,
          path,
          headers: body ? { ...headers, 'content-length': String(body.length) } : headers,
          signal: AbortSignal.timeout(milliseconds),
        });
        request.once('error', reject);
        request.once('response', (response) => {
          const parts: Buffer[] = [];
          let length = 0;
          response.on('data', (part: Buffer) => {
            length += part.length;
            if (length > replyBound) request.destroy(new Error(`The answer has more than ${replyBound} bytes.`));
            parts.push(part);
          });
          response.once('error', reject);
          response.once('end', () => {
            if (!response.complete) return reject(new Error('The answer was cut off.'));
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: new Uint8Array(Buffer.concat(parts)),
            });
          });
        });
        request.end(body);
      }),
    close: () => agent.destroy(),
  };
}

function hostAndPort(url: URL): { host: string; port: number } {
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 80) };
}
