import type { Server } from 'node:http';

/** Seconds of rest after which a client is asked to give a connection up. */
const asked = 5;
/** Milliseconds after which the server does. */
const kept = 60_000;

/**
 * A connection at rest is given up by the client, long before the server closes it. Where both do so after the same time (Node's default), a busy client sends its next request
 * into a connection that is just being closed, and only learns that nobody answers: a request that may not be repeated is then lost.
 */
export function outliveClients(server: Server): void {
  server.keepAliveTimeout = kept;
  server.prependListener('request', (request, response) => {
    if (/\bclose\b/i.test(request.headers.connection ?? '') || request.httpVersion === '1.0') return;
    response.setHeader('Connection', 'keep-alive');
    response.setHeader('Keep-Alive', `timeout=${asked}`);
  });
}
