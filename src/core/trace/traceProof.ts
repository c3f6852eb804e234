import { fromBase64Url, toBase64Url } from '../bytes/base64.ts';
import { fromHex, isHex, toHex } from '../bytes/hex.ts';
import { canonicalJson, parseCanonicalJson } from '../bytes/jcs.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { readMembers } from '../certificate/envelope.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { DisclosedField } from './fields.ts';
import type { FunctionProof } from './functionIndex.ts';
import { metadataFromJson, metadataToJson, type TraceDomain, type TraceMetadata } from './metadata.ts';
import type { SymbolProof } from './symbols.ts';
import type { TraceSignature } from './traceFile.ts';
import { canonicalSigned } from './traceSignature.ts';

export const traceProofVersion = 'trace-proof/1';

/** A leaf that is shown: all of its events, or some fields of its one event. */
export interface ShownLeaf {
  readonly index: number;
  readonly salt?: Uint8Array | undefined;
  /** Events in their JSON form; the leaf's bytes are made of them. */
  readonly events?: readonly JsonObject[] | undefined;
  readonly fields?:
    | { readonly count: number; readonly shown: readonly DisclosedField[]; readonly path: readonly Uint8Array[] }
    | undefined;
}

/** That this trace begins with all events of an earlier one. */
export interface PrefixProof {
  readonly root: string;
  /** Leaves of the earlier trace, each full. */
  readonly leaves: number;
  readonly path: readonly Uint8Array[];
}

/** What an event holder gives away: some events of a signed trace, and nothing of the others. */
export interface TraceProof {
  readonly metadata: TraceMetadata;
  readonly domain: TraceDomain;
  readonly signed?: TraceSignature | undefined;
  readonly leaves: readonly ShownLeaf[];
  /** Batch proof of the leaves, see `proof.ts`. */
  readonly nodes: readonly Uint8Array[];
  readonly symbols: readonly SymbolProof[];
  readonly functions: readonly FunctionProof[];
  readonly prefix?: PrefixProof | undefined;
  /** A proof without disclosure about the selection, judged by `zk/judgeZk.ts`. */
  readonly zk?: JsonValue | undefined;
}

const limits = { maximumLength: 32 * 1024 * 1024, maximumDepth: 10, maximumMembers: 64, maximumValues: 2 ** 20 };
const maximumLeaves = 65536;

/** The canonical JSON text. */
export function encodeTraceProof(proof: TraceProof): string {
  const { metadata, domain, signed, leaves, nodes, symbols, functions, prefix, zk } = proof;
  return canonicalJson({
    affidavit: traceProofVersion,
    metadata: metadataToJson(metadata),
    domain: { chainId: domain.chainId, verifyingContract: domain.verifyingContract },
    ...(signed ? { signed: signedToJson(canonicalSigned(signed)) } : {}),
    leaves: leaves.map(leafToJson),
    nodes: nodes.map(toHex),
    symbols: symbols.map(({ line, index, count, path }) => ({ line, index, count, path: path.map(toHex) })),
    functions: functions.map(({ function: index, isTraced, count, events, salt, functions: of, path }) => ({
      function: index,
      traced: isTraced,
      count,
      events: toHex(events),
      ...(salt ? { salt: toHex(salt) } : {}),
      functions: of,
      path: path.map(toHex),
    })),
    ...(prefix ? { prefix: { root: prefix.root, leaves: prefix.leaves, path: prefix.path.map(toHex) } } : {}),
    ...(zk === undefined ? {} : { zk }),
  });
}

function signedToJson({ key, signature }: TraceSignature): JsonObject {
  return { key: toBase64Url(key), signature: toHex(signature) };
}

function leafToJson({ index, salt, events, fields }: ShownLeaf): JsonObject {
  return {
    index,
    ...(salt ? { salt: toHex(salt) } : {}),
    ...(events ? { events: [...events] } : {}),
    ...(fields
      ? {
          fields: {
            count: fields.count,
            shown: fields.shown.map(({ field, bytes, salt: own }) => ({
              field,
              bytes: toHex(bytes),
              salt: toHex(own),
            })),
            path: fields.path.map(toHex),
          },
        }
      : {}),
  };
}

/** Reads the text, strictly. What it proves is for `checkProof`. @throws FormatError */
export function parseTraceProof(text: string): TraceProof {
  const names = [
    'affidavit',
    'domain',
    'functions',
    'leaves',
    'metadata',
    'nodes',
    'prefix',
    'signed',
    'symbols',
    'zk',
  ] as const;
  const value = readMembers('The proof', parseCanonicalJson(text, limits), names, ['prefix', 'signed', 'zk']);
  if (value.affidavit !== traceProofVersion) {
    throw wrong('affidavit', `"${traceProofVersion}"; a newer version of Affidavit may know what was found`);
  }
  return {
    metadata: metadataFromJson(value.metadata),
    domain: readDomain(value.domain),
    signed: value.signed === undefined ? undefined : readSigned(value.signed),
    leaves: list(value.leaves, 'leaves', maximumLeaves).map(readLeaf),
    nodes: hashes(value.nodes, 'nodes', 2 ** 20),
    symbols: list(value.symbols, 'symbols', maximumLeaves).map(readSymbol),
    functions: list(value.functions, 'functions', maximumLeaves).map(readFunction),
    prefix: value.prefix === undefined ? undefined : readPrefix(value.prefix),
    ...(value.zk === undefined ? {} : { zk: value.zk }),
  };
}

