import type { Plugin } from 'vite';

/**
 * Parts of packages that no check reaches, by the end of their path, and what stands in their place: whoever reached them nevertheless would find nothing to call, which
 * is an error and never a verdict.
 */
const left: readonly (readonly [ending: string, code: string])[] = [
  // A table that only makes signing faster.
  ['/elliptic/precomputed/secp256k1.js', 'module.exports = undefined;'],
  // Curves that are made when they are named: of the library's, quotes are signed with P-256 alone.
  ['/elliptic/curve/edwards.js', 'module.exports = undefined;'],
  ['/elliptic/curve/mont.js', 'module.exports = undefined;'],
  ['/elliptic/eddsa/index.js', 'module.exports = undefined;'],
  // Documents are expanded and canonicalised, never written.
  ['/jsonld/lib/frame.js', 'module.exports = {};'],
  ['/jsonld/lib/compact.js', 'module.exports = {};'],
  ['/jsonld/lib/flatten.js', 'module.exports = {};'],
  ['/jsonld/lib/fromRdf.js', 'module.exports = {};'],
  ['/rdf-canonize/lib/RDFC10Sync.js', 'module.exports = undefined;'],
  // A cache of tries that is made where a size is given for it; proofs give none.
  ['/@ethereumjs/mpt/node_modules/lru-cache/dist/esm/index.js', 'export const LRUCache = undefined;'],
];

/** Tables of keys under which many documents are signed: worth their weight where a chain's are verified, and WebCrypto decides without them (`core/p384/README.md`). */
const tables = ['/src/core/p384/p384Kernel.ts', 'export const makeP384Kernel = () => undefined;'] as const;

/** Leaves out of a template what weighs and is not used, and a second copy of one version of a package. `project` ends in a slash. */
export function slimPlugin(project: string, keepsTables = false): Plugin {
  const leaves = keepsTables ? left : [...left, tables];
  return {
    name: 'slim',
    enforce: 'pre',
    resolveId(source, importer) {
      const isSecond = source === 'bn.js' && importer?.includes('/node_modules/asn1.js/');
      return isSecond
        ? this.resolve(source, `${project}node_modules/elliptic/lib/elliptic.js`, { skipSelf: true })
        : null;
    },
    load: (id) => leaves.find(([ending]) => id.endsWith(ending))?.[1] ?? null,
  };
}
