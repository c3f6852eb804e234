import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { equalBytes } from '../../core/bytes/bytes.ts';
import { parseObjectPage, parseVersionPage, type StoredVersion, type VersionPage } from './listing.ts';
import { Origins } from './origin.ts';
import { request, type Answer, type RequestOptions } from './request.ts';
import { VersionIndex, type VersionIndexOptions } from './versionIndex.ts';
import type { BucketAnswer } from '../../core/chain/types.ts';
import type { Bucket } from './bucket.ts';

export interface HttpBucketOptions {
  /** Shared by the buckets of one audit, so that what is on one host shares its bounds. */
  readonly origins?: Origins;
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds for one request with its body. Default 15 000. */
  readonly timeout?: number;
  /** Tries of a request whose connection breaks or that is answered with 5xx. Default 2. */
  readonly tries?: number;
  /** Milliseconds before a second try. Default 100 to 400, at random. */
  readonly delay?: () => number;
  readonly versions?: Partial<VersionIndexOptions>;
}

/** Longest page of a listing, in bytes: a thousand entries with names and ids at their longest stay below it. */
const longestPage = 8 * 1024 * 1024;
/** A listing that goes on and on without a new name is left after so many pages. */
const barrenPages = 3;

/**
 * A bucket in S3's dialect, read without credentials, in a browser or in Node. Of a versioned bucket every version counts; a static host
 * that knows no versions and no listings works too.
 * @throws AuditorError `usage` BUCKET_URL for an address that cannot be a bucket's
 */
export function createHttpBucket(url: string, options: HttpBucketOptions = {}): Bucket {
  const root = readRoot(url);
  const origin = (options.origins ?? new Origins()).of(root);
  const requestOptions: RequestOptions = {
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    timeout: options.timeout ?? 15_000,
    tries: options.tries ?? 2,
    delay: options.delay ?? (() => 100 + 300 * Math.random()),
  };
  const get = (address: URL, maximumLength: number, signal?: AbortSignal): Promise<Answer> =>
    request(origin, address, maximumLength, requestOptions, signal);

  async function page<Page>(
    query: Readonly<Record<string, string>>,
    parse: (xml: string) => Page,
    signal: AbortSignal | undefined,
  ): Promise<Page | 'refused' | 'down'> {
    const address = new URL(root);
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    const answer = await get(address, longestPage, signal);
    if (answer.kind === 'down') return 'down';
    if (answer.kind !== 'body') return 'refused';
    try {
      return parse(new TextDecoder('utf-8', { fatal: true }).decode(answer.bytes));
    } catch (error) {
      if (error instanceof FormatError || error instanceof TypeError) return 'refused';
      throw error;
    }
  }

  const versionPage = (prefix: string, from: VersionPage['next'], signal?: AbortSignal) =>
    page(
      {
        versions: '',
        prefix,
        ...(from ? { 'key-marker': from.key } : {}),
        ...(from?.versionId === undefined ? {} : { 'version-id-marker': from.versionId }),
      },
      parseVersionPage,
      signal,
    );

  const versions = new VersionIndex(versionPage, options.versions);

  async function read(name: string, maximumLength: number, signal?: AbortSignal): Promise<BucketAnswer> {
    const address = addressOf(root, name);
    if (!address) return 'missing';
    const stored = await versions.stored(name, signal);
    if (typeof stored !== 'string') return combine(await readVersions(address, stored, maximumLength, signal));
    const answer = await get(address, maximumLength, signal);
    if (answer.kind !== 'refused' || stored === 'refused') return combine([answer]);
    // Listed and yet not there: deleted since, which hides the versions and leaves them.
    const now = await versions.ask(name, signal);
    if (typeof now === 'string') return combine(now === 'down' ? [{ kind: 'down' }] : [answer]);
    return combine(await readVersions(address, now, maximumLength, signal));
  }

  function readVersions(address: URL, stored: readonly StoredVersion[], maximumLength: number, signal?: AbortSignal) {
    return Promise.all(
      // The oldest first: it is what the writer put there.
      stored.toReversed().map(({ versionId }) => {
        const version = new URL(address);
        version.searchParams.set('versionId', versionId);
        return get(version, maximumLength, signal);
      }),
    );
  }

  async function list(prefix: string, limit: number, signal?: AbortSignal): Promise<readonly string[]> {
    // By versions first: that names what a delete marker hides.
    const names = await versions.list(prefix, signal);
    if (names !== 'refused') return names === 'down' ? [] : names.slice(0, limit);
    const all = new Set<string>();
    let barren = 0;
    for (let token: string | undefined; ;) {
      const query = { 'list-type': '2', prefix, ...(token === undefined ? {} : { 'continuation-token': token }) };
      const found = await page(query, parseObjectPage, signal);
      if (typeof found === 'string') return [...all];
      const before = all.size;
      for (const name of found.names) if (all.size < limit && name.startsWith(prefix)) all.add(name);
      barren = all.size > before ? 0 : barren + 1;
      token = found.next;
      if (token === undefined || all.size >= limit || barren === barrenPages) return [...all];
    }
  }

  return { url, read, list };
}

/** Every distinct body; `down` only where none was read and something could not be asked. */
function combine(answers: readonly Answer[]): BucketAnswer {
  const bodies: Uint8Array[] = [];
  for (const answer of answers) {
    if (answer.kind === 'body' && !bodies.some((other) => equalBytes(other, answer.bytes))) bodies.push(answer.bytes);
  }
  if (bodies.length > 0 || answers.some(({ kind }) => kind === 'too long')) return bodies;
  return answers.some(isDown) ? 'down' : 'missing';
}

/** A refusal says "not here" with these statuses (S3 hides what is missing behind 403); with any other the bucket cannot be asked. */
function isDown(answer: Answer): boolean {
  return answer.kind === 'down' || (answer.kind === 'refused' && ![403, 404, 405, 410].includes(answer.status));
}

function readRoot(url: string): URL {
  const root = URL.canParse(url) ? new URL(url) : undefined;
  if (!root || !/^https?:$/.test(root.protocol) || root.search || root.hash || root.username || root.password) {
    throw new AuditorError(
      'usage',
      'BUCKET_URL',
      `The bucket address ${JSON.stringify(url)} cannot be used: an http or https address without query, fragment or password was expected.`,
    );
  }
  return root;
}

/** The address of an object, every part of its name one part of the path; undefined for a name that would lead elsewhere. */
function addressOf(root: URL, name: string): URL | undefined {
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return undefined;
  const address = new URL(root);
  address.pathname = `${address.pathname.replace(/\/$/, '')}/${parts.map(encodeURIComponent).join('/')}`;
  return address;
}
