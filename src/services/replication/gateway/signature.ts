import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { S3Error } from './s3Error.ts';

/** The parts of a request that an AWS signature covers, as they came over the wire. */
export interface SignedRequest {
  readonly method: string;
  /** Path as sent, percent-encoded, without the query. */
  readonly path: string;
  /** Query as sent, without the question mark. */
  readonly query: string;
  /** Lower-case names, as Node gives them. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Credentials {
  readonly accessKey: string;
  readonly secretKey: string;
}

/** How far a request's date may be from the gateway's clock, as with S3. */
const maximumSkew = 15 * 60 * 1000;

/**
 * Checks the header form of AWS Signature Version 4 for S3 (AWS documentation, "Authenticating Requests: Using the Authorization
 * Header"): paths are encoded once, every `x-amz-*` header must be signed, the payload is covered by `x-amz-content-sha256`.
 * @returns the declared payload hash, which the caller must compare with the body
 * @throws S3Error 400 | 403 | 501
 */
export function verifySignature(request: SignedRequest, credentials: Credentials, now: number): string {
  const authorization = header(request, 'authorization') ?? '';
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^,\s]{1,256}),\s*SignedHeaders=([a-z0-9;-]{1,2048}),\s*Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (parts === null) {
    throw new S3Error(
      400,
      'AuthorizationHeaderMalformed',
      'Only AWS4-HMAC-SHA256 in the Authorization header is supported.',
    );
  }
  const [, credential = '', signedHeaders = '', signature = ''] = parts;
  const [accessKey, date = '', region = '', service, end, ...more] = credential.split('/');
  if (service !== 's3' || end !== 'aws4_request' || more.length > 0) {
    throw new S3Error(400, 'AuthorizationHeaderMalformed', 'The credential scope is <date>/<region>/s3/aws4_request.');
  }
  if (accessKey !== credentials.accessKey) {
    throw new S3Error(403, 'InvalidAccessKeyId', 'This access key is not known here.');
  }
  const time = header(request, 'x-amz-date') ?? '';
  assertTime(time, date, now);
  const payloadHash = header(request, 'x-amz-content-sha256') ?? '';
  if (payloadHash.startsWith('STREAMING-')) {
    throw new S3Error(
      501,
      'NotImplemented',
      "Streamed (aws-chunked) bodies are not supported: send the body as a whole. In AWS's SDKs set requestChecksumCalculation to WHEN_REQUIRED and give the body as bytes.",
    );
  }
  if (payloadHash !== 'UNSIGNED-PAYLOAD' && !/^[0-9a-f]{64}$/.test(payloadHash)) {
    throw new S3Error(
      400,
      'InvalidRequest',
      'x-amz-content-sha256 is the lower-case hex SHA-256 of the body, or UNSIGNED-PAYLOAD.',
    );
  }
  const names = signedHeaders.split(';');
  const unsigned = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))].filter(
    (name) => !names.includes(name),
  );
  if (unsigned.length > 0) {
    throw new S3Error(403, 'AccessDenied', `These headers must be signed and are not: ${unsigned.join(', ')}.`);
  }
  const scope = `${date}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonicalRequest(request, names, payloadHash))].join('\n');
  const key = [date, region, 's3', 'aws4_request'].reduce<Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from(`AWS4${credentials.secretKey}`),
  );
  const expected = createHmac('sha256', key).update(toSign).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) {
    throw new S3Error(403, 'SignatureDoesNotMatch', 'The signature does not match: check the secret key.');
  }
  return payloadHash;
}

function assertTime(time: string, date: string, now: number): void {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time);
  if (match === null || !time.startsWith(date)) {
    throw new S3Error(
      403,
      'AccessDenied',
      'x-amz-date must be there, as YYYYMMDDTHHMMSSZ, and agree with the credential scope.',
    );
  }
  const [, year, month, day, hour, minute, second] = match;
  const signed = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (!(Math.abs(signed - now) <= maximumSkew)) {
    throw new S3Error(
      403,
      'RequestTimeTooSkewed',
      `The request is dated ${time}, this gateway's clock says ${new Date(now).toISOString()}: set the clocks right.`,
    );
  }
}

function canonicalRequest(request: SignedRequest, names: readonly string[], payloadHash: string): string {
  const headers = names.map((name) => `${name}:${(header(request, name) ?? '').trim().replace(/ +/g, ' ')}\n`).join('');
  return [
    request.method,
    request.path.split('/').map(recode).join('/'),
    canonicalQuery(request.query),
    headers,
    names.join(';'),
    payloadHash,
  ].join('\n');
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [recode(name), recode(value.join('='))] as const;
    })
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Percent-encoding in the one form that AWS signs, whatever form was sent. */
function recode(encoded: string): string {
  let text: string;
  try {
    text = decodeURIComponent(encoded);
  } catch {
    throw new S3Error(400, 'InvalidURI', 'The address is not valid percent-encoded UTF-8.');
  }
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function header(request: SignedRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
