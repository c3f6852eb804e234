import { AuditorError } from '../../core/verdict/auditorError.ts';
import { createHttpBucket, type HttpBucketOptions } from './httpBucket.ts';
import { Origins } from './origin.ts';
import { s3Address } from './s3Address.ts';
import type { BucketPin } from '../../core/trust/trust.ts';
import type { Bucket } from './bucket.ts';

export interface OpenBucketsOptions extends Omit<HttpBucketOptions, 'origins'> {
  /** Opens `file://` addresses and plain paths; without it (in a browser) such a bucket is one that is down. */
  readonly openFolder?: (url: string) => Bucket;
}

/**
 * The pinned buckets in their order, by the scheme of their addresses: `https://`, `http://`, `s3://` with a region, `file://`, a folder's path.
 * @throws AuditorError `usage` BUCKET_URL for an address of another form
 */
export function openBuckets(pins: readonly BucketPin[], options: OpenBucketsOptions = {}): readonly Bucket[] {
  const { openFolder, ...http } = options;
  const origins = new Origins();
  return pins.map(({ url, region }) => {
    const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase();
    if (scheme === 'http' || scheme === 'https') return createHttpBucket(url, { ...http, origins });
    if (scheme === 's3') return { ...createHttpBucket(s3Address(url, region), { ...http, origins }), url };
    if (scheme === undefined || scheme === 'file') return openFolder ? openFolder(url) : downBucket(url);
    throw new AuditorError(
      'usage',
      'BUCKET_URL',
      `The bucket address ${JSON.stringify(url)} cannot be used: https://, http://, s3://, file:// or the path of a folder was expected.`,
    );
  });
}

/** A bucket that cannot be asked from here. */
function downBucket(url: string): Bucket {
  return { url, read: () => Promise.resolve('down'), list: () => Promise.resolve([]) };
}
