import { createHttpBucket, type HttpBucketOptions } from './httpBucket.ts';
import { serve, type TestServer } from './s3.fixture.ts';
import type { Bucket } from './bucket.ts';

const servers: TestServer[] = [];

/** Closes what `bucketOver` has opened; for `afterEach`. */
export async function closeServers(): Promise<void> {
  for (const server of servers.splice(0)) await server.close();
}

/** A bucket over a real server that answers as the test says. */
export async function bucketOver(
  answer: Parameters<typeof serve>[0],
  options: HttpBucketOptions = {},
): Promise<{ readonly bucket: Bucket; readonly server: TestServer }> {
  const server = await serve(answer);
  servers.push(server);
  const bucket = createHttpBucket(server.url, { delay: () => 1, timeout: 20_000, ...options });
  return { bucket, server };
}

/** What a bucket answers for a name, its versions as text. */
export async function readText(
  bucket: Bucket,
  name = 'c/seq/1',
  maximum = 1000,
  signal?: AbortSignal,
): Promise<string | string[]> {
  const answer = await bucket.read(name, maximum, signal);
  return typeof answer === 'string' ? answer : answer.map((bytes) => new TextDecoder().decode(bytes));
}