function readLeaf(item: JsonValue): ShownLeaf {
  const value = readMembers('A leaf', item, ['events', 'fields', 'index', 'salt'], ['events', 'fields', 'salt']);
  const isFields = value.fields !== undefined;
  if (isFields === (value.events !== undefined)) throw wrong('leaves', 'events or fields');
  return {
    index: readCount(value.index, 'leaves, index'),
    salt: value.salt === undefined ? undefined : readHex(value.salt, 'leaves, salt', 16),
    events: isFields ? undefined : list(value.events, 'leaves, events', 65536).map((event) => event as JsonObject),
    fields: isFields ? readFields(value.fields) : undefined,
  };
}

function readFields(item: JsonValue): NonNullable<ShownLeaf['fields']> {
  const value = readMembers('Fields', item, ['count', 'path', 'shown']);
  const shown = list(value.shown, 'fields, shown', 4096).map((field) => {
    const own = readMembers('A field', field, ['bytes', 'field', 'salt']);
    if (typeof own.bytes !== 'string' || own.bytes.length > 66 || !isHex(own.bytes))
      throw wrong('fields, bytes', 'at most 33 bytes of hex');
    return {
      field: readCount(own.field, 'fields, field'),
      bytes: fromHex(own.bytes),
      salt: readHex(own.salt, 'fields, salt', 16),
    };
  });
  return {
    count: readCount(value.count, 'fields, count', 4099),
    shown,
    path: hashes(value.path, 'fields, path', 4096),
  };
}

function readSymbol(item: JsonValue): SymbolProof {
  const value = readMembers('A symbol', item, ['count', 'index', 'line', 'path']);
  if (typeof value.line !== 'string' || value.line.length > 65536) throw wrong('symbols, line', 'a line');
  return {
    line: value.line,
    index: readCount(value.index, 'symbols, index'),
    count: readCount(value.count, 'symbols, count'),
    path: hashes(value.path, 'symbols, path', 64),
  };
}

function readFunction(item: JsonValue): FunctionProof {
  const names = ['count', 'events', 'function', 'functions', 'path', 'salt', 'traced'] as const;
  const value = readMembers('A function', item, names, ['salt']);
  if (typeof value.traced !== 'boolean') throw wrong('functions, traced', 'true or false');
  return {
    function: readCount(value.function, 'functions, function', 0xffffffff),
    isTraced: value.traced,
    count: readCount(value.count, 'functions, count'),
    events: readHex(value.events, 'functions, events', 32),
    salt: value.salt === undefined ? undefined : readHex(value.salt, 'functions, salt', 16),
    functions: readCount(value.functions, 'functions, functions', 0xffffffff),
    path: hashes(value.path, 'functions, path', 64),
  };
}

function readPrefix(item: JsonValue): PrefixProof {
  const value = readMembers('The prefix', item, ['leaves', 'path', 'root']);
  return {
    root: toHex(readHex(value.root, 'prefix, root', 32)),
    leaves: readCount(value.leaves, 'prefix, leaves'),
    path: hashes(value.path, 'prefix, path', 128),
  };
}

function readSigned(item: JsonValue): TraceSignature {
  const value = readMembers('The signature', item, ['key', 'signature']);
  if (typeof value.key !== 'string' || value.key.length > 344) throw wrong('signed, key', 'base64url of an SPKI');
  return { key: fromBase64Url(value.key), signature: readHex(value.signature, 'signed, signature', 64) };
}

function readDomain(item: JsonValue): TraceDomain {
  const value = readMembers('The domain', item, ['chainId', 'verifyingContract']);
  const { verifyingContract } = value;
  if (typeof verifyingContract !== 'string' || !/^0x[0-9a-f]{40}$/.test(verifyingContract)) {
    throw wrong('domain, verifyingContract', 'an address');
  }
  return {
    chainId: readCount(value.chainId, 'domain, chainId'),
    verifyingContract: verifyingContract as `0x${string}`,
  };
}

function list(value: JsonValue | undefined, what: string, maximum: number): JsonValue[] {
  if (Array.isArray(value) && value.length <= maximum) return value;
  throw wrong(what, `a list of at most ${maximum}`);
}

function hashes(value: JsonValue, what: string, maximum: number): Uint8Array[] {
  return list(value, what, maximum).map((hash) => readHex(hash, what, 32));
}

function readHex(value: JsonValue, what: string, length: number): Uint8Array {
  if (typeof value === 'string' && isHex(value, length)) return fromHex(value);
  throw wrong(what, `${2 * length} lower-case hex digits`);
}

function readCount(value: JsonValue, what: string, maximum = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= maximum) return value;
  throw wrong(what, `a whole number up to ${maximum}`);
}

function wrong(what: string, expected: string): FormatError {
  return new FormatError(`The proof, ${what}: ${expected} was expected.`, 0);
}
