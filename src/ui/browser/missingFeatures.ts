/** What this program needs of a browser beyond drawing a page. */
export type Feature = 'secure' | 'workers' | 'storage' | 'ed25519' | 'wasm' | 'streams' | 'language';

/** What of it is not there. Every feature is asked for by itself: names and versions of browsers say too much and too little. */
export async function missingFeatures(scope: typeof globalThis = globalThis): Promise<readonly Feature[]> {
  const missing: Feature[] = [];
  const subtle = scope.crypto?.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) missing.push('secure');
  if (typeof scope.Worker !== 'function') missing.push('workers');
  if (scope.indexedDB === undefined) missing.push('storage');
  if (subtle !== undefined && !(await hasEd25519(subtle))) missing.push('ed25519');
  if (typeof scope.WebAssembly !== 'object') missing.push('wasm');
  if (typeof scope.DecompressionStream !== 'function') missing.push('streams');
  const isRecent = typeof scope.URL.canParse === 'function' && typeof [].findLast === 'function';
  if (!isRecent) missing.push('language');
  return missing;
}

/** The base point's neighbour of RFC 8032 §7.1, test 1: any right key does. */
const point = Uint8Array.from(
  'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'.match(/../g) ?? [],
  (pair) => Number.parseInt(pair, 16),
);

async function hasEd25519(subtle: SubtleCrypto): Promise<boolean> {
  try {
    await subtle.importKey('raw', point, 'Ed25519', false, ['verify']);
    return true;
  } catch {
    return false;
  }
}
