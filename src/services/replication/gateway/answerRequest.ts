import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { limits } from '../../../core/chain/limits.ts';
import { cacheControl, preflightHeaders, readHeaders } from './cors.ts';
import { readKey } from './keyName.ts';
import { listObjects, listVersions } from './listing.ts';
import { readRange } from './range.ts';
import { assertDigests, readBody } from './requestBody.ts';
import { readLockHeaders, readRetention } from './retention.ts';
import { S3Error } from './s3Error.ts';
import { verifySignature, type Credentials } from './signature.ts';
import { documentOf, element, readElement } from './xml.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ObjectStore, ObjectVersion } from './objectStore.ts';

export interface GatewayState {
  readonly store: ObjectStore;
  readonly bucket: string;
  readonly credentials: Credentials;
  readonly clock: () => number;
}

/** One request, taken apart. */
interface Call {
  readonly state: GatewayState;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** Undefined for a request on the bucket itself. */
  readonly key: string | undefined;
  /** The signed payload hash, or undefined for an anonymous request. */
  readonly signed: string | undefined;
}

/** A little above the greatest shard, for its header. */
const maximumBody = limits.shard + 64 * 1024;

/** Answers one request of S3's dialect. @throws S3Error and the file system's errors, which the caller turns into XML */
export async function answerRequest(
  state: GatewayState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'OPTIONS') {
    response.writeHead(204, preflightHeaders).end();
    return;
  }
  const [path = '', ...rest] = (request.url ?? '').split('?');
  const query = rest.join('?');
  const [, bucket, ...segments] = path.split('/');
  if (bucket !== state.bucket) throw new S3Error(404, 'NoSuchBucket', `The bucket here is ${state.bucket}.`);
  const encodedKey = segments.join('/');
  const call: Call = {
    state,
    request,
    response,
    query: new URLSearchParams(query.replace(/\+/g, '%2B')),
    key: encodedKey === '' ? undefined : readKey(encodedKey),
    signed:
      request.headers.authorization === undefined
        ? undefined
        : verifySignature(
            { method: request.method ?? '', path, query, headers: request.headers },
            state.credentials,
            state.clock(),
          ),
  };
  if (call.query.has('X-Amz-Signature')) {
    throw new S3Error(
      501,
      'NotImplemented',
      'Signatures in the query are not supported: sign in the Authorization header.',
    );
  }
  const reading = request.method === 'GET' || request.method === 'HEAD';
  if (!reading && call.signed === undefined) {
    throw new S3Error(403, 'AccessDenied', 'Writing needs a signed request; reading does not.');
  }
  if (call.key === undefined) return answerBucket(call);
  const action = { GET: getObject, HEAD: getObject, PUT: putObject, DELETE: deleteObject }[request.method ?? ''];
  if (action === undefined) throw notAllowed(request);
  return action(call, call.key);
}

function answerBucket(call: Call): void {
  const { state, request, query } = call;
  if (request.method === 'HEAD') return sendXml(call, '');
  if (request.method !== 'GET') throw notAllowed(request);
  if (query.has('versioning'))
    return sendXml(call, documentOf('VersioningConfiguration', element('Status', 'Enabled')));
  if (query.has('object-lock')) {
    return sendXml(call, documentOf('ObjectLockConfiguration', element('ObjectLockEnabled', 'Enabled')));
  }
  if (query.has('versions')) return sendXml(call, listVersions(state.store, state.bucket, query));
  const foreign = unknownParameters(query, ['list-type', ...listParameters]);
  if (foreign !== undefined) throw foreign;
  if (query.get('list-type') !== '2') {
    throw new S3Error(501, 'NotImplemented', 'Only the second form of object listings is supported: list-type=2.');
  }
  return sendXml(call, listObjects(state.store, state.bucket, query));
}

const listParameters = [
  'prefix',
  'continuation-token',
  'start-after',
  'max-keys',
  'encoding-type',
  'delimiter',
  'fetch-owner',
];

async function getObject(call: Call, key: string): Promise<void> {
  const { state, request, response, query } = call;
  const version = await findVersion(call, key);
  if (query.has('retention') || query.has('legal-hold')) return sendLock(call, version);
  const foreign = unknownParameters(query, ['versionId']);
  if (foreign !== undefined) throw foreign;
  const file = await open(state.store.path(key, version), 'r').catch((error: unknown) => {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new S3Error(404, 'NoSuchKey', 'The bytes of this object are not on the disk any more.');
  });
  try {
    const { size } = await file.stat();
    const range = readRange(request.headers.range, size);
    const length = range === undefined ? size : range.last - range.first + 1;
    response.writeHead(range === undefined ? 200 : 206, {
      ...readHeaders,
      'Content-Type': 'application/octet-stream',
      'X-Content-Type-Options': 'nosniff',
      'Content-Length': length,
      'Accept-Ranges': 'bytes',
      ETag: `"${version.etag}"`,
      'Last-Modified': new Date(version.modified).toUTCString(),
      'Cache-Control': cacheControl(key),
      'x-amz-version-id': version.id,
      ...(range === undefined ? {} : { 'Content-Range': `bytes ${range.first}-${range.last}/${size}` }),
      ...(call.signed === undefined ? {} : lockHeaders(version)),
    });
    if (request.method === 'HEAD' || length === 0) response.end();
    else {
      const bounds = range === undefined ? {} : { start: range.first, end: range.last };
      await pipeline(file.createReadStream({ autoClose: false, ...bounds }), response);
    }
  } finally {
    await file.close();
  }
}

