import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { BucketPin } from '../../core/trust/trust.ts';
import type { BucketTarget } from '../replication/bucketWriter.ts';

/**
 * How a pinned bucket is reached with credentials: `s3://BUCKET` with its region, `https://BUCKET.s3.REGION.amazonaws.com`, or
 * `http(s)://HOST/BUCKET` for any other store with S3's dialect.
 * @throws AuditorError `usage` BUCKET_URL
 */
export function bucketTarget({ url, region }: BucketPin): BucketTarget {
  const named = /^s3:\/\/([a-z0-9.-]{3,63})\/?$/.exec(url)?.[1];
  if (named !== undefined && region !== undefined) return { bucket: named, region };
  const hosted = /^https:\/\/([a-z0-9.-]{3,63})\.s3\.([a-z0-9-]+)\.amazonaws\.com\/?$/.exec(url);
  if (hosted) return { bucket: hosted[1] as string, region: hosted[2] as string };
  const path = /^(https?:\/\/[^/]+)\/([a-z0-9.-]{3,63})\/?$/.exec(url);
  if (path)
    return { endpoint: path[1] as string, bucket: path[2] as string, region: region ?? 'us-east-1', pathStyle: true };
  const message = `The bucket ${JSON.stringify(url)} cannot be asked about its locks: s3://BUCKET with a region, or https://HOST/BUCKET was expected.`;
  throw new AuditorError('usage', 'BUCKET_URL', message);
}
