import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64Url } from '../../bytes/base64.ts';
import { utf8 } from '../../bytes/bytes.ts';
import type { JsonObject, JsonValue } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { canonicalNames, canonicalQuads } from '../canonicalQuads.ts';
import { isObject } from '../credential.ts';
import type { SuiteInput } from './suites.ts';

/** Statements of a document in the order that a selective proof counts them in, and which of them the issuer always discloses. */
export interface Statements {
  readonly all: readonly string[];
  /** Places in `all`. */
  readonly mandatory: readonly number[];
}

/** New names for blank nodes: from `c14n3` to what the suite writes. */
export type Rename = (names: readonly string[]) => ReadonlyMap<string, string>;

/** One term each: subject, predicate, object (a literal may hold anything), graph. */
const quad =
  /^(_:\S+|<[^>]*>) (<[^>]*>) (_:\S+|<[^>]*>|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?)(?: (_:\S+|<[^>]*>))? \.$/;

/** The canonical statements with the names that a derived proof says, sorted again: nothing else of them may be read. @throws FormatError */
export async function disclosedStatements(
  { document, source, signal }: SuiteInput,
  labels: ReadonlyMap<string, string>,
  mandatory: readonly number[],
): Promise<Statements> {
  const lines = linesOf(await canonicalQuads(document, source, signal, { safe: true }));
  const all = lines.map((line) => renamed(line, labels)).sort(byCode);
  if (mandatory.some((place) => place >= all.length)) throw fault('places of statements that are there');
  return { all, mandatory };
}

/** All statements of a document with the names that its issuer gave them, and those that the pointers select. @throws FormatError */
export async function issuedStatements(
  { document, source, signal }: SuiteInput,
  rename: Rename,
  pointers: readonly string[],
): Promise<Statements> {
  const canonical = await canonicalQuads(document, source, signal, { safe: true });
  // Every node gets a name of its own, so that a part of the document still says which node it speaks of.
  const named = skolemized(document);
  const whole = unnamed(await canonicalQuads(named, source, signal, { safe: true }));
  const found = await canonicalNames(whole, signal);
  if (found.quads !== canonical) throw fault('a document whose nodes are all objects of their own');
  const labels = rename([...new Set(canonical.match(/_:c14n\d+/g) ?? [])].map((name) => name.slice(2)));
  const own = new Map([...found.names].map(([from, to]) => [bare(from), labels.get(bare(to)) ?? '']));
  const all = linesOf(whole)
    .map((line) => renamed(line, own))
    .sort(byCode);
  const places = new Map(all.map((line, place) => [line, place]));
  if (pointers.length === 0) return { all, mandatory: [] };
  const part = unnamed(await canonicalQuads(select(named, pointers), source, signal, { safe: true }));
  const mandatory = linesOf(part).map((line) => {
    const place = places.get(renamed(line, own));
    if (place === undefined) throw fault('pointers that select statements of the document');
    return place;
  });
  return { all, mandatory: mandatory.sort((a, b) => a - b) };
}

/** Names that say nothing: HMAC-SHA-256 of the canonical name (VC-DI-ECDSA §3.5.4 createHmacIdLabelMapFunction). */
export function hmacNames(key: Uint8Array): Rename {
  return (names) => new Map(names.map((name) => [name, `u${toBase64Url(hmac(sha256, key, utf8(name)))}`]));
}

/** Names that say nothing about the order either: places among the HMACs (VC-DI-BBS §3.2.2 createShuffledIdLabelMapFunction). */
export function shuffledNames(key: Uint8Array): Rename {
  return (names) => {
    const hashed = [...hmacNames(key)(names)].sort(([, a], [, b]) => byCode(a, b));
    return new Map(hashed.map(([name], place) => [name, `b${place}`]));
  };
}

