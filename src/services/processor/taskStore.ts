import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sha3 } from '../../core/bytes/hash.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { limits } from '../../core/chain/limits.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { createBucketWriter } from '../replication/bucketWriter.ts';

/** Where files of tasks lie: a folder, or a bucket in S3's dialect with the keys that open it. */
export type StoreLocation =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 'bucket';
      readonly endpoint: string;
      readonly bucket: string;
      readonly region: string;
      readonly accessKey: string;
      readonly secretKey: string;
    };

/** Files by their digest: what comes out of a store is what its name says, whoever keeps it. */
export interface TaskStore {
  /** The bytes whose H this is. @throws AuditorError `source` STORE_MISSING, STORE_DIGEST, IO_… */
  read(digest: Uint8Array): Promise<Uint8Array>;
  /** Keeps the bytes under their H, which comes back. Again is the same as once. */
  write(bytes: Uint8Array): Promise<Uint8Array>;
}

export function openTaskStore(location: StoreLocation): TaskStore {
  return location.kind === 'folder' ? folderStore(location.path) : bucketStore(location);
}

/** How a store is called where it has to be among those allowed. */
export function storeName(location: StoreLocation): string {
  return location.kind === 'folder' ? resolve(location.path) : `${new URL(location.endpoint).href}${location.bucket}`;
}

function folderStore(path: string): TaskStore {
  const nameOf = (digest: Uint8Array) => join(path, toHex(digest));
  return {
    async read(digest) {
      const name = nameOf(digest);
      try {
        const { size } = await stat(name);
        if (size > limits.shard) throw tooLong(name, size);
        return verified(await readFile(name), digest, path);
      } catch (error) {
        if (faultCode(error) === 'ENOENT') throw missing(digest, path);
        throw ioFault(`The file ${name} cannot be read`, error);
      }
    },
    async write(bytes) {
      if (bytes.length > limits.shard) throw tooLong('The file', bytes.length);
      const digest = sha3(bytes);
      await stateFolder(path);
      await writeFileDurably(nameOf(digest), bytes);
      return digest;
    },
  };
}

/** Retained for a day, so that nobody takes a file away while its task runs. */
const retention = 86_400_000;

function bucketStore(location: Extract<StoreLocation, { kind: 'bucket' }>): TaskStore {
  const { endpoint, bucket, region, accessKey, secretKey } = location;
  const withBucket = async <Result>(use: (at: ReturnType<typeof createBucketWriter>) => Promise<Result>) => {
    const at = createBucketWriter({
      bucket,
      region,
      endpoint,
      credentials: { accessKey, secretKey },
      pathStyle: true,
    });
    try {
      return await use(at);
    } catch (error) {
      throw ioFault(`The store ${storeName(location)} could not be used`, error);
    } finally {
      at.close();
    }
  };
  return {
    async read(digest) {
      const bytes = await withBucket((at) => at.read(`task/${toHex(digest)}`));
      if (bytes === undefined) throw missing(digest, storeName(location));
      return verified(bytes, digest, storeName(location));
    },
    async write(bytes) {
      if (bytes.length > limits.shard) throw tooLong('The file', bytes.length);
      const digest = sha3(bytes);
      await withBucket((at) => at.put(`task/${toHex(digest)}`, bytes, new Date(Date.now() + retention)));
      return digest;
    },
  };
}

/** A buffer of the system becomes plain bytes; other bytes than asked for are none. */
function verified(bytes: Uint8Array, digest: Uint8Array, where: string): Uint8Array {
  const found = sha3(bytes);
  if (toHex(found) === toHex(digest)) return new Uint8Array(bytes);
  throw new AuditorError(
    'source',
    'STORE_DIGEST',
    `${where} gave a file with the digest ${toHex(found)} where ${toHex(digest)} was asked for.`,
  );
}

function missing(digest: Uint8Array, where: string): AuditorError {
  return new AuditorError('source', 'STORE_MISSING', `${where} has no file with the digest ${toHex(digest)}.`);
}

function tooLong(name: string, length: number): AuditorError {
  return new AuditorError('usage', 'STORE_LENGTH', `${name} has ${length} bytes; at most ${limits.shard} are kept.`);
}
