import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { HttpFault } from './httpFault.ts';
import { outliveClients } from './outliveClients.ts';
import { portFault } from './port.ts';
import { sendJson } from './sendJson.ts';

export interface HttpServiceOptions {
  /** What it is, for words: `the writer`. */
  readonly name: string;
  /** What helps where the port is in use; default `choose another with --port`. */
  readonly remedy?: string;
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** Connections beyond these are dropped: what each of them needs is memory too. Default 256. */
  readonly connections?: number;
  /** Milliseconds that a request may take to come; default 30 s. */
  readonly patience?: number;
  /** Milliseconds that answers under way have when it is closed; default 1 s, 0 ends them at once. */
  readonly grace?: number;
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** How it is told what `answer` threw and is no `HttpFault`; where left out, the connection ends without an answer. */
  readonly faultOf?: (error: unknown) => HttpFault;
}

export interface HttpService {
  /** Without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** A server over HTTP, bounded in connections and time. @throws AuditorError `usage` PORT_IN_USE, `source` IO_… */
export async function createHttpService(options: HttpServiceOptions): Promise<HttpService> {
  const { name, remedy = 'choose another with --port', host = '127.0.0.1', port = 0, grace = 1_000 } = options;
  const server = createServer((request, response) => {
    options.answer(request, response).catch((error: unknown) => refuse(options, request, response, error));
  });
  server.maxConnections = options.connections ?? 256;
  server.requestTimeout = options.patience ?? 30_000;
  outliveClients(server);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    throw portFault(error, port, name, remedy, host);
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if (grace === 0) server.closeAllConnections();
      else server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearTimeout(late);
    },
  };
}

function refuse(
  { name, faultOf }: HttpServiceOptions,
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): void {
  const isPlanned = error instanceof HttpFault;
  const fault = isPlanned ? error : faultOf?.(error);
  // Whoever asked is not told what is wrong in here; whoever runs it has to know.
  if (!isPlanned && (fault?.status ?? 500) >= 500 && fault?.status !== 503) {
    const words = error instanceof AuditorError ? `${error.code}: ${error.message}` : String((error as Error)?.stack);
    process.stderr.write(`${name} failed at ${request.method} ${clean(request.url)}: ${words}\n`);
  }
  if (fault === undefined || response.headersSent || response.destroyed) return void response.destroy();
  const { status, code, headers } = fault;
  // Faults of the system name files and folders of this machine.
  const message = code.startsWith('IO_') ? 'The service cannot use its files at the moment.' : fault.message;
  // What is left of an unread body would be taken for the next request.
  sendJson(response, status, { code, message }, request.complete ? headers : { ...headers, Connection: 'close' });
}

/** One line, and not a long one: it comes from anybody. */
function clean(path = ''): string {
  return path.slice(0, 200).replaceAll(/[^\x20-\x7e]/g, '?');
}
