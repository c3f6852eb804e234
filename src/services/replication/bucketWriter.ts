import { createHash } from 'node:crypto';
import {
  GetObjectCommand,
  GetObjectRetentionCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { equalBytes } from '../../core/bytes/bytes.ts';
import { limits } from '../../core/chain/limits.ts';
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

interface Abort {
  readonly abortSignal?: AbortSignal;
}

/** Pages of a thousand versions of one name that are looked through for the first. */
const longestHistory = 10;

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

  /** Whether the store refuses a PUT with If-None-Match where the name exists. Ceph 16 does not in buckets with versions. */
  let conditional: boolean | undefined;

  async function get(Key: string, VersionId: string | undefined, abort: Abort = {}): Promise<Uint8Array | undefined> {
    const version = VersionId === undefined ? {} : { VersionId };
    const answer = await unlessMissing(client.send(new GetObjectCommand({ Bucket: bucket, Key, ...version }), abort));
    if ((answer?.ContentLength ?? 0) > limits.shard) {
      answer?.Body?.transformToWebStream().cancel();
      throw new BucketAnswerError(502, `it sent more than ${limits.shard} bytes`);
    }
    return answer?.Body?.transformToByteArray();
  }

  /** The version that was there first: it counts, whatever was put over it, a delete marker even. */
  async function firstVersion(name: string, abort: Abort = {}): Promise<string | undefined> {
    let first: string | undefined;
    let from: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    for (let pages = 0; from !== undefined && pages < longestHistory; pages += 1) {
      const page: ListObjectVersionsCommandOutput = await client.send(
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: name, ...from }),
        abort,
      );
      const own = (page.Versions ?? []).filter(({ Key }) => Key === name);
      // The newest comes first.
      first = own.at(-1)?.VersionId ?? first;
      const further = page.IsTruncated === true && page.NextKeyMarker === name;
      from = further
        ? { KeyMarker: name, ...(page.NextVersionIdMarker ? { VersionIdMarker: page.NextVersionIdMarker } : {}) }
        : undefined;
    }
    return first;
  }

  async function holdsSame(name: string, shard: Uint8Array, abort: Abort): Promise<boolean> {
    const current = await get(name, undefined, abort);
    if (current !== undefined && equalBytes(current, shard)) return true;
    const version = await firstVersion(name, abort);
    const first = version === undefined ? undefined : await get(name, version, abort);
    return first !== undefined && equalBytes(first, shard);
  }

  /** @returns the version's name; `exists` where the store said that the name is taken */
  async function putOnce(name: string, shard: Uint8Array, until: Date, abort: Abort): Promise<string | 'exists'> {
    try {
      const answer = await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: name,
          Body: shard,
          ContentType: 'application/octet-stream',
          ContentMD5: createHash('md5').update(shard).digest('base64'),
          IfNoneMatch: '*',
          ObjectLockMode: 'COMPLIANCE',
          ObjectLockRetainUntilDate: until,
        }),
        abort,
      );
      return answer.VersionId ?? '';
    } catch (error) {
      if (statusOf(error) === 412) return 'exists';
      if (isFinal(error)) throw new ReplicationRefusedError(name, where, reasonOf(error), error);
      throw error;
    }
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
      const version = await firstVersion(name);
      return version === undefined ? undefined : get(name, version);
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
      const VersionId = await firstVersion(name);
      if (VersionId === undefined) return undefined;
      const asked = client.send(new GetObjectRetentionCommand({ Bucket: bucket, Key: name, VersionId }));
      const { Mode, RetainUntilDate } = (await unlessMissing(asked))?.Retention ?? {};
      if (Mode === undefined || RetainUntilDate === undefined) return undefined;
      return { mode: Mode === 'COMPLIANCE' ? 'locked' : 'unlocked', until: RetainUntilDate };
    },
    async put(name, shard, retainUntil, signal) {
      const abort = signal === undefined ? {} : { abortSignal: signal };
      const refuseOther = async () => {
        if (!(await holdsSame(name, shard, abort))) throw new ReplicationConflictError(name, where);
      };
      // Where the store may not look itself, this looks before, and again after: of two at once the first version wins.
      if (conditional !== true && (await firstVersion(name, abort)) !== undefined) return refuseOther();
      const version = await putOnce(name, shard, retainUntil, abort);
      if (version === 'exists') return refuseOther();
      if (conditional === true) return;
      const first = await firstVersion(name, abort);
      if (first !== version) {
        const bytes = await get(name, first, abort);
        if (bytes === undefined || !equalBytes(bytes, shard)) throw new ReplicationConflictError(name, where);
      }
      // The very same once more: a store that looks refuses it, one that does not has one more version with the same bytes.
      conditional ??= (await putOnce(name, shard, retainUntil, abort)) === 'exists';
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
