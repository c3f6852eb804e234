import { lstat, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Server } from 'node:http';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { ioFault } from '../process/ioFault.ts';
import { portFault } from '../process/port.ts';
import type { SequencerAddress } from './sequencerTransport.ts';

/**
 * Makes a server listen, and returns where clients find it.
 * @param where `unix:PATH`, or `PORT` or `HOST:PORT` (127.0.0.1 where only the port is given; 0 is any free port)
 * @throws AuditorError `usage` LISTEN_FORM | PORT_IN_USE | SOCKET_IN_USE, `source` IO_…
 */
export async function listen(server: Server, where: string): Promise<SequencerAddress> {
  if (where.startsWith('unix:')) {
    const path = where.slice('unix:'.length);
    await makeWay(path);
    try {
      await opened(server, () => server.listen(path));
    } catch (error) {
      throw ioFault(`The socket ${path} cannot be used for the sequencer`, error);
    }
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

/** Takes away a socket that a process left behind when it was killed; neither a living one nor anything else. */
async function makeWay(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket() || (await answers(path))) {
    const what = found.isSocket() ? 'another process listens there' : 'something else has that name';
    throw new AuditorError(
      'usage',
      'SOCKET_IN_USE',
      `The socket ${path}, wanted for the sequencer, is in use: ${what}.`,
    );
  }
  await rm(path, { force: true });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
