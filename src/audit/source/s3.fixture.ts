import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TestServer {
  readonly url: string;
  /** Every request so far, as `path?query`. */
  readonly requests: string[];
  readonly close: () => Promise<void>;
}

/** A real server on a free port that does with each request what the test says. */
export async function serve(
  answer: (path: string, query: URLSearchParams, response: ServerResponse, request: IncomingMessage) => void,
): Promise<TestServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://host');
    answer(pathname, searchParams, response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    // Closing what is closed is no fault.
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A stored version: bytes, or null for a delete marker. */
export interface StoredObject {
  readonly name: string;
  /** Newest first. */
  readonly versions: readonly (string | null)[];
}

/** The reading half of S3's dialect over a few objects, for `serve`. `pageSize` entries a page. */
export function s3(
  objects: readonly StoredObject[],
  {
    pageSize = 1000,
    versions = true,
    listing = true,
  }: { pageSize?: number; versions?: boolean; listing?: boolean } = {},
) {
  const sorted = objects.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return (path: string, query: URLSearchParams, response: ServerResponse): void => {
    const prefix = query.get('prefix') ?? '';
    const matching = sorted.filter(({ name }) => name.startsWith(prefix));
    if (path === '/' && query.has('versions')) {
      if (!versions) return refuse(response, 403);
      const entries = matching.flatMap(({ name, versions: all }) =>
        all.map((content, index) => ({ name, id: `v${all.length - index}`, content, latest: index === 0 })),
      );
      const marker = query.get('key-marker');
      const after = query.get('version-id-marker');
      const start = marker === null ? 0 : entries.findIndex(({ name, id }) => name === marker && id === after) + 1;
      const shown = entries.slice(start, start + pageSize);
      const last = shown.at(-1);
      const more = start + pageSize < entries.length && last !== undefined;
      const body = shown.map(({ name, id, content, latest }) => {
        const tag = content === null ? 'DeleteMarker' : 'Version';
        return `<${tag}><Key>${name}</Key><VersionId>${id}</VersionId><IsLatest>${latest}</IsLatest></${tag}>`;
      });
      const next = more
        ? `<NextKeyMarker>${last.name}</NextKeyMarker><NextVersionIdMarker>${last.id}</NextVersionIdMarker>`
        : '';
      return xml(response, 'ListVersionsResult', `<IsTruncated>${more}</IsTruncated>${next}${body.join('')}`);
    }
    if (path === '/' && query.get('list-type') === '2') {
      if (!listing) return refuse(response, 403);
      const live = matching.filter(({ versions: all }) => all[0] !== null);
      const start = Number(query.get('continuation-token') ?? 0);
      const more = start + pageSize < live.length;
      const next = more ? `<NextContinuationToken>${start + pageSize}</NextContinuationToken>` : '';
      const body = live.slice(start, start + pageSize).map(({ name }) => `<Contents><Key>${name}</Key></Contents>`);
      return xml(response, 'ListBucketResult', `<IsTruncated>${more}</IsTruncated>${next}${body.join('')}`);
    }
    const found = sorted.find(({ name }) => `/${name}` === path);
    const id = query.get('versionId');
    const content = id === null ? found?.versions[0] : found?.versions[found.versions.length - Number(id.slice(1))];
    if (content === undefined || content === null) return refuse(response, id === null ? 404 : 405);
    response.end(content);
  };
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'application/xml' }).end('<Error><Code>Refused</Code></Error>');
}

function xml(response: ServerResponse, name: string, body: string): void {
  response.writeHead(200, { 'Content-Type': 'application/xml' });
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${body}</${name}>`,
  );
}
