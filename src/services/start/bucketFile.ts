import { readFile } from 'node:fs/promises';
import { decodeUtf8 } from '../../core/bytes/bytes.ts';
import { parseJson, type JsonObject, type JsonValue } from '../../core/bytes/json.ts';
import { shardCount } from '../../core/chain/shard.ts';
import type { BucketPin } from '../../core/trust/trust.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { ioFault } from '../process/ioFault.ts';
import { createGoogleToken } from '../replication/googleToken.ts';
import type { AnyTarget } from '../replication/openWormBucket.ts';

/** Six buckets of an operator's own: how the writer reaches each, and how readers do. */
export interface OwnBuckets {
  readonly targets: readonly AnyTarget[];
  readonly pins: readonly BucketPin[];
}

type Environment = Readonly<Record<string, string | undefined>>;

const stores = {
  s3: { needed: ['bucket', 'region'], optional: ['endpoint', 'pathStyle', 'keys'] },
  azure: { needed: ['account', 'container', 'keys'], optional: ['endpoint'] },
  google: { needed: ['bucket', 'keys'], optional: ['endpoint'] },
} as const;
const maximumLength = 64 * 1024;

/**
 * Reads the file of `npm start -- --buckets FILE` (README.md, "Buckets of your own"). Secrets are not in it: `keys` is the name under which they stand in the environment.
 * @throws AuditorError `usage` BUCKET_FILE with the place in it, BUCKET_KEYS with the variables that are missing; `source` IO_…
 */
export async function readBucketFile(path: string, environment: Environment): Promise<OwnBuckets> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw ioFault(`The file of buckets ${path} cannot be read`, error);
  });
  const refuse = (where: string, why: string) =>
    new AuditorError('usage', 'BUCKET_FILE', `${path} names no six buckets: ${where === '' ? '' : `${where} `}${why}.`);
  const file = parse(bytes, refuse);
  only(file, ['affidavit', 'buckets'], '', refuse);
  if (file['affidavit'] !== 'buckets/1') throw refuse('affidavit', 'must be "buckets/1"');
  const entries = file['buckets'];
  if (!Array.isArray(entries) || entries.length !== shardCount)
    throw refuse('buckets', `must be a list of ${shardCount}`);
  const read = await Promise.all(
    entries.map((entry, index) => readEntry(entry, `buckets[${index}]`, environment, refuse)),
  );
  const urls = new Set(read.map(({ pin }) => pin.url.replace(/\/$/, '')));
  if (urls.size < shardCount)
    throw refuse('buckets', 'must have as many addresses: no two shards may lie in one bucket');
  return { targets: read.map(({ target }) => target), pins: read.map(({ pin }) => pin) };
}

type Refuse = (where: string, why: string) => AuditorError;

function parse(bytes: Uint8Array, refuse: Refuse): JsonObject {
  try {
    if (bytes.length > maximumLength) throw new FormatError(`a file of at most ${maximumLength} bytes`, maximumLength);
    const value = parseJson(decodeUtf8(bytes));
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw refuse('', `it is no JSON (${error.message})`);
  }
  throw refuse('', 'it is no object');
}

async function readEntry(entry: JsonValue, where: string, environment: Environment, refuse: Refuse) {
  if (!isObject(entry)) throw refuse(where, 'is no object');
  only(entry, ['url', 'provider', 'region', 'store'], where, refuse);
  const url = textIn(entry, 'url', where, refuse);
  const { protocol } = URL.canParse(url) ? new URL(url) : { protocol: '' };
  if (!['https:', 'http:', 's3:'].includes(protocol))
    throw refuse(`${where}.url`, 'is no address of https, http or s3');
  const provider = textIn(entry, 'provider', where, refuse);
  const region = textIn(entry, 'region', where, refuse);
  const { store } = entry;
  if (store === undefined || !isObject(store)) throw refuse(`${where}.store`, 'is no object');
  return { pin: { url, provider, region }, target: await readStore(store, `${where}.store`, environment, refuse) };
}

async function readStore(
  store: JsonObject,
  where: string,
  environment: Environment,
  refuse: Refuse,
): Promise<AnyTarget> {
  const { kind } = store;
  if (kind !== 's3' && kind !== 'azure' && kind !== 'google') throw refuse(`${where}.kind`, 'is s3, azure or google');
  const { needed, optional } = stores[kind];
  only(store, ['kind', ...needed, ...optional], where, refuse);
  const text = (name: string) => textIn(store, name, where, refuse);
  const endpoint = store['endpoint'] === undefined ? {} : { endpoint: text('endpoint') };
  const secret = (part: string) => secretIn(environment, text('keys'), part, where, refuse);
  if (kind === 'azure') {
    return {
      kind,
      account: text('account'),
      container: text('container'),
      accountKey: secret('ACCOUNT_KEY'),
      ...endpoint,
    };
  }
  if (kind === 'google') {
    return { kind, bucket: text('bucket'), token: await googleToken(secret('SERVICE_ACCOUNT')), ...endpoint };
  }
  const { pathStyle } = store;
  if (pathStyle !== undefined && typeof pathStyle !== 'boolean') throw refuse(`${where}.pathStyle`, 'is true or false');
  const keys = { accessKey: () => secret('ACCESS_KEY'), secretKey: () => secret('SECRET_KEY') };
  return {
    bucket: text('bucket'),
    region: text('region'),
    ...endpoint,
    ...(pathStyle === undefined ? {} : { pathStyle }),
    ...(store['keys'] === undefined
      ? {}
      : { credentials: { accessKey: keys.accessKey(), secretKey: keys.secretKey() } }),
  };
}

/** What stands in the environment under a bucket's name. */
function secretIn(environment: Environment, name: string, part: string, where: string, refuse: Refuse): string {
  if (!/^[A-Z][A-Z0-9_]{0,31}$/.test(name)) throw refuse(`${where}.keys`, 'is a name in capitals: A to Z, 0 to 9, _');
  const variable = `AFFIDAVIT_BUCKET_${name}_${part}`;
  const value = environment[variable];
  if (value) return value;
  throw new AuditorError('usage', 'BUCKET_KEYS', `${where} has its keys in the environment: ${variable} is not set.`);
}

/** @param path the key file of a service account, as Google gives it out */
async function googleToken(path: string): Promise<() => Promise<string>> {
  const words = `The key file ${path} of a Google service account cannot be used`;
  const bytes = await readFile(path).catch((error: unknown) => {
    throw ioFault(words, error);
  });
  const refuse: Refuse = (where, why) => new AuditorError('usage', 'BUCKET_KEYS', `${words}: ${where} ${why}.`);
  const account = parse(bytes, refuse);
  const text = (name: string) => textIn(account, name, 'it', refuse);
  const parts = { client_email: text('client_email'), private_key: text('private_key'), token_uri: text('token_uri') };
  try {
    return createGoogleToken(parts);
  } catch {
    throw refuse('its private_key', 'is no key');
  }
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function only(object: JsonObject, allowed: readonly string[], where: string, refuse: Refuse): void {
  const unknown = Object.keys(object).find((name) => !allowed.includes(name));
  if (unknown !== undefined)
    throw refuse(where, `has an unknown member ${JSON.stringify(unknown.slice(0, 64))}`.trim());
}

function textIn(object: JsonObject, name: string, where: string, refuse: Refuse): string {
  const value = object[name];
  if (typeof value === 'string' && value !== '' && value.length <= 2048) return value;
  throw refuse(`${where}.${name}`, value === undefined ? 'is missing' : 'is no text');
}
