import { createHash, randomBytes } from 'node:crypto';
import { concatBytes, equalBytes, utf8 } from '../../core/bytes/bytes.ts';
import { ask, bodyOf, faultOf } from './bucketHttp.ts';
import { isFinal, reasonOf, ReplicationConflictError, ReplicationRefusedError } from './bucketWriter.ts';
import type { WormBucket } from './wormBucket.ts';

/** A bucket of Google Cloud Storage with object retention enabled. */
export interface GoogleTarget {
  readonly kind: 'google';
  readonly bucket: string;
  /** An OAuth 2 access token with the scope devstorage.read_write; asked for with every request (see `googleToken.ts`). */
  readonly token: () => Promise<string>;
  /** `https://storage.googleapis.com` where left out. */
  readonly endpoint?: string;
}

/**
 * Google Cloud Storage by its JSON interface (Google's reference: Objects insert, get, list; Object Retention Lock): each object is put
 * with a *Locked* retention, which can only be made longer, and only where no object has its name (`ifGenerationMatch=0`). Built to
 * the documentation, not verified against Google's service.
 */
export function createGoogleBucket(target: GoogleTarget): WormBucket {
  const { bucket, token } = target;
  const endpoint = (target.endpoint ?? 'https://storage.googleapis.com').replace(/\/$/, '');
  const where = `Google bucket ${bucket}`;
  const objects = `b/${encodeURIComponent(bucket)}/o`;
  const addressOf = (name: string) => new URL(`${endpoint}/storage/v1/${objects}/${encodeURIComponent(name)}`);

  async function send(url: URL, init: RequestInit = {}, signal?: AbortSignal): Promise<Response> {
    return ask(url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${await token()}` } }, signal);
  }

  async function read(name: string, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    const url = addressOf(name);
    url.searchParams.set('alt', 'media');
    return bodyOf(await send(url, {}, signal));
  }

  async function json<Value>(url: URL): Promise<Value | undefined> {
    const body = await bodyOf(await send(url));
    return body === undefined ? undefined : (JSON.parse(new TextDecoder().decode(body)) as Value);
  }

  return {
    where,
    async put(name, shard, retainUntil, signal) {
      const url = new URL(`${endpoint}/upload/storage/v1/${objects}?uploadType=multipart&ifGenerationMatch=0`);
      const metadata = {
        name,
        contentType: 'application/octet-stream',
        md5Hash: createHash('md5').update(shard).digest('base64'),
        retention: { mode: 'Locked', retainUntilTime: retainUntil.toISOString() },
      };
      // Random, so that no shard can hold it.
      const boundary = randomBytes(24).toString('hex');
      const head = `--${boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(metadata)}\r\n--${boundary}\r\nContent-Type: application/octet-stream\r\n\r\n`;
      const body = Uint8Array.from(concatBytes(utf8(head), shard, utf8(`\r\n--${boundary}--\r\n`)));
      const headers = { 'Content-Type': `multipart/related; boundary=${boundary}` };
      const answer = await send(url, { method: 'POST', headers, body }, signal);
      if (answer.ok) return void (await answer.body?.cancel());
      const fault = await faultOf(answer);
      if (answer.status === 412) {
        const stored = await read(name, signal);
        if (stored !== undefined && equalBytes(stored, shard)) return;
        throw new ReplicationConflictError(name, where);
      }
      if (isFinal(fault)) throw new ReplicationRefusedError(name, where, reasonOf(fault), fault);
      throw fault;
    },
    read: (name) => read(name),
    async list(prefix) {
      const names: string[] = [];
      for (let from: string | undefined, more = true; more;) {
        const url = new URL(`${endpoint}/storage/v1/${objects}`);
        url.searchParams.set('prefix', prefix);
        if (from !== undefined) url.searchParams.set('pageToken', from);
        const page = await json<{ items?: { name: string }[]; nextPageToken?: string }>(url);
        names.push(...(page?.items ?? []).map(({ name }) => name));
        from = page?.nextPageToken;
        more = from !== undefined;
      }
      return names;
    },
    async lockOf(name) {
      const found = await json<{ retention?: { mode?: string; retainUntilTime?: string } }>(addressOf(name));
      const { mode, retainUntilTime } = found?.retention ?? {};
      const until = new Date(retainUntilTime ?? '');
      if (mode === undefined || Number.isNaN(until.getTime())) return undefined;
      return { mode: mode.toLowerCase() === 'locked' ? 'locked' : 'unlocked', until };
    },
    close: () => undefined,
  };
}
