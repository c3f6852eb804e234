import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ioFault } from '../../process/ioFault.ts';
import { outliveClients } from '../../process/outliveClients.ts';
import { portFault } from '../../process/port.ts';
import { answerRequest, type GatewayState } from './answerRequest.ts';
import { readHeaders } from './cors.ts';
import { ObjectStore } from './objectStore.ts';
import { toS3Error } from './s3Error.ts';
import type { AddressInfo } from 'node:net';

export interface GatewayOptions {
  /** Where the objects are: `<folder>/<key>` is the current version of each. */
  readonly folder: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Milliseconds since 1970; default the system's clock. */
  readonly clock?: () => number;
  /** Puts uploaded bytes on disk; replaced in tests. */
  readonly writeTemporary?: (path: string, bytes: Uint8Array) => Promise<void>;
}

export interface Gateway {
  /** `http://host:port`: what an S3 client takes as its endpoint, with path-style addresses. */
  readonly endpoint: string;
  /** `<endpoint>/<bucket>`: what a trust file names; object names come directly below. */
  readonly url: string;
  readonly bucket: string;
  readonly folder: string;
  /** While true every connection is dropped, as if the region were away. */
  down: boolean;
  close(): Promise<void>;
}

/**
 * One bucket, write once and read many, on an origin of its own, in S3's dialect: a stand-in for S3 Object Lock with every rule that
 * the writer and the auditors lean on, over a folder.
 * @throws AuditorError `usage` PORT_IN_USE, `source` IO_… where the folder or the port cannot be used
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const host = options.host ?? '127.0.0.1';
  const clock = options.clock ?? Date.now;
  const store = await ObjectStore.open({
    folder: options.folder,
    clock,
    ...(options.writeTemporary === undefined ? {} : { writeTemporary: options.writeTemporary }),
  }).catch((error: unknown) => {
    throw ioFault(`The folder ${options.folder} of bucket ${options.bucket} cannot be used`, error);
  });
  const state: GatewayState = {
    store,
    bucket: options.bucket,
    credentials: { accessKey: options.accessKey, secretKey: options.secretKey },
    clock,
  };
  const switches = { down: false };
  const server = createServer((request, response) => {
    if (switches.down) {
      request.socket.destroy();
      return;
    }
    answerRequest(state, request, response).catch((error: unknown) => refuse(request, response, error));
  });
  outliveClients(server);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, host, resolve);
    });
  } catch (cause) {
    await store.close();
    throw portFault(cause, options.port ?? 0, `bucket ${options.bucket}`, 'choose others with --port', host);
  }
  const endpoint = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    url: `${endpoint}/${options.bucket}`,
    bucket: options.bucket,
    folder: options.folder,
    get down() {
      return switches.down;
    },
    set down(value: boolean) {
      switches.down = value;
      if (value) server.closeAllConnections();
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await store.close();
    },
  };
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const fault = toS3Error(error);
  // What is left of an unread body would be taken for the next request.
  const unread = !request.complete;
  response.writeHead(fault.status, {
    ...readHeaders,
    ...fault.headers,
    'Content-Type': 'application/xml',
    'Cache-Control': 'no-store',
    ...(unread ? { Connection: 'close' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : fault.toXml((request.url ?? '').split('?')[0] ?? ''));
}
