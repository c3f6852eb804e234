import { keccak256 } from '../bytes/hash.ts';
import { utf8 } from '../bytes/bytes.ts';
import { canonicalJson, parseCanonicalJson } from '../bytes/jcs.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { readMembers } from '../certificate/envelope.ts';
import { inclusionProof } from '../merkle/inclusion.ts';
import { leafHash } from '../merkle/hashes.ts';
import { rootOf } from '../merkle/rootOf.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { countedRoot } from './countedRoot.ts';
import { isValueType, type ValueType } from './value.ts';

/** A function of the original module, imported ones too. */
export interface FunctionSymbol {
  /** In the index space of the original module; also its place in `Symbols.functions`. */
  readonly index: number;
  /** From the name section, else the first export, else the import (`module.name`), else `func[17]`. Unique only by accident. */
  readonly name: string;
  readonly exports: readonly string[];
  /** `module.name` of an imported function, else null. */
  readonly imported: string | null;
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** A place in the code that events are written from. */
export interface SiteSymbol {
  /** Number in records; also its place in `Symbols.sites`. */
  readonly site: number;
  /** Index of the function it is in. */
  readonly function: number;
  /** Number of the instruction within the function's body, in the order of the original code; or its byte offset: the instrumenter's version says which. */
  readonly offset: number;
  /** As the text format writes it: `i32.load8_u`, `local.tee`, `br_if`. */
  readonly operation: string;
  /** Of the value that the event carries; null where it carries none. */
  readonly type: ValueType | null;
  /** Index of the memory, table, local or global that it is about; 0 for none. */
  readonly object: number;
}

export interface Symbols {
  readonly functions: readonly FunctionSymbol[];
  readonly sites: readonly SiteSymbol[];
}

/** More entries than records can name are refused. */
const maximumEntries = 0x1000000;
/** Names come from a stranger's module: cut by whoever makes the symbols. UTF-16 units. */
export const maximumNameLength = 512;

/** One line for each entry, functions before sites: the leaves of the tree of symbols. */
export function symbolLines(symbols: Symbols): string[] {
  return [...symbols.functions.map(functionLine), ...symbols.sites.map(siteLine)];
}

/** `symbols` of the metadata: Keccak-256 over 0x02, the number of lines and the RFC 6962 root over them. */
export function symbolsRoot(symbols: Symbols): Uint8Array {
  const leaves = symbolLeaves(symbols);
  return countedRoot(leaves.length, rootOf(leaves, keccak256));
}

/** That one function or site is what the signed metadata says it is. */
export interface SymbolProof {
  /** The canonical line. */
  readonly line: string;
  readonly index: number;
  readonly count: number;
  readonly path: readonly Uint8Array[];
}

/** Proofs for several entries, by their numbers among all lines (a site comes behind all functions). */
export function proveSymbols(symbols: Symbols, indices: readonly number[]): SymbolProof[] {
  const leaves = symbolLeaves(symbols);
  const lines = symbolLines(symbols);
  return indices.map((index) => ({
    line: lines[index] as string,
    index,
    count: leaves.length,
    path: inclusionProof(leaves, index, keccak256),
  }));
}

function symbolLeaves(symbols: Symbols): Uint8Array[] {
  return symbolLines(symbols).map((line) => leafHash(utf8(line), keccak256));
}

function functionLine({ index, name, exports, imported, parameters, results }: FunctionSymbol): string {
  return canonicalJson({
    function: index,
    name,
    exports: [...exports],
    imported,
    parameters: [...parameters],
    results: [...results],
  });
}

function siteLine({ site, function: inside, offset, operation, type, object }: SiteSymbol): string {
  return canonicalJson({ site, function: inside, offset, operation, type, object });
}

/** Reads one line; `{"function":…,"name":…}` is a function, `{"site":…}` a site. @throws FormatError */
export function parseSymbolLine(line: string): FunctionSymbol | SiteSymbol {
  return readEntry(parseCanonicalJson(line, { maximumLength: 64 * 1024, maximumDepth: 3 }), 'The symbol');
}

export function isSite(symbol: FunctionSymbol | SiteSymbol): symbol is SiteSymbol {
  return 'site' in symbol;
}

/** All symbols as one canonical JSON text: `[line, line, …]`. */
export function encodeSymbols(symbols: Symbols): string {
  return `[${symbolLines(symbols).join(',')}]`;
}

/** Reads what `encodeSymbols` writes. @throws FormatError */
export function parseSymbols(text: string): Symbols {
  const list = parseCanonicalJson(text, {
    maximumLength: 64 * 1024 * 1024,
    maximumDepth: 4,
    maximumValues: 2 ** 23,
    maximumMembers: 16,
  });
  if (!Array.isArray(list) || list.length > maximumEntries) throw new FormatError('Symbols: a list was expected.', 0);
  const functions: FunctionSymbol[] = [];
  const sites: SiteSymbol[] = [];
  for (const [number, item] of list.entries()) {
    const what = `Symbol ${number}`;
    const entry = readEntry(item, what);
    if (isSite(entry)) {
      if (entry.site !== sites.length || entry.function >= functions.length) throw outOfOrder(what);
      sites.push(entry);
    } else {
      if (entry.index !== functions.length || sites.length > 0) throw outOfOrder(what);
      functions.push(entry);
    }
  }
  return { functions, sites };
}

function outOfOrder(what: string): FormatError {
  return new FormatError(`${what}: functions and then sites were expected, each numbered from 0.`, 0);
}

function readEntry(item: JsonValue, what: string): FunctionSymbol | SiteSymbol {
  if (typeof item === 'object' && item !== null && !Array.isArray(item) && 'site' in item) return readSite(item, what);
  const value = readMembers(what, item, ['exports', 'function', 'imported', 'name', 'parameters', 'results']);
  const { imported } = value;
  return {
    index: readNumber(value.function, `${what}, function`),
    name: readName(value.name, `${what}, name`),
    exports: readList(value.exports, `${what}, exports`, readName),
    imported: imported === null ? null : readName(imported, `${what}, imported`, 2 * maximumNameLength + 1),
    parameters: readList(value.parameters, `${what}, parameters`, readType),
    results: readList(value.results, `${what}, results`, readType),
  };
}

function readSite(item: JsonObject, what: string): SiteSymbol {
  const value = readMembers(what, item, ['function', 'object', 'offset', 'operation', 'site', 'type']);
  return {
    site: readNumber(value.site, `${what}, site`),
    function: readNumber(value.function, `${what}, function`),
    offset: readNumber(value.offset, `${what}, offset`, 0xffffffff),
    operation: readName(value.operation, `${what}, operation`, 64),
    type: value.type === null ? null : readType(value.type, `${what}, type`),
    object: readNumber(value.object, `${what}, object`, 0xffffffff),
  };
}

function readNumber(value: JsonValue, what: string, maximum = maximumEntries): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maximum) return value;
  throw new FormatError(`${what}: a number from 0 to ${maximum} was expected.`, 0);
}

function readName(value: JsonValue, what: string, maximum = 2 * maximumNameLength + 1): string {
  if (typeof value === 'string' && value.length <= maximum) return value;
  throw new FormatError(`${what}: a text of at most ${maximum} characters was expected.`, 0);
}

function readType(value: JsonValue, what: string): ValueType {
  if (isValueType(value)) return value;
  throw new FormatError(`${what}: a type of values was expected.`, 0);
}

function readList<T>(value: JsonValue, what: string, read: (value: JsonValue, what: string) => T): T[] {
  if (Array.isArray(value) && value.length <= 4096) return value.map((item) => read(item, what));
  throw new FormatError(`${what}: a list of at most 4096 was expected.`, 0);
}
