import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { isObject } from './credential.ts';

/** Whether a change of a field changes the hash. `untried`: the certificate has more fields than are tried out. */
export type Cover = 'covered' | 'uncovered' | 'untried';

/** A field of a certificate with what the hash makes of it; a branch is covered where all below it is. */
export interface CoveredField {
  readonly name: string;
  readonly cover: Cover | 'partly';
  /** For a leaf: what it says, cut short. */
  readonly value?: string;
  readonly children?: readonly CoveredField[];
}

export interface Coverage {
  readonly fields: readonly CoveredField[];
  /** Paths (`credentialSubject.issuingOrg.id`) of all leaves that are not covered. */
  readonly uncovered: readonly string[];
  /** Paths of those that were not tried: they count as not covered. */
  readonly untried: readonly string[];
  readonly covered: number;
}

/** How many leaves are tried, each by hashing the whole certificate again: fewer of a long one. */
const maximumTries = 1024;
const maximumHashed = 48 * 1024 * 1024;
const shownLength = 200;

type Path = readonly (string | number)[];

/**
 * Which fields the hash covers, found out by trying: each leaf is altered and the certificate is hashed again. It is no reading of contexts that could
 * be wrong: a field is called uncovered because an altered certificate was seen to have the same hash.
 * Branches whose leaves can all be altered at once without a change are not looked into.
 * @param hash gives what is hashed, or undefined for a document that cannot be processed (which is then not the same document either).
 */
export async function coverageOf(
  document: JsonObject,
  hash: (document: JsonObject) => Promise<string | undefined>,
): Promise<Coverage> {
  const right = await hash(document);
  const tries = Math.min(maximumTries, Math.max(16, Math.floor(maximumHashed / JSON.stringify(document).length)));
  const uncovered: string[] = [];
  const untried: string[] = [];
  const counts = { tries: 0, covered: 0 };

  async function unchanged(path: Path): Promise<boolean | undefined> {
    if (counts.tries >= tries) return undefined;
    counts.tries += 1;
    return (await hash(altered(document, path) as JsonObject)) === right;
  }

  async function visit(name: string, value: JsonValue, path: Path): Promise<CoveredField> {
    const entries = entriesOf(value);
    if (entries.length > 0) {
      if ((await unchanged(path)) === true) return markAll(name, value, path);
      const children: CoveredField[] = [];
      for (const [key, entry] of entries) children.push(await visit(String(key), entry, [...path, key]));
      return { name, cover: together(children), children };
    }
    const same = await unchanged(path);
    if (same === true) return markAll(name, value, path);
    if (same === undefined) untried.push(path.join('.'));
    else counts.covered += 1;
    return { name, cover: same === false ? 'covered' : 'untried', value: shown(value) };
  }

  function markAll(name: string, value: JsonValue, path: Path): CoveredField {
    const entries = entriesOf(value);
    if (entries.length === 0) {
      uncovered.push(path.join('.'));
      return { name, cover: 'uncovered', value: shown(value) };
    }
    return {
      name,
      cover: 'uncovered',
      children: entries.map(([key, entry]) => markAll(String(key), entry, [...path, key])),
    };
  }

  const fields: CoveredField[] = [];
  for (const [name, value] of Object.entries(document)) {
    // Contexts are no claim: they say what the claims mean, and are judged by themselves.
    if (name !== '@context') fields.push(await visit(name, value, [name]));
  }
  return { fields, uncovered, untried, covered: counts.covered };
}

function entriesOf(value: JsonValue): readonly (readonly [string | number, JsonValue])[] {
  if (Array.isArray(value)) return value.map((entry, index) => [index, entry] as const);
  return isObject(value) ? Object.entries(value) : [];
}

function together(children: readonly CoveredField[]): CoveredField['cover'] {
  const [first] = children;
  return first && children.every(({ cover }) => cover === first.cover) ? first.cover : 'partly';
}

/** The document with every leaf below the path altered. */
function altered(value: JsonValue, [key, ...rest]: Path): JsonValue {
  if (key === undefined) return alteredLeaves(value);
  if (Array.isArray(value)) return value.map((entry, index) => (index === key ? altered(entry, rest) : entry));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, name === key ? altered(entry, rest) : entry]),
  );
}

/** Stays of the same kind, so that a changed hash is for the change and not for the form: an address stays an address. */
function alteredLeaves(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.length === 0 ? ['urn:affidavit:altered'] : value.map(alteredLeaves);
  if (isObject(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0) return { id: 'urn:affidavit:altered' };
    return Object.fromEntries(entries.map(([name, entry]) => [name, alteredLeaves(entry)]));
  }
  if (typeof value === 'string') return `${value}~`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return 'urn:affidavit:altered';
}

function shown(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
