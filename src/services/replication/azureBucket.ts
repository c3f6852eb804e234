import { createHash, createHmac } from 'node:crypto';
import { equalBytes } from '../../core/bytes/bytes.ts';
import { ask, bodyOf, faultOf, pathOf } from './bucketHttp.ts';
import { isFinal, reasonOf, ReplicationConflictError, ReplicationRefusedError } from './bucketWriter.ts';
import type { WormBucket } from './wormBucket.ts';

/** A container of Azure Blob Storage with version-level immutability. */
export interface AzureTarget {
  readonly kind: 'azure';
  readonly account: string;
  readonly container: string;
  /** The account's shared key, base64. */
  readonly accountKey: string;
  /** `https://<account>.blob.core.windows.net` where left out. */
  readonly endpoint?: string;
}

/** Of 2020-06-12 and later, which know immutability policies of single blobs. */
const version = '2021-12-02';

/**
 * Azure Blob Storage by its REST interface (Microsoft's reference: Put Blob, Get Blob, Get Blob Properties, List Blobs, Authorize with
 * Shared Key): each blob is put under a *locked* immutability policy, which can be lengthened by nobody's leave and shortened by nobody.
 * Built to the documentation, not verified against Microsoft's service.
 */
export function createAzureBucket(target: AzureTarget): WormBucket {
  const { account, container, accountKey } = target;
  const endpoint = target.endpoint ?? `https://${account}.blob.core.windows.net`;
  const where = `Container ${container} of Azure account ${account}`;
  const root = `${endpoint.replace(/\/$/, '')}/${container}`;
  const addressOf = (name: string) => new URL(`${root}/${pathOf(name)}`);

  function send(
    method: string,
    url: URL,
    headers: Readonly<Record<string, string>> = {},
    body?: Uint8Array,
    signal?: AbortSignal,
  ): Promise<Response> {
    const all = { ...headers, 'x-ms-version': version, 'x-ms-date': new Date().toUTCString() };
    const authorization = sign({ method, url, headers: all, length: body?.length ?? 0 }, account, accountKey);
    const init = { method, headers: { ...all, Authorization: authorization } };
    return ask(url, body === undefined ? init : { ...init, body: Uint8Array.from(body) }, signal);
  }

  return {
    where,
    async put(name, shard, retainUntil, signal) {
      const headers = {
        'Content-Type': 'application/octet-stream',
        'Content-MD5': createHash('md5').update(shard).digest('base64'),
        'If-None-Match': '*',
        'x-ms-blob-type': 'BlockBlob',
        'x-ms-immutability-policy-mode': 'locked',
        'x-ms-immutability-policy-until-date': retainUntil.toUTCString(),
      };
      const answer = await send('PUT', addressOf(name), headers, shard, signal);
      if (answer.ok) return void (await answer.body?.cancel());
      const fault = await faultOf(answer);
      const code = answer.headers.get('x-ms-error-code');
      if (answer.status === 412 || code === 'BlobAlreadyExists' || code === 'BlobImmutableDueToPolicy') {
        const stored = await bodyOf(await send('GET', addressOf(name), {}, undefined, signal));
        if (stored !== undefined && equalBytes(stored, shard)) return;
        throw new ReplicationConflictError(name, where);
      }
      if (isFinal(fault)) throw new ReplicationRefusedError(name, where, reasonOf(fault), fault);
      throw fault;
    },
    async read(name) {
      return bodyOf(await send('GET', addressOf(name)));
    },
    async list(prefix) {
      const names: string[] = [];
      for (let marker = '', more = true; more;) {
        const url = new URL(root);
        const query = { restype: 'container', comp: 'list', prefix, ...(marker === '' ? {} : { marker }) };
        for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
        const xml = new TextDecoder().decode(await bodyOf(await send('GET', url)));
        for (const match of xml.matchAll(/<Name>([^<]*)<\/Name>/g)) names.push(unescape(match[1] ?? ''));
        marker = unescape(/<NextMarker>([^<]+)<\/NextMarker>/.exec(xml)?.[1] ?? '');
        more = marker !== '';
      }
      return names;
    },
    async lockOf(name) {
      const answer = await send('HEAD', addressOf(name));
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw await faultOf(answer);
      const mode = answer.headers.get('x-ms-immutability-policy-mode')?.toLowerCase();
      const until = new Date(answer.headers.get('x-ms-immutability-policy-until-date') ?? '');
      if ((mode !== 'locked' && mode !== 'unlocked') || Number.isNaN(until.getTime())) return undefined;
      return { mode, until };
    },
    close: () => undefined,
  };
}

export interface AzureRequest {
  readonly method: string;
  readonly url: URL;
  /** As sent, without Authorization and Content-Length. */
  readonly headers: Readonly<Record<string, string>>;
  readonly length: number;
}

/** The Authorization header of a request under Shared Key (version 2015-02-21 and later: an empty body has an empty length). */
export function sign(request: AzureRequest, account: string, accountKey: string): string {
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const plain = [
    'content-encoding',
    'content-language',
    'content-length',
    'content-md5',
    'content-type',
    'date',
    'if-modified-since',
    'if-match',
    'if-none-match',
    'if-unmodified-since',
    'range',
  ].map((name) =>
    name === 'content-length' ? (request.length === 0 ? '' : String(request.length)) : (headers.get(name) ?? ''),
  );
  const own = [...headers].filter(([name]) => name.startsWith('x-ms-')).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const query = [...request.url.searchParams].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const resource = `/${account}${request.url.pathname}`;
  const text = [
    request.method,
    ...plain,
    ...own.map(([name, value]) => `${name}:${value.trim()}`),
    resource + query.map(([name, value]) => `\n${name.toLowerCase()}:${value}`).join(''),
  ].join('\n');
  const signature = createHmac('sha256', Buffer.from(accountKey, 'base64')).update(text, 'utf8').digest('base64');
  return `SharedKey ${account}:${signature}`;
}

/** The five entities of XML; object names here have none of them, markers may. */
function unescape(text: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '');
}
