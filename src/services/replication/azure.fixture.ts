import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { sign } from './azureBucket.ts';
import type { AddressInfo } from 'node:net';

interface Blob {
  readonly bytes: Buffer;
  readonly version: string;
  readonly mode: string | undefined;
  readonly until: number;
}

export const azureAccount = { account: 'testaccount', accountKey: Buffer.from('a key of the test').toString('base64') };

/**
 * As much of Azure Blob Storage as its documentation says of what the adapter uses: Shared Key, Put Blob under a policy, versions, List Blobs,
 * public reading. Nobody has compared it with Microsoft's service.
 */
export async function startAzureDialect(container: string): Promise<{ endpoint: string; close(): Promise<void> }> {
  const blobs = new Map<string, Blob[]>();
  let versions = 0;

  function fail(response: ServerResponse, status: number, code: string): void {
    const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
    response.writeHead(status, { 'x-ms-error-code': code, 'Content-Type': 'application/xml' }).end(body);
  }

  function isSigned(request: IncomingMessage, url: URL, length: number): boolean {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const { account, accountKey } = azureAccount;
    const method = request.method ?? '';
    return request.headers.authorization === sign({ method, url, headers, length }, account, accountKey);
  }

  function list(response: ServerResponse, prefix: string): void {
    const names = [...blobs.keys()].filter((name) => name.startsWith(prefix)).toSorted();
    const items = names.map((name) => `<Blob><Name>${name}</Name><Properties/></Blob>`).join('');
    response
      .writeHead(200, { 'Content-Type': 'application/xml' })
      .end(`<?xml version="1.0"?><EnumerationResults><Blobs>${items}</Blobs><NextMarker /></EnumerationResults>`);
  }

  function put(request: IncomingMessage, response: ServerResponse, name: string, body: Buffer): void {
    const { headers } = request;
    if (headers['x-ms-blob-type'] !== 'BlockBlob') return fail(response, 400, 'MissingRequiredHeader');
    if (headers['content-md5'] !== createHash('md5').update(body).digest('base64'))
      return fail(response, 400, 'Md5Mismatch');
    const stored = blobs.get(name) ?? [];
    if (headers['if-none-match'] === '*' && stored.length > 0) return fail(response, 409, 'BlobAlreadyExists');
    const until = Date.parse(String(headers['x-ms-immutability-policy-until-date'] ?? ''));
    const mode = headers['x-ms-immutability-policy-mode'];
    if (mode !== undefined && !(until > Date.now())) return fail(response, 400, 'InvalidHeaderValue');
    versions += 1;
    blobs.set(name, [{ bytes: body, version: String(versions), mode: mode && String(mode), until }, ...stored]);
    response.writeHead(201, { 'x-ms-version-id': String(versions) }).end();
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const url = new URL(request.url ?? '', 'http://test.invalid');
    const [, bucket, ...rest] = url.pathname.split('/');
    const name = rest.map(decodeURIComponent).join('/');
    if (bucket !== container) return fail(response, 404, 'ContainerNotFound');
    const signed = isSigned(request, url, body.length);
    if (request.headers.authorization !== undefined && !signed) return fail(response, 403, 'AuthenticationFailed');
    if (!signed && (request.method !== 'GET' || name === '')) return fail(response, 404, 'ResourceNotFound');
    if (name === '') return list(response, url.searchParams.get('prefix') ?? '');
    if (request.method === 'PUT') return put(request, response, name, body);
    const current = blobs.get(name)?.[0];
    if (current === undefined) return fail(response, 404, 'BlobNotFound');
    if (request.method === 'DELETE') {
      if (current.mode !== undefined && current.until > Date.now())
        return fail(response, 409, 'BlobImmutableDueToPolicy');
      blobs.delete(name);
      return void response.writeHead(202).end();
    }
    const lock = {
      'x-ms-immutability-policy-mode': current.mode ?? '',
      'x-ms-immutability-policy-until-date': new Date(current.until).toUTCString(),
    };
    const headers = { 'Content-Length': current.bytes.length, ...(signed && current.mode !== undefined ? lock : {}) };
    response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : current.bytes);
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  };
}
