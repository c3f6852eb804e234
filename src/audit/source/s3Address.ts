import { AuditorError } from '../../core/verdict/auditorError.ts';

/**
 * The https address of `s3://<bucket>` in Amazon's public cloud, which the pinned region decides.
 * @throws AuditorError `usage` BUCKET_URL where there is no region or more than a bucket's name
 */
export function s3Address(url: string, region: string | undefined): string {
  const bucket = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/.exec(url)?.[1];
  if (bucket === undefined) {
    throw refusal(url, 'after s3:// the name of a bucket and nothing else was expected');
  }
  if (region === undefined || !/^[a-z]{2,4}(-[a-z0-9]+)+$/.test(region)) {
    throw refusal(url, 'its region is not pinned');
  }
  const host = `s3.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`;
  // A dot in the name would not match the certificate of *.s3.<region>.amazonaws.com.
  return bucket.includes('.') ? `https://${host}/${bucket}` : `https://${bucket}.${host}`;
}

function refusal(url: string, reason: string): AuditorError {
  return new AuditorError(
    'usage',
    'BUCKET_URL',
    `The bucket address ${JSON.stringify(url)} cannot be used: ${reason}. ` +
      'Give it a "region" such as "eu-central-1" in the trust file, or write its https address, such as "https://BUCKET.s3.REGION.amazonaws.com".',
  );
}
