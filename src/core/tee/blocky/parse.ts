import { fromBase64 } from '../../bytes/base64.ts';
import { decodeUtf8 } from '../../bytes/bytes.ts';
import { parseJson, type JsonObject, type JsonValue } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { maximumDocumentLength } from '../nitro/parse.ts';
import type { BlockyCall, BlockyOutput, KeyClaims } from './output.ts';

/** No longer file is read; outputs of a function are a few kilobytes. */
export const maximumOutputLength = 16 * 1024 * 1024;
/** Real bundles have two documents: one chunk and its hash. */
export const maximumDocuments = 64;
const maximumCalls = 64;

const limits = { maximumLength: maximumOutputLength, maximumDepth: 16 };

/**
 * Reads what `bky-as attest-fn-call` prints, in its present form or the old one. Members that are not described are let be, and named: nothing is
 * read from them. @throws FormatError naming the member; the offset is that in the text where the JSON itself is at fault, else 0
 */
export function parseBlockyOutput(text: string): BlockyOutput {
  const reader = new MemberReader();
  const root = reader.object(parseJson(text, limits), 'the output');
  const key = reader.member(root, 'enclave_attested_application_public_key');
  const attestation = reader.value(key, 'enclave_attestation');
  return typeof attestation === 'string' ? readCurrent(reader, root, key, attestation) : readOld(reader, root, key);
}

function readCurrent(reader: MemberReader, root: Members, key: Members, attestation: string): BlockyOutput {
  const inner = `${key.path}.enclave_attestation`;
  const decoded = parseJson(decodeUtf8(reader.decode(attestation, inner)), limits);
  const bundle = reader.object(decoded, inner);
  const claims = reader.member(key, 'claims');
  const measurement = reader.member(claims, 'enclave_measurement');
  const call = reader.member(root, 'transitive_attested_function_call');
  const output: Omit<BlockyOutput, 'unknownMembers'> = {
    form: 'current',
    platform: reader.text(bundle, 'platform'),
    documents: readDocuments(reader, bundle, 'platform_attestations'),
    measurement: { platform: reader.text(measurement, 'platform'), code: reader.text(measurement, 'code') },
    publicKey: readKey(reader, claims),
    calls: [readCall(reader, call)],
  };
  return { ...output, unknownMembers: reader.unread([root, key, bundle, claims, measurement, call]) };
}

function readOld(reader: MemberReader, root: Members, key: Members): BlockyOutput {
  const bundle = reader.member(key, 'enclave_attestation');
  const calls = reader
    .list(root, 'function_calls', maximumCalls)
    .map((value, index) => reader.object(value, `function_calls[${index}]`));
  const output: Omit<BlockyOutput, 'unknownMembers'> = {
    form: 'old',
    platform: reader.text(bundle, 'Platform'),
    documents: readDocuments(reader, bundle, 'PlAttests'),
    measurement: undefined,
    publicKey: readKey(reader, key),
    calls: calls.map((call) => readCall(reader, call)),
  };
  return { ...output, unknownMembers: reader.unread([root, key, bundle, ...calls]) };
}

function readDocuments(reader: MemberReader, bundle: Members, name: string): readonly Uint8Array[] {
  return reader.list(bundle, name, maximumDocuments).map((value, index) => {
    const where = `${bundle.path}.${name}[${index}]`;
    if (typeof value !== 'string') throw fault(where, 'base64');
    if (value.length > maximumDocumentLength * 1.4) {
      throw fault(where, `a document of at most ${maximumDocumentLength} bytes`);
    }
    return reader.decode(value, where);
  });
}

function readKey(reader: MemberReader, from: Members): KeyClaims {
  const key = reader.member(from, 'public_key');
  const claims = { curve_type: reader.text(key, 'curve_type'), data: reader.text(key, 'data') };
  reader.note(key);
  return claims;
}

function readCall(reader: MemberReader, call: Members): BlockyCall {
  const attestation = reader.decode(reader.text(call, 'transitive_attestation'), `${call.path}.transitive_attestation`);
  const claims = reader.member(call, 'claims');
  const text = (name: string): string => reader.text(claims, name);
  const read = {
    attestation,
    claims: {
      hash_of_code: text('hash_of_code'),
      function: text('function'),
      hash_of_input: text('hash_of_input'),
      output: text('output'),
      hash_of_secrets: text('hash_of_secrets'),
    },
  };
  reader.note(claims);
  return read;
}

/** An object of the JSON with the way to it and the members that were looked at. */
interface Members {
  readonly path: string;
  readonly value: JsonObject;
  readonly seen: Set<string>;
}

class MemberReader {
  readonly #noted: Members[] = [];

  object(value: JsonValue | undefined, path: string): Members {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fault(path, 'an object');
    return { path, value, seen: new Set() };
  }

  value(from: Members, name: string): JsonValue | undefined {
    from.seen.add(name);
    return Object.hasOwn(from.value, name) ? from.value[name] : undefined;
  }

  member(from: Members, name: string): Members {
    return this.object(this.value(from, name), pathTo(from, name));
  }

  text(from: Members, name: string): string {
    const value = this.value(from, name);
    if (typeof value !== 'string') throw fault(pathTo(from, name), 'a text');
    return value;
  }

  list(from: Members, name: string, maximum: number): readonly JsonValue[] {
    const value = this.value(from, name);
    if (!Array.isArray(value) || value.length === 0 || value.length > maximum) {
      throw fault(pathTo(from, name), `a list of 1 to ${maximum}`);
    }
    return value;
  }

  decode(text: string, path: string): Uint8Array {
    try {
      return fromBase64(text);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      throw new FormatError(`${path}: ${error.message}`, 0);
    }
  }

  note(object: Members): void {
    this.#noted.push(object);
  }

  /** Names of what was in these objects, and in those noted, and was not looked at; cut short. */
  unread(objects: readonly Members[]): readonly string[] {
    return [...objects, ...this.#noted]
      .flatMap((object) =>
        Object.keys(object.value).flatMap((name) => (object.seen.has(name) ? [] : [pathTo(object, name)])),
      )
      .map((path) => path.slice(0, 128));
  }
}

function pathTo({ path }: Members, name: string): string {
  return path === 'the output' ? name : `${path}.${name}`;
}

function fault(path: string, expected: string): FormatError {
  return new FormatError(`Blocky output: expected ${expected} at ${path}, found something else.`, 0);
}
