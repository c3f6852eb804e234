import { rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { portFault } from '../process/port.ts';
import type { SequencerAddress } from './sequencerTransport.ts';

/**
 * Makes a server listen, and returns where clients find it.
 * @param where `unix:PATH`, or `PORT` or `HOST:PORT` (127.0.0.1 where only the port is given; 0 is any free port)
 * @throws AuditorError `usage` LISTEN_FORM | PORT_IN_USE, `source` IO_…
 */
export async function listen(server: Server, where: string): Promise<SequencerAddress> {
  if (where.startsWith('unix:')) {
    const path = where.slice('unix:'.length);
    // A socket that an earlier process left behind; a living one is not lost by this, only its name.
    await rm(path, { force: true });
    await opened(server, () => server.listen(path));
    return where;
  }
  const match = /^(?:(.+):)?([0-9]{1,5})$/.exec(where);
  const port = Number(match?.[2]);
  if (!match || port > 65_535) {
    throw new AuditorError('usage', 'LISTEN_FORM', `"${where}" is not PORT, HOST:PORT or unix:PATH.`);
  }
  const host = match[1] ?? '127.0.0.1';
  try {
    await opened(server, () => server.listen(port, host));
  } catch (error) {
    throw portFault(error, port, 'the sequencer', 'choose another with --listen', host);
  }
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
}

function opened(server: Server, start: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      resolve();
    });
    start();
  });
}
