import { createStore, get, update } from 'idb-keyval';
import { makeWebCryptoKey } from '../../../audit/trace/webCryptoSigner.ts';

const name = 'machine-key';

/** The key of this browser as a machine: made once, kept in IndexedDB, and not to be taken out of it by anybody. */
export async function browserKey(): Promise<CryptoKeyPair> {
  const store = createStore('affidavit-machine', 'keys');
  const made = await makeWebCryptoKey();
  // Another tab may have made one meanwhile: the first one stays.
  await update<CryptoKeyPair>(name, (known) => known ?? made, store);
  return (await get<CryptoKeyPair>(name, store)) ?? made;
}
