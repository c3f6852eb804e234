import { createStore, del, delMany, get, getMany, keys, set, update } from 'idb-keyval';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { AuditMemory } from './auditMemory.ts';
import { memoryIdentity } from './memoryIdentity.ts';
import { isMemoryKey, makeMemoryKey } from './memoryKey.ts';

/**
 * What an audit leaves in this browser's IndexedDB, by genesis and identity, and beside it, in a database of its own, the key that seals it: one
 * that the browser lets nobody read out. What was left for the same chain under other pins or by another version is taken away.
 */
export function browserMemory(pin: ChainPin): AuditMemory {
  const store = createStore('affidavit-audits', 'parts');
  const keyStore = createStore('affidavit-audit-keys', 'keys');
  const ofChain = `${pin.genesis ?? ''}/`;
  const prefix = `${ofChain}${memoryIdentity(pin)}/`;
  const keyOf = (index: number): string => `${prefix}${String(index).padStart(12, '0')}`;
  const names = async (from = store): Promise<string[]> => {
    const all = await keys<IDBValidKey>(from);
    return all.filter((key): key is string => typeof key === 'string' && key.startsWith(ofChain)).sort();
  };
  return {
    async key() {
      const known = await get<unknown>(prefix, keyStore);
      if (isMemoryKey(known)) return known;
      const made = await makeMemoryKey();
      // Another tab may have made one meanwhile: the first one stays.
      await update<unknown>(prefix, (now) => (isMemoryKey(now) ? now : made), keyStore);
      return (await get<CryptoKey>(prefix, keyStore)) ?? made;
    },
    async load() {
      const all = await names();
      const isForeign = (name: string): boolean => !name.startsWith(prefix);
      await delMany(all.filter(isForeign), store);
      await delMany((await names(keyStore)).filter(isForeign), keyStore);
      const own = all.filter((key) => key.startsWith(prefix));
      // A part without those before it is of no use: whoever reads the parts sees that it is out of its place.
      return (await getMany<unknown>(own, store)).map(String);
    },
    save: (index, part) => set(keyOf(index), part, store),
    async clear() {
      await delMany(await names(), store);
      await del(prefix, keyStore);
    },
  };
}
