import { createHash } from 'node:crypto';
import {
  GetObjectCommand,
  GetObjectRetentionCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { equalBytes } from '../../core/bytes/bytes.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { WormBucket } from './wormBucket.ts';

/** One of the six buckets, as the writer reaches it. */
export interface BucketTarget {
  readonly bucket: string;
  readonly region: string;
  /** Left out for Amazon's own. */
  readonly endpoint?: string;
  /** Left out, the AWS client looks where it always does (environment, profile, instance role). */
  readonly credentials?: { readonly accessKey: string; readonly secretKey: string };
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`; the gateway and Ceph want it. */
  readonly pathStyle?: boolean;
}

/** Another object is stored under the name already. Nothing was overwritten, and trying again does not help. */
export class ReplicationConflictError extends AuditorError {
  constructor(name: string, where: string) {
    super(
      'source',
      'REPLICATION_CONFLICT',
      `${where} holds other bytes under ${name} than the ones to be stored. They were not overwritten: find out who else writes there.`,
    );
  }
}

/** The bucket answered that it will never take this request: the fault is in the request or the set-up. */
export class ReplicationRefusedError extends AuditorError {
  constructor(name: string, where: string, reason: string, cause: unknown) {
    super('source', 'REPLICATION_REFUSED', `${where} refused ${name} for good: ${reason}`, { cause });
  }
}

export interface BucketWriter {
  /** The bucket in words. */
  readonly where: string;
  /**
   * Stores a shard once, under retention in COMPLIANCE mode. An identical shard that is there already is success.
   * @throws ReplicationConflictError | ReplicationRefusedError where trying again does not help; anything else where it may
   */
  put(name: string, shard: Uint8Array, retainUntil: Date, signal?: AbortSignal): Promise<void>;
  close(): void;
}

/** A bucket answered a request with a status that is no success. */
export class BucketAnswerError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A bucket in S3's dialect with Object Lock: Amazon's, Ceph's, the gateway's. */
export function createBucketWriter(target: BucketTarget): WormBucket {
  const { bucket, region, endpoint, credentials, pathStyle = false } = target;
  const where = `Bucket ${bucket} (${endpoint ?? region})`;
  const client = new S3Client({
    region,
    forcePathStyle: pathStyle,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined
      ? {}
      : { credentials: { accessKeyId: credentials.accessKey, secretAccessKey: credentials.secretKey } }),
    // Content-MD5 is what every S3 with Object Lock understands; the client's own checksums would be sent as trailers.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Retries are ours: they last until the bucket answers, and are told in words.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
  });

  async function holdsSame(name: string, shard: Uint8Array, abort: { abortSignal?: AbortSignal }): Promise<boolean> {
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: name }), abort);
    if (answer.Body === undefined || answer.ContentLength !== shard.length) {
      answer.Body?.transformToWebStream().cancel();
      return false;
    }
    return equalBytes(await answer.Body.transformToByteArray(), shard);
  }

  /** The answer, or undefined where the bucket says that there is no such thing. */
  async function unlessMissing<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await asked;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  return {
    where,
    async read(name) {
      const answer = await unlessMissing(client.send(new GetObjectCommand({ Bucket: bucket, Key: name })));
      return answer?.Body?.transformToByteArray();
    },
    async list(prefix) {
      const names: string[] = [];
      for (let token: string | undefined, more = true; more;) {
        const from = token === undefined ? {} : { ContinuationToken: token };
        const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...from }));
        names.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
        token = page.NextContinuationToken;
        more = token !== undefined;
      }
      return names;
    },
    async lockOf(name) {
      const answer = await unlessMissing(client.send(new GetObjectRetentionCommand({ Bucket: bucket, Key: name })));
      const { Mode, RetainUntilDate } = answer?.Retention ?? {};
      if (Mode === undefined || RetainUntilDate === undefined) return undefined;
      return { mode: Mode === 'COMPLIANCE' ? 'locked' : 'unlocked', until: RetainUntilDate };
    },
    async put(name, shard, retainUntil, signal) {
      const abort = signal === undefined ? {} : { abortSignal: signal };
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: name,
            Body: shard,
            ContentType: 'application/octet-stream',
            ContentMD5: createHash('md5').update(shard).digest('base64'),
            IfNoneMatch: '*',
            ObjectLockMode: 'COMPLIANCE',
            ObjectLockRetainUntilDate: retainUntil,
          }),
          abort,
        );
      } catch (error) {
        const status = statusOf(error);
        if (status === 412) {
          if (await holdsSame(name, shard, abort)) return;
          throw new ReplicationConflictError(name, where);
        }
        if (isFinal(error)) {
          throw new ReplicationRefusedError(name, where, reasonOf(error), error);
        }
        throw error;
      }
    },
    close: () => client.destroy(),
  };
}

/** Why a bucket did not do what it was asked, with what can be done about it. */
export function reasonOf(error: unknown): string {
  const status = statusOf(error);
  const message = error instanceof Error ? error.message || error.name : String(error);
  if (status === undefined) return `it cannot be reached (${(error as { code?: string }).code ?? message})`;
  if (status === 401 || status === 403)
    return `access was denied: check its keys, its policy and this machine's clock (${message})`;
  if (status === 404) return `there is no such bucket: make it, with Object Lock (${message})`;
  return `it answered with status ${status} (${message})`;
}

/** Everything that an operator can put right while the writer waits is tried again; what is wrong with the request itself is not. */
export function isFinal(error: unknown): boolean {
  const status = statusOf(error);
  if (status === undefined) return false;
  return status >= 400 && status < 500 && ![401, 403, 404, 408, 409, 429].includes(status);
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof BucketAnswerError) return error.status;
  if (!(error instanceof S3ServiceException)) return undefined;
  const status = error.$metadata.httpStatusCode;
  return status === undefined || status < 400 ? undefined : status;
}