async function putObject(call: Call, key: string): Promise<void> {
  const { state, request, response, query, signed } = call;
  const foreign = unknownParameters(query, ['retention', 'legal-hold', 'versionId']);
  if (foreign !== undefined) throw foreign;
  const body = await readBody(request, maximumBody);
  assertDigests(body, request, signed as string);
  if (query.has('retention') || query.has('legal-hold')) return putLock(call, key, new TextDecoder().decode(body));
  if (query.has('versionId')) throw new S3Error(400, 'InvalidArgument', 'A version is never written to.');
  if (request.headers['x-amz-copy-source'] !== undefined) {
    throw new S3Error(501, 'NotImplemented', 'Copying objects is not supported.');
  }
  if (request.headers['if-match'] !== undefined)
    throw new S3Error(501, 'NotImplemented', 'If-Match is not supported on PUT.');
  const condition = request.headers['if-none-match'];
  if (condition !== undefined && condition.trim() !== '*') {
    throw new S3Error(501, 'NotImplemented', 'Of If-None-Match on PUT only * is supported.');
  }
  const lock = readLockHeaders(request.headers, state.clock());
  const version = await state.store.put(key, body, lock, condition !== undefined);
  response
    .writeHead(200, { ...readHeaders, ETag: `"${version.etag}"`, 'x-amz-version-id': version.id, 'Content-Length': 0 })
    .end();
}

async function putLock(call: Call, key: string, xml: string): Promise<void> {
  const { state, request, response, query } = call;
  const version = await findVersion(call, key);
  const bypass = request.headers['x-amz-bypass-governance-retention'] === 'true';
  if (query.has('legal-hold')) {
    const status = readElement(xml, 'Status');
    if (status !== 'ON' && status !== 'OFF')
      throw new S3Error(400, 'MalformedXML', 'A LegalHold has the Status ON or OFF.');
    await state.store.setLock(key, version.id, { legalHold: status === 'ON' }, bypass);
  } else {
    const retention = readRetention(readElement(xml, 'Mode'), readElement(xml, 'RetainUntilDate'), state.clock());
    await state.store.setLock(key, version.id, retention, bypass);
  }
  response.writeHead(200, { ...readHeaders, 'Content-Length': 0 }).end();
}

async function deleteObject(call: Call, key: string): Promise<void> {
  const { state, request, response, query } = call;
  const foreign = unknownParameters(query, ['versionId']);
  if (foreign !== undefined) throw foreign;
  const id = query.get('versionId');
  const bypass = request.headers['x-amz-bypass-governance-retention'] === 'true';
  const version = id === null ? await state.store.deleteMarker(key) : await state.store.remove(key, id, bypass);
  response
    .writeHead(204, {
      ...readHeaders,
      ...(version === undefined ? {} : { 'x-amz-version-id': version.id }),
      ...(version?.deleteMarker === true ? { 'x-amz-delete-marker': 'true' } : {}),
    })
    .end();
}

function sendLock(call: Call, version: ObjectVersion): void {
  if (call.signed === undefined)
    throw new S3Error(403, 'AccessDenied', 'The lock of an object is told to signed requests only.');
  if (call.query.has('legal-hold')) {
    return sendXml(call, documentOf('LegalHold', element('Status', version.legalHold ? 'ON' : 'OFF')));
  }
  if (version.mode === undefined || version.retainUntil === undefined) {
    throw new S3Error(404, 'NoSuchObjectLockConfiguration', 'This version has no retention.');
  }
  const until = new Date(version.retainUntil).toISOString();
  return sendXml(call, documentOf('Retention', element('Mode', version.mode) + element('RetainUntilDate', until)));
}

/** The version that a request means: the one named, else the current one. @throws S3Error 404 | 405 */
async function findVersion(call: Call, key: string): Promise<ObjectVersion> {
  const current = await call.state.store.current(key);
  const id = call.query.get('versionId');
  const version = id === null ? current : call.state.store.versions(key).find((candidate) => candidate.id === id);
  if (version === undefined) {
    throw id === null
      ? new S3Error(404, 'NoSuchKey', 'There is no object of this name.')
      : new S3Error(404, 'NoSuchVersion', 'There is no version of that id.');
  }
  if (!version.deleteMarker) return version;
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.id };
  throw id === null
    ? new S3Error(404, 'NoSuchKey', 'This object was deleted; its versions can still be listed and read.', headers)
    : new S3Error(405, 'MethodNotAllowed', 'This version is a delete marker: it has no bytes.', headers);
}

function lockHeaders(version: ObjectVersion): Record<string, string> {
  return {
    ...(version.mode === undefined ? {} : { 'x-amz-object-lock-mode': version.mode }),
    ...(version.retainUntil === undefined
      ? {}
      : { 'x-amz-object-lock-retain-until-date': new Date(version.retainUntil).toISOString() }),
    'x-amz-object-lock-legal-hold': version.legalHold ? 'ON' : 'OFF',
  };
}

function sendXml(call: Call, xml: string): void {
  const { request, response } = call;
  response.writeHead(200, {
    ...readHeaders,
    'Content-Type': 'application/xml',
    'Cache-Control': 'no-cache',
    'Content-Length': Buffer.byteLength(xml),
  });
  response.end(request.method === 'HEAD' ? undefined : xml);
}

/** A parameter that changes what S3 does and that is not known here is refused, never ignored. */
function unknownParameters(query: URLSearchParams, known: readonly string[]): S3Error | undefined {
  const foreign = [...query.keys()].find((name) => name !== 'x-id' && !known.includes(name));
  return foreign === undefined
    ? undefined
    : new S3Error(501, 'NotImplemented', `The parameter ${foreign} is not supported here.`);
}

function notAllowed(request: IncomingMessage): S3Error {
  return new S3Error(405, 'MethodNotAllowed', `${request.method} is not supported here.`);
}
