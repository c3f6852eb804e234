import { concatBytes } from '../bytes/bytes.ts';
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
    const key = `${ders.map((der) => der.length).join(',')}:${latin.decode(concatBytes(...ders))}`;
    const known = this.#paths.get(key);
    if (known) return { path: await known, fresh: false };
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
    return { path: await path, fresh: true };
  }
}
