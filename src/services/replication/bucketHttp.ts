import { limits } from '../../core/chain/limits.ts';
import { BucketAnswerError } from './bucketWriter.ts';

/** A little more than the longest object that is ever stored in one bucket. */
const longest = limits.shard + 1024 * 1024;

/** One request to a bucket's HTTP interface, connections and bodies bounded. @throws whatever fetch throws where nothing answers */
export function ask(url: URL, init: RequestInit, signal?: AbortSignal): Promise<Response> {
  const late = AbortSignal.timeout(60_000);
  const both = signal === undefined ? late : AbortSignal.any([signal, late]);
  return fetch(url, { redirect: 'error', ...init, signal: both });
}

/** The body of a 2xx; undefined for a 404. @throws BucketAnswerError for anything else, with the bucket's own words */
export async function bodyOf(answer: Response): Promise<Uint8Array | undefined> {
  if (answer.ok) {
    if (Number(answer.headers.get('content-length') ?? 0) > longest) {
      await answer.body?.cancel();
      throw new BucketAnswerError(502, `it sent more than ${longest} bytes`);
    }
    return new Uint8Array(await answer.arrayBuffer());
  }
  if (answer.status === 404) {
    await answer.body?.cancel();
    return undefined;
  }
  throw await faultOf(answer);
}

export async function faultOf(answer: Response): Promise<BucketAnswerError> {
  const words = (await answer.text()).slice(0, 300).replace(/\s+/g, ' ');
  return new BucketAnswerError(answer.status, words);
}

/** A name as a path: each part encoded, the slashes kept. */
export function pathOf(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}
