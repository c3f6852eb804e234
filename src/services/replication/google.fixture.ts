import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Stored {
  readonly bytes: Buffer;
  readonly retention: { readonly mode: string; readonly retainUntilTime: string } | undefined;
}

export const googleToken = 'ya29.a-token-of-the-test';

/**
 * As much of Google Cloud Storage's JSON interface as its documentation says of what the adapter uses: multipart insert with a precondition
 * and a retention, get, list, delete, public reading at `/<bucket>/<name>`. Nobody has compared it with Google's service.
 */
export async function startGoogleDialect(bucket: string): Promise<{ endpoint: string; close(): Promise<void> }> {
  const objects = new Map<string, Stored>();

  function fail(response: ServerResponse, code: number, reason: string): void {
    const body = JSON.stringify({ error: { code, message: reason, errors: [{ domain: 'global', reason }] } });
    response.writeHead(code, { 'Content-Type': 'application/json' }).end(body);
  }

  function json(response: ServerResponse, value: unknown): void {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
  }

  function insert(request: IncomingMessage, response: ServerResponse, url: URL, body: Buffer): void {
    const boundary = /^multipart\/related; boundary=(\S+)$/.exec(String(request.headers['content-type']))?.[1];
    const text = body.toString('latin1');
    if (url.searchParams.get('uploadType') !== 'multipart' || boundary === undefined)
      return fail(response, 400, 'required');
    const parts = text.split(`--${boundary}`).slice(1, -1);
    const [metadata = '', media = ''] = parts.map((part) =>
      part.slice(part.indexOf('\r\n\r\n') + 4, part.lastIndexOf('\r\n')),
    );
    const { name, md5Hash, retention } = JSON.parse(metadata) as {
      name: string;
      md5Hash: string;
      retention?: Stored['retention'];
    };
    const bytes = Buffer.from(media, 'latin1');
    if (createHash('md5').update(bytes).digest('base64') !== md5Hash) return fail(response, 400, 'invalid');
    if (url.searchParams.get('ifGenerationMatch') === '0' && objects.has(name))
      return fail(response, 412, 'conditionNotMet');
    if (retention !== undefined && !(Date.parse(retention.retainUntilTime) > Date.now()))
      return fail(response, 400, 'invalid');
    if (locked(name)) return fail(response, 403, 'retentionPolicyNotMet');
    objects.set(name, { bytes, retention });
    json(response, { kind: 'storage#object', name, retention });
  }

  function locked(name: string): boolean {
    return Date.parse(objects.get(name)?.retention?.retainUntilTime ?? '') > Date.now();
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const url = new URL(request.url ?? '', 'http://test.invalid');
    const { pathname } = url;
    if (request.method === 'GET' && pathname.startsWith(`/${bucket}/`)) {
      const stored = objects.get(decodeURIComponent(pathname.slice(bucket.length + 2)));
      if (stored === undefined) return fail(response, 404, 'notFound');
      return void response.writeHead(200).end(stored.bytes);
    }
    if (request.headers.authorization !== `Bearer ${googleToken}`) return fail(response, 401, 'authError');
    const collection = `/storage/v1/b/${bucket}/o`;
    if (request.method === 'POST' && pathname === `/upload${collection}`)
      return insert(request, response, url, Buffer.concat(parts));
    if (request.method === 'GET' && pathname === collection) {
      const prefix = url.searchParams.get('prefix') ?? '';
      const items = [...objects.keys()].filter((name) => name.startsWith(prefix)).toSorted();
      // Two a page, so that pages are turned.
      const from = Number(url.searchParams.get('pageToken') ?? 0);
      const page = items.slice(from, from + 2).map((name) => ({ kind: 'storage#object', name }));
      return json(response, { items: page, ...(from + 2 < items.length ? { nextPageToken: String(from + 2) } : {}) });
    }
    if (!pathname.startsWith(`${collection}/`)) return fail(response, 404, 'notFound');
    const name = decodeURIComponent(pathname.slice(collection.length + 1));
    const stored = objects.get(name);
    if (stored === undefined) return fail(response, 404, 'notFound');
    if (request.method === 'DELETE') {
      if (locked(name)) return fail(response, 403, 'retentionPolicyNotMet');
      objects.delete(name);
      return void response.writeHead(204).end();
    }
    if (url.searchParams.get('alt') === 'media') return void response.writeHead(200).end(stored.bytes);
    json(response, { kind: 'storage#object', name, size: String(stored.bytes.length), retention: stored.retention });
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  };
}
