import { createServer } from 'node:net';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from './ioFault.ts';

/** Ports that systems give to nobody who asks for any: Linux gives from 32768 on, others from 49152 on. */
const given = { from: 11_000, to: 32_768 } as const;
/** Processes whose numbers are near each other begin so far apart. */
const stride = 16;
let count = 0;

/**
 * A port that nobody listens on at this moment, and that no server that takes any port and no connection is given: it may be used later, and again after what used it
 * has ended. The same process is not given it twice, and another one looks elsewhere.
 * @throws AuditorError `source` IO_… where none can be had
 */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const ports = given.to - given.from;
  for (let tried = 0; ; tried += 1) {
    const port = given.from + ((process.pid * stride + count++) % ports);
    try {
      return await probe(port, host);
    } catch (error) {
      if (tried >= 1000) throw ioFault(`No free port was found on ${host}`, error);
    }
  }
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
