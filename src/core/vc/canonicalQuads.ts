import { sha256, sha384 } from '@noble/hashes/sha2.js';
import { utf8 } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { ContextSource } from './contextSource.ts';

/** A context that the certificate names and that nobody has given. */
export class MissingContext extends Error {
  override readonly name = 'MissingContext';
  readonly address: string;

  constructor(address: string) {
    super(`The context ${address} is not at hand.`);
    this.address = address;
  }
}

export interface QuadsOptions {
  /** Refuses what no context maps, as the suites of Data Integrity demand; by default it is left out. */
  readonly safe?: boolean;
  /** Of the names of blank nodes: a suite with SHA-384 uses it here too (RDFC-1.0 §3). */
  readonly hash?: 'SHA-256' | 'SHA-384';
}

/**
 * The canonical N-Quads of a JSON-LD document (JSON-LD 1.1 to RDF; RDFC-1.0, which is URDNA2015 with SHA-256): what MerkleProof2017 and MerkleProof2019 hash. Nothing is fetched:
 * contexts come from the source alone. Safe mode is off by default because the hash rule of these proofs demands it: what no context maps is left out, so that it is not covered.
 * @throws MissingContext; FormatError for a document that cannot be processed, or whose blank nodes would take too long to tell apart.
 */
export async function canonicalQuads(
  document: JsonObject,
  source: ContextSource,
  signal?: AbortSignal,
  { safe = false, hash = 'SHA-256' }: QuadsOptions = {},
): Promise<string> {
  const { default: jsonld } = await import('jsonld');
  let missing: string | undefined;
  try {
    return await jsonld.canonize(plain(document) as object, {
      algorithm: 'RDFC-1.0',
      format: 'application/n-quads',
      safe,
      base: '',
      documentLoader: (address) => {
        const found = source.find(address);
        if (!found) {
          missing = address;
          return Promise.reject(new MissingContext(address));
        }
        return Promise.resolve({
          contextUrl: null,
          document: { '@context': plain(found.context as JsonValue) },
          documentUrl: address,
        });
      },
      canonizeOptions: { maxWorkFactor: 2, createMessageDigest: () => digest(hash), ...(signal ? { signal } : {}) },
    });
  } catch (error) {
    if (missing !== undefined) throw new MissingContext(missing);
    signal?.throwIfAborted();
    // The library's own errors are many; all say that the document is none that it can process.
    throw new FormatError(`JSON-LD: ${error instanceof Error ? error.message : String(error)}`, 0);
  }
}

/**
 * Canonical names of blank nodes in quads that are given as they stand: from each name in them (`_:b`) to `c14nN`.
 * @throws FormatError for what are no quads
 */
export async function canonicalNames(
  quads: string,
  signal?: AbortSignal,
): Promise<{ readonly names: ReadonlyMap<string, string>; readonly quads: string }> {
  const { default: jsonld } = await import('jsonld');
  const names = new Map<string, string>();
  try {
    const canonical = await jsonld.canonize(quads, {
      algorithm: 'RDFC-1.0',
      inputFormat: 'application/n-quads',
      format: 'application/n-quads',
      safe: true,
      base: '',
      documentLoader: (address) => Promise.reject(new MissingContext(address)),
      canonizeOptions: {
        maxWorkFactor: 2,
        createMessageDigest: () => digest('SHA-256'),
        canonicalIdMap: names,
        ...(signal ? { signal } : {}),
      },
    });
    return { names, quads: canonical };
  } catch (error) {
    signal?.throwIfAborted();
    throw new FormatError(`N-Quads: ${error instanceof Error ? error.message : String(error)}`, 0);
  }
}

/** SHA-256 of the quads, in hex: the target hash. */
export function quadsHash(quads: string): string {
  return toHex(sha256(utf8(quads)));
}

/** The digest of the blank nodes: the library's own needs WebCrypto and is a promise for each. */
function digest(name: 'SHA-256' | 'SHA-384') {
  const hash = name === 'SHA-256' ? sha256.create() : sha384.create();
  return { update: (text: string) => void hash.update(utf8(text)), digest: () => toHex(hash.digest()) };
}

/** Ordinary objects, as the library expects: ours have no prototype. */
function plain(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, plain(entry)]));
}
