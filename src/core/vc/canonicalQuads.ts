import { sha256 } from '@noble/hashes/sha2.js';
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

/**
 * The canonical N-Quads of a JSON-LD document (JSON-LD 1.1 to RDF; RDFC-1.0, which is URDNA2015 with SHA-256): what MerkleProof2017 and MerkleProof2019 hash. Nothing is fetched:
 * contexts come from the source alone. Safe mode is off because the hash rule of these proofs demands it: what no context maps is left out, so that it is not covered.
 * @throws MissingContext; FormatError for a document that cannot be processed, or whose blank nodes would take too long to tell apart.
 */
export async function canonicalQuads(
  document: JsonObject,
  source: ContextSource,
  signal?: AbortSignal,
): Promise<string> {
  const { default: jsonld } = await import('jsonld');
  let missing: string | undefined;
  try {
    return await jsonld.canonize(plain(document) as object, {
      algorithm: 'RDFC-1.0',
      format: 'application/n-quads',
      safe: false,
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
      canonizeOptions: { maxWorkFactor: 2, createMessageDigest: digest, ...(signal ? { signal } : {}) },
    });
  } catch (error) {
    if (missing !== undefined) throw new MissingContext(missing);
    signal?.throwIfAborted();
    // The library's own errors are many; all say that the document is none that it can process.
    throw new FormatError(`JSON-LD: ${error instanceof Error ? error.message : String(error)}`, 0);
  }
}

/** SHA-256 of the quads, in hex: the target hash. */
export function quadsHash(quads: string): string {
  return toHex(sha256(utf8(quads)));
}

/** The digest of the blank nodes: the library's own needs WebCrypto and is a promise for each. */
function digest() {
  const hash = sha256.create();
  return { update: (text: string) => void hash.update(utf8(text)), digest: () => toHex(hash.digest()) };
}

/** Ordinary objects, as the library expects: ours have no prototype. */
function plain(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, plain(entry)]));
}
