import { createStore, get, set } from 'idb-keyval';
import type { HeaderMemory } from './headerMemory.ts';

/** Headers in this browser's IndexedDB, one entry a ledger. Undefined where there is none. */
export function browserHeaderMemory(): HeaderMemory | undefined {
  if (typeof indexedDB === 'undefined') return undefined;
  const store = createStore('affidavit-ledgers', 'headers');
  return {
    async load(ledger) {
      const found = await get<unknown>(ledger, store);
      return Array.isArray(found) ? found.filter((each): each is Uint8Array => each instanceof Uint8Array) : [];
    },
    save: (ledger, headers) => set(ledger, [...headers], store),
  };
}
