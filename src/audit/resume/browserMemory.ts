import { createStore, delMany, getMany, keys, set } from 'idb-keyval';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { AuditMemory } from './auditMemory.ts';
import { memoryIdentity } from './memoryIdentity.ts';

/**
 * What an audit leaves in this browser's IndexedDB, by genesis and identity. What was left for the same chain under other pins or by another
 * version is taken away.
 */
export function browserMemory(pin: ChainPin): AuditMemory {
  const store = createStore('affidavit-audits', 'parts');
  const ofChain = `${pin.genesis ?? ''}/`;
  const prefix = `${ofChain}${memoryIdentity(pin)}/`;
  const keyOf = (index: number): string => `${prefix}${String(index).padStart(12, '0')}`;
  const names = async (): Promise<string[]> => {
    const all = await keys<IDBValidKey>(store);
    return all.filter((key): key is string => typeof key === 'string' && key.startsWith(ofChain)).sort();
  };
  return {
    async load() {
      const all = await names();
      await delMany(
        all.filter((key) => !key.startsWith(prefix)),
        store,
      );
      const own = all.filter((key) => key.startsWith(prefix));
      // A part without those before it is of no use: whoever reads the parts sees that it is out of its place.
      return (await getMany<unknown>(own, store)).map(String);
    },
    save: (index, part) => set(keyOf(index), part, store),
    clear: async () => delMany(await names(), store),
  };
}
