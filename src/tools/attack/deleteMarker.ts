import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteObjectCommand, ListObjectVersionsCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { createBucketWriter } from '../../services/replication/bucketWriter.ts';
import { createGateway, type Gateway } from '../../services/replication/gateway/createGateway.ts';
import type { ServedEvidence } from './attack.ts';
import { straight } from './scene.ts';

const keys = { accessKey: 'writer', secretKey: 'the secret of a writer that was stolen' };

/**
 * A chain written into six gateways under retention, of which then one attestation is deleted with the writer's own keys: its version is
 * refused to go, and a marker is put over it.
 */
export async function deleteMarker(): Promise<ServedEvidence> {
  const { world, storage, genesis } = await straight();
  const open = async (folder: string) => {
    const gateways: Gateway[] = [];
    for (const [index, names] of storage.buckets.entries()) {
      const path = join(folder, `b${index}`);
      await mkdir(path, { recursive: true });
      const gateway = await createGateway({ folder: path, bucket: `region-${index}`, ...keys });
      gateways.push(gateway);
      const { bucket, endpoint } = gateway;
      const writer = createBucketWriter({ bucket, region: 'local', endpoint, credentials: keys, pathStyle: true });
      for (const [name, versions] of names) {
        await writer.put(name, versions[0] as Uint8Array, new Date(Date.now() + 3_600_000));
      }
      writer.close();
      await deleteFrom(gateway, storage.seq(2));
    }
    return {
      buckets: gateways.map(({ url }) => ({ url })),
      close: async () => void (await Promise.all(gateways.map((gateway) => gateway.close()))),
    };
  };
  return { kind: 'served', pin: world.pin(genesis), open };
}

/** @throws Error where the protected version could be deleted: then the row would prove nothing. */
async function deleteFrom({ bucket: Bucket, endpoint }: Gateway, Key: string): Promise<void> {
  const client = new S3Client({
    endpoint,
    region: 'local',
    forcePathStyle: true,
    credentials: { accessKeyId: keys.accessKey, secretAccessKey: keys.secretKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    maxAttempts: 1,
  });
  try {
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
    const VersionId = Versions.find((version) => version.Key === Key)?.VersionId;
    if (VersionId === undefined) throw new Error(`${Bucket} has no version of ${Key}.`);
    const refused = await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId })).then(
      () => false,
      (error: unknown) => error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403,
    );
    if (!refused) throw new Error(`${Bucket} let a protected version of ${Key} go.`);
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
  } finally {
    client.destroy();
  }
}
