import { clear, createStore, get, set, update, values } from 'idb-keyval';
import { isMemoryKey, makeMemoryKey } from '../resume/memoryKey.ts';
import type { SealStore } from './sealMemory.ts';

const name = 'key';

/** In this browser's IndexedDB, and in a database of its own the key, which the browser lets nobody read out. Undefined where there is none. */
export function browserSealStore(): SealStore | undefined {
  if (typeof indexedDB === 'undefined') return undefined;
  const parts = createStore('affidavit-seals', 'parts');
  const keys = createStore('affidavit-seal-keys', 'keys');
  return {
    async key() {
      const known = await get<unknown>(name, keys);
      if (isMemoryKey(known)) return known;
      const made = await makeMemoryKey();
      // Another tab may have made one meanwhile: the first one stays.
      await update<unknown>(name, (now) => (isMemoryKey(now) ? now : made), keys);
      return (await get<CryptoKey>(name, keys)) ?? made;
    },
    load: async () => (await values<unknown>(parts)).map(String),
    save: (part) => set(part.slice(0, 64), part, parts),
    clear: () => clear(parts),
  };
}
