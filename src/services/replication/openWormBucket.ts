import { createAzureBucket, type AzureTarget } from './azureBucket.ts';
import { createBucketWriter, type BucketTarget } from './bucketWriter.ts';
import { createGoogleBucket, type GoogleTarget } from './googleBucket.ts';
import type { WormBucket } from './wormBucket.ts';

/** One of the six, at whichever provider; in S3's dialect where no kind is said. */
export type AnyTarget = BucketTarget | AzureTarget | GoogleTarget;

export function openWormBucket(target: AnyTarget): WormBucket {
  if (!('kind' in target)) return createBucketWriter(target);
  return target.kind === 'azure' ? createAzureBucket(target) : createGoogleBucket(target);
}