function renamed(line: string, labels: ReadonlyMap<string, string>): string {
  const terms = quad.exec(line.slice(0, -1));
  if (!terms) throw fault('canonical statements');
  const [, subject = '', predicate = '', object = '', graph] = terms;
  const name = (term: string): string => {
    if (!term.startsWith('_:')) return term;
    const label = labels.get(term.slice(2));
    if (label === undefined || label === '') throw fault('a name for every node');
    return `_:${label}`;
  };
  return `${[name(subject), predicate, name(object), ...(graph === undefined ? [] : [name(graph)])].join(' ')} .\n`;
}

const ownName = 'urn:bnid:';

function skolemized(document: JsonObject): JsonObject {
  let count = 0;
  const visit = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(visit);
    if (!isObject(value)) return value;
    const members = Object.entries(value).map(
      ([name, member]) => [name, name === '@context' ? member : visit(member)] as const,
    );
    const id = value['id'];
    if (typeof id === 'string' && !id.startsWith('_:')) return Object.fromEntries(members);
    if (id !== undefined) throw fault('no names of blank nodes in the document');
    count += 1;
    return { id: `${ownName}n${count}`, ...Object.fromEntries(members) };
  };
  return visit(document) as JsonObject;
}

function unnamed(quads: string): string {
  if (/_:/.test(quads.replace(/"(?:[^"\\]|\\.)*"/g, ''))) throw fault('no node without a name');
  return quads.replace(/<urn:bnid:(n\d+)>/g, '_:$1');
}

/** VC-DI-ECDSA §3.4.13 selectJsonLd: the parts that RFC 6901 pointers name, each with the identity and type of what they stand in. */
function select(document: JsonObject, pointers: readonly string[]): JsonObject {
  const selected: Record<string, JsonValue> = initial(document);
  selected['@context'] = document['@context'] as JsonValue;
  for (const pointer of pointers) {
    const paths = pointerParts(pointer);
    if (paths.length === 0) return document;
    copy(document, selected, paths);
  }
  return packed(selected) as JsonObject;
}

function copy(source: JsonObject, into: Record<string, JsonValue>, paths: readonly string[]): void {
  let from: JsonValue = source;
  let to: Record<string, JsonValue> | JsonValue[] = into;
  for (const [depth, path] of paths.entries()) {
    const value: JsonValue | undefined = memberOf(from, path);
    if (value === undefined) throw fault('pointers to what is there');
    const known = memberOf(to as JsonValue, path);
    const isLast = depth === paths.length - 1;
    const next: JsonValue = isLast
      ? isObject(value)
        ? { ...(isObject(known) ? known : {}), ...value }
        : value
      : (known ?? (Array.isArray(value) ? [] : isObject(value) ? initial(value) : value));
    (to as Record<string, JsonValue>)[path] = next;
    from = value;
    to = next as Record<string, JsonValue> | JsonValue[];
  }
}

function memberOf(value: JsonValue, path: string): JsonValue | undefined {
  if (Array.isArray(value)) return /^(0|[1-9]\d{0,5})$/.test(path) ? (value[Number(path)] as JsonValue) : undefined;
  return isObject(value) && Object.hasOwn(value, path) ? value[path] : undefined;
}

function initial(source: JsonObject): Record<string, JsonValue> {
  const { id, type } = source;
  return { ...(id === undefined ? {} : { id }), ...(type === undefined ? {} : { type }) };
}

/** Lists that were selected from in places have holes. */
function packed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.filter((each) => each !== undefined).map(packed);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, packed(each)]));
}

function pointerParts(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || pointer.length > 1024) throw fault('JSON pointers');
  const parts = pointer.slice(1).split('/');
  if (parts.length > 32) throw fault('JSON pointers of at most 32 parts');
  return parts.map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function linesOf(quads: string): string[] {
  return quads
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `${line}\n`);
}

function bare(name: string): string {
  return name.startsWith('_:') ? name.slice(2) : name;
}

/** By code points, as RDFC-1.0 sorts. */
function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function fault(expected: string): FormatError {
  return new FormatError(`Selective disclosure: expected ${expected}.`, 0);
}
