import { join } from 'node:path';
import { createGateway, type Gateway } from '../replication/gateway/createGateway.ts';
import type { BucketPin } from '../../core/trust/trust.ts';
import type { BucketTarget } from '../replication/bucketWriter.ts';
import type { AccessKeys } from './accessKeys.ts';

/** One of the six: an origin of its own over a folder of its own. */
export interface StackBucket {
  /** As the trust file names it. */
  readonly url: string;
  /** The plain objects, `<folder>/<chain>/seq/0` …: a bucket to audit as it is. */
  readonly folder: string;
  readonly provider: string;
  readonly region: string;
  /** While true, every connection is dropped. */
  down: boolean;
}

export interface OpenBuckets {
  readonly buckets: readonly StackBucket[];
  readonly targets: readonly BucketTarget[];
  readonly pins: readonly BucketPin[];
  close(): Promise<void>;
}

/** Two buckets a provider, all regions distinct, as the patent places them; here all of them are this machine, and say so. */
const places = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter, index) => ({
  provider: `local stand-in ${Math.floor(index / 2) + 1}`,
  region: `local-${letter}`,
}));

/**
 * The six buckets of a local stack.
 * @param ports six, or none for any free ones
 * @throws AuditorError `usage` PORT_IN_USE, `source` IO_…
 */
export async function openBuckets(
  folder: string,
  keys: AccessKeys,
  options: { readonly host: string; readonly ports?: readonly number[] },
): Promise<OpenBuckets> {
  const opened = await Promise.allSettled(
    places.map(({ region }, index) =>
      createGateway({
        folder: join(folder, region),
        bucket: region,
        accessKey: keys.accessKey,
        secretKey: keys.secretKey,
        host: options.host,
        port: options.ports?.[index] ?? 0,
      }),
    ),
  );
  const gateways = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const close = async () => void (await Promise.all(gateways.map((gateway) => gateway.close())));
  const failed = opened.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    await close();
    throw failed.reason;
  }
  return {
    buckets: gateways.map((gateway, index) => bucketOf(gateway, places[index] as (typeof places)[number])),
    targets: gateways.map(({ endpoint, bucket }) => ({
      bucket,
      region: 'local',
      endpoint,
      credentials: keys,
      pathStyle: true,
    })),
    pins: gateways.map(({ url }, index) => ({ url, ...places[index] })),
    close,
  };
}

function bucketOf(gateway: Gateway, place: (typeof places)[number]): StackBucket {
  return {
    url: gateway.url,
    folder: gateway.folder,
    ...place,
    get down() {
      return gateway.down;
    },
    set down(value: boolean) {
      gateway.down = value;
    },
  };
}
