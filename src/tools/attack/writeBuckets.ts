import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Storage } from '../../core/chain/chain.fixture.ts';
import type { BucketPin } from '../../core/trust/trust.ts';

/** A storage in memory as six folders `b0` … `b5`, as a trust file beside them names them. A bucket that is down gets none. */
export async function writeBuckets(storage: Storage, folder: string): Promise<readonly BucketPin[]> {
  for (const [index, bucket] of storage.buckets.entries()) {
    if (storage.down.has(index)) continue;
    await mkdir(join(folder, `b${index}`), { recursive: true });
    for (const [name, versions] of bucket) {
      const path = join(folder, `b${index}`, ...name.split('/'));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, versions[0] as Uint8Array);
    }
  }
  return storage.buckets.map((_, index) => ({ url: `b${index}` }));
}
