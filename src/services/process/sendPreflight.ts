import type { ServerResponse } from 'node:http';

/** Answers a browser's question (OPTIONS) whether pages of other origins may ask: all may, by these methods and headers. */
export function sendPreflight(response: ServerResponse, methods: string, headers = 'Content-Type'): void {
  response
    .writeHead(204, {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': headers,
      'Access-Control-Max-Age': '86400',
    })
    .end();
}
