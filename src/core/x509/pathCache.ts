import { concatBytes, equalBytes } from '../bytes/bytes.ts';
import { examinePath, type Path, type PathRules } from './path.ts';

/** windows-1252 gives every byte a character of its own, so equal text means equal bytes. */
const latin = new TextDecoder('windows-1252');

/**
 * Examines each distinct path once. A leaf of AWS Nitro serves for three hours, so the documents of a chain share few paths, and a path costs
 * far more than a document. The key is the certificates themselves, whole: two paths that differ in one byte never share a result.
 * What is kept does not depend on time; validity is judged by the caller for each document.
 */
export class PathCache {
  readonly #rules: PathRules;
  readonly #capacity: number;
  readonly #paths = new Map<string, Promise<Path>>();
  /** The one asked for last, with its own copies: neighbours in a chain have the same path, and comparing costs a fifth of a look-up. */
  #recent: { readonly ders: readonly Uint8Array[]; readonly path: Promise<Path> } | undefined;
  #examined = 0;

  constructor(rules: PathRules, capacity = 256) {
    this.#rules = rules;
    this.#capacity = capacity;
  }

  /** How many paths were examined so far, repeats not counted. */
  get examined(): number {
    return this.#examined;
  }

  /** The path, and whether it was examined just now (its signature verifications are then this caller's). */
  async examine(ders: readonly Uint8Array[]): Promise<{ path: Path; fresh: boolean }> {
    if (this.#recent && isSamePath(this.#recent.ders, ders)) return { path: await this.#recent.path, fresh: false };
    const key = `${ders.map((der) => der.length).join(',')}:${latin.decode(concatBytes(...ders))}`;
    // Copies: what is kept must neither change with the caller's buffer nor keep all of it alive.
    const own = ders.map((der) => der.slice());
    const known = this.#paths.get(key);
    const path = known ?? this.#examineNew(key, own);
    this.#recent = { ders: own, path };
    return { path: await path, fresh: known === undefined };
  }

  #examineNew(key: string, ders: readonly Uint8Array[]): Promise<Path> {
    this.#examined++;
    const path = examinePath(ders, this.#rules);
    this.#paths.set(key, path);
    if (this.#paths.size > this.#capacity) {
      // Maps keep insertion order: the oldest goes.
      for (const oldest of this.#paths.keys()) {
        this.#paths.delete(oldest);
        break;
      }
    }
    return path;
  }
}

function isSamePath(one: readonly Uint8Array[], other: readonly Uint8Array[]): boolean {
  return one.length === other.length && one.every((der, index) => equalBytes(der, other[index] as Uint8Array));
}
