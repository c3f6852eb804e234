import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Error } from './s3Error.ts';
import type { IncomingMessage } from 'node:http';

/**
 * The whole body, never more than `limit` bytes of it.
 * @throws S3Error 411 without a length, 413 above the limit, 400 where the connection ended early
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  const declared = request.headers['content-length'];
  if (declared === undefined || !/^\d{1,15}$/.test(declared)) {
    throw new S3Error(411, 'MissingContentLength', 'The request needs a Content-Length.');
  }
  const length = Number(declared);
  if (length > limit) {
    throw new S3Error(413, 'EntityTooLarge', `The body has ${length} bytes; at most ${limit} are taken here.`);
  }
  const parts: Buffer[] = [];
  let received = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      received += part.length;
      if (received > length) break;
      parts.push(part);
    }
  } catch {
    throw incomplete(received, length);
  }
  if (received !== length) throw incomplete(received, length);
  return new Uint8Array(Buffer.concat(parts));
}

/** Compares a body with every digest that came with it. @throws S3Error 400 */
export function assertDigests(body: Uint8Array, request: IncomingMessage, signedPayload: string): void {
  const { headers } = request;
  if (signedPayload === 'UNSIGNED-PAYLOAD') {
    if (!isLoopback(request.socket.remoteAddress)) {
      throw new S3Error(403, 'AccessDenied', 'Over a network the body must be signed: send its x-amz-content-sha256.');
    }
  } else if (digest('sha256', body, 'hex') !== signedPayload) {
    throw new S3Error(400, 'XAmzContentSHA256Mismatch', 'The body does not have the SHA-256 that was signed.');
  }
  const checks: readonly (readonly [string, () => string])[] = [
    ['content-md5', () => digest('md5', body, 'base64')],
    ['x-amz-checksum-sha256', () => digest('sha256', body, 'base64')],
    ['x-amz-checksum-sha1', () => digest('sha1', body, 'base64')],
    ['x-amz-checksum-crc32', () => crc32Base64(body)],
  ];
  for (const [name, compute] of checks) {
    const given = headers[name];
    if (given !== undefined && given !== compute()) {
      throw new S3Error(400, 'BadDigest', `The body does not have the digest given in ${name}.`);
    }
  }
}

function incomplete(received: number, length: number): S3Error {
  return new S3Error(400, 'IncompleteBody', `Only ${received} of ${length} bytes came; nothing was stored.`);
}

function digest(algorithm: string, body: Uint8Array, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(body).digest(encoding);
}

function crc32Base64(body: Uint8Array): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && (address === '::1' || /^(::ffff:)?127\./.test(address));
}
