import { createServer } from 'node:net';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from './ioFault.ts';

/** A port that nobody listens on at this moment. Somebody may take it before it is used: be ready to ask again. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  return probe(0, host);
}

/**
 * @param what what wants the port, e.g. `the timestamp service`
 * @param remedy what the person can do, e.g. `choose another with --timestamp-port`
 * @throws AuditorError `usage` PORT_IN_USE
 */
export async function requireFreePort(port: number, what: string, remedy: string, host = '127.0.0.1'): Promise<void> {
  try {
    await probe(port, host);
  } catch (error) {
    throw portFault(error, port, what, remedy, host);
  }
}

/** The fault of a server that could not listen, in words. */
export function portFault(
  error: unknown,
  port: number,
  what: string,
  remedy: string,
  host = '127.0.0.1',
): AuditorError {
  if (faultCode(error) !== 'EADDRINUSE') return ioFault(`Port ${port} on ${host} cannot be used for ${what}`, error);
  return new AuditorError(
    'usage',
    'PORT_IN_USE',
    `Port ${port} on ${host}, wanted for ${what}, is in use. Stop what uses it, or ${remedy}.`,
    { cause: error },
  );
}

function probe(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(found));
    });
  });
}
