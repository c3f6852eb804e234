import { documentOf, element } from './xml.ts';
import { S3Error } from './s3Error.ts';
import type { ObjectStore, ObjectVersion } from './objectStore.ts';

/** S3's page size, also when more is asked for. */
const maximumKeys = 1000;

/** ListObjectsV2: keys whose newest version has bytes, in order, a page at a time. @throws S3Error 400 */
export function listObjects(store: ObjectStore, bucket: string, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const size = pageSize(query);
  const encode = encoder(query);
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : readToken(token);
  const page: string[] = [];
  let last = '';
  let truncated = false;
  for (const key of keysFrom(store.keys(), prefix, after)) {
    const version = store.versions(key)[0];
    if (version === undefined || version.deleteMarker) continue;
    if (page.length === size) {
      truncated = true;
      break;
    }
    last = key;
    page.push(
      `<Contents>${element('Key', encode(key))}${element('LastModified', date(version))}${element('ETag', `"${version.etag}"`)}${element('Size', version.size)}<StorageClass>STANDARD</StorageClass></Contents>`,
    );
  }
  // A page of no keys has no last one: it says that it is the end, as S3 does.
  const more = truncated && page.length > 0;
  return documentOf(
    'ListBucketResult',
    [
      head(bucket, prefix, size, query, encode),
      element('KeyCount', page.length),
      element('IsTruncated', more),
      token === null ? '' : element('ContinuationToken', token),
      more ? element('NextContinuationToken', Buffer.from(last).toString('base64url')) : '',
      ...page,
    ].join(''),
  );
}

/** ListObjectVersions: every version and delete marker, by key and then newest first. @throws S3Error 400 */
export function listVersions(store: ObjectStore, bucket: string, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const size = pageSize(query);
  const encode = encoder(query);
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('version-id-marker') ?? '';
  if (idMarker !== '' && keyMarker === '') {
    throw new S3Error(400, 'InvalidArgument', 'A version-id-marker needs a key-marker.');
  }
  const page: string[] = [];
  let last: { readonly key: string; readonly id: string } | undefined;
  let truncated = false;
  const rest = versionsAfter(store, keyMarker, idMarker);
  const keys = keysFrom(store.keys(), prefix, keyMarker);
  for (const { key, version, latest } of [
    ...(keyMarker.startsWith(prefix) ? rest : []),
    ...allVersions(store, keys, size + 1),
  ]) {
    if (page.length === size) {
      truncated = true;
      break;
    }
    last = { key, id: version.id };
    page.push(versionElement(encode(key), version, latest));
  }
  const more = truncated && page.length > 0;
  return documentOf(
    'ListVersionsResult',
    [
      head(bucket, prefix, size, query, encode),
      element('KeyMarker', encode(keyMarker)),
      element('VersionIdMarker', idMarker),
      element('IsTruncated', more),
      more && last !== undefined
        ? element('NextKeyMarker', encode(last.key)) + element('NextVersionIdMarker', last.id)
        : '',
      ...page,
    ].join(''),
  );
}

interface Listed {
  readonly key: string;
  readonly version: ObjectVersion;
  readonly latest: boolean;
}

/** What is left of the marker's own key after the marker's version; nothing where no version is named. */
function versionsAfter(store: ObjectStore, key: string, id: string): Listed[] {
  if (id === '') return [];
  const versions = store.versions(key);
  const index = versions.findIndex((version) => version.id === id);
  return index < 0 ? [] : versions.slice(index + 1).map((version) => ({ key, version, latest: false }));
}

/** At most `enough` or the versions of one key more: a page needs no more. */
function allVersions(store: ObjectStore, keys: Iterable<string>, enough: number): Listed[] {
  const listed: Listed[] = [];
  for (const key of keys) {
    store.versions(key).forEach((version, index) => listed.push({ key, version, latest: index === 0 }));
    if (listed.length >= enough) break;
  }
  return listed;
}

function versionElement(key: string, version: ObjectVersion, latest: boolean): string {
  const common =
    element('Key', key) +
    element('VersionId', version.id) +
    element('IsLatest', latest) +
    element('LastModified', date(version));
  return version.deleteMarker
    ? `<DeleteMarker>${common}</DeleteMarker>`
    : `<Version>${common}${element('ETag', `"${version.etag}"`)}${element('Size', version.size)}<StorageClass>STANDARD</StorageClass></Version>`;
}

/** The keys with a prefix that come after `after`, by bisection in the sorted list. */
function* keysFrom(sorted: readonly string[], prefix: string, after: string): Generator<string> {
  let low = 0;
  for (let high = sorted.length; low < high;) {
    const middle = (low + high) >> 1;
    const key = sorted[middle] as string;
    if (key < prefix || key <= after) low = middle + 1;
    else high = middle;
  }
  for (; low < sorted.length; low += 1) {
    const key = sorted[low] as string;
    if (!key.startsWith(prefix)) return;
    yield key;
  }
}

function head(
  bucket: string,
  prefix: string,
  size: number,
  query: URLSearchParams,
  encode: (text: string) => string,
): string {
  const encoding = query.get('encoding-type') === 'url' ? element('EncodingType', 'url') : '';
  return element('Name', bucket) + element('Prefix', encode(prefix)) + element('MaxKeys', size) + encoding;
}

function encoder(query: URLSearchParams): (text: string) => string {
  const type = query.get('encoding-type');
  if (type !== null && type !== 'url') throw new S3Error(400, 'InvalidArgument', 'The encoding-type is url.');
  return type === null ? (text) => text : (text) => encodeURIComponent(text).replace(/%2F/g, '/');
}

function pageSize(query: URLSearchParams): number {
  if (query.has('delimiter')) throw new S3Error(501, 'NotImplemented', 'Listings with a delimiter are not supported.');
  const asked = query.get('max-keys') ?? String(maximumKeys);
  if (!/^\d{1,10}$/.test(asked)) throw new S3Error(400, 'InvalidArgument', 'max-keys is a number from 0.');
  return Math.min(Number(asked), maximumKeys);
}

function readToken(token: string): string {
  const key = Buffer.from(token, 'base64url').toString();
  if (Buffer.from(key).toString('base64url') !== token) {
    throw new S3Error(400, 'InvalidArgument', 'This continuation-token was not made here.');
  }
  return key;
}

function date(version: ObjectVersion): string {
  return new Date(version.modified).toISOString();
}
