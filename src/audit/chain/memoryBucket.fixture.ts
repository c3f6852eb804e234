import type { Storage } from '../../core/chain/chain.fixture.ts';
import type { Bucket } from '../source/bucket.ts';

/** The buckets of a storage in memory, as an auditor reads them. */
export function memoryBuckets(storage: Storage): Bucket[] {
  return storage.buckets.map((bucket, index) => ({
    url: `memory:${index}`,
    read: async (name, maximumLength) => {
      if (storage.down.has(index)) return 'down';
      const versions = bucket.get(name)?.filter((version) => version.length <= maximumLength) ?? [];
      return versions.length > 0 ? versions : 'missing';
    },
    list: async (prefix, limit) =>
      storage.down.has(index) ? [] : [...bucket.keys()].filter((name) => name.startsWith(prefix)).slice(0, limit),
  }));
}
