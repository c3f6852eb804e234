import { createStore, get, update } from 'idb-keyval';

const name = 'export-key';

/** The key of this browser as an exporter: made once, kept in IndexedDB, and not to be taken out of it by anybody. Another one than that of this browser as a machine. */
export async function browserExportKey(): Promise<CryptoKeyPair> {
  const store = createStore('affidavit-export', 'keys');
  const known = await get<CryptoKeyPair>(name, store);
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  // Another tab may have made one meanwhile: the first one stays.
  await update<CryptoKeyPair>(name, (theirs) => theirs ?? made, store);
  return (await get<CryptoKeyPair>(name, store)) ?? made;
}
