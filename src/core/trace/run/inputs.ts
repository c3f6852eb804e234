import { decodeCbor, encodeCbor, type CborValue } from '../../bytes/cbor.ts';
import { sha3 } from '../../bytes/hash.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { valueFromJson } from '../value.ts';
import type { ExportCall, ProgramFile, ProgramInputs } from './types.ts';

const title = 'affidavit/inputs/1';
const maximumText = 1 << 20;
const limits = { maximumDepth: 5, maximumItems: 2 ** 18, maximumLength: 256 * 1024 * 1024 };

/** Inputs with nothing in them but what is given: no arguments, no files, a clock from zero in milliseconds, a seed of zeros. */
export function makeInputs(given: Partial<ProgramInputs> = {}): ProgramInputs {
  const inputs: ProgramInputs = {
    args: ['program'],
    env: [],
    files: [],
    stdin: new Uint8Array(),
    clock: { start: 0n, step: 1_000_000n },
    seed: new Uint8Array(32),
    calls: [],
    ...given,
  };
  return decodeInputs(encodeInputs({ ...inputs, files: sortFiles(inputs.files) }));
}

export function sortFiles(files: readonly ProgramFile[]): readonly ProgramFile[] {
  return [...files].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The canonical bytes that are committed to. */
export function encodeInputs({ args, env, files, stdin, clock, seed, calls }: ProgramInputs): Uint8Array<ArrayBuffer> {
  return encodeCbor([
    title,
    args,
    env,
    files.map(({ path, bytes }) => [path, bytes]),
    stdin,
    [clock.start.toString(), clock.step.toString()],
    seed,
    encodeCalls(calls),
  ]);
}

/** `inputs` of the metadata. */
export function inputsDigest(inputs: ProgramInputs): Uint8Array {
  return sha3(encodeInputs(inputs));
}

/** Reads what `encodeInputs` writes. @throws FormatError naming what is wrong */
export function decodeInputs(bytes: Uint8Array): ProgramInputs {
  const [name, args, env, files, stdin, clock, seed, calls, ...more] = list(decodeCbor(bytes, limits), 'the whole');
  if (name !== title || more.length > 0) throw wrong('the whole', title);
  const [start, step] = texts(clock, 'the clock');
  if (!(seed instanceof Uint8Array) || seed.length !== 32) throw wrong('the seed', '32 bytes');
  if (!(stdin instanceof Uint8Array)) throw wrong('standard input', 'bytes');
  return {
    args: cleanTexts(args, 'the arguments'),
    env: cleanTexts(env, 'the environment'),
    files: readFiles(files),
    stdin,
    clock: { start: nanoseconds(start), step: nanoseconds(step) },
    seed,
    calls: decodeCalls(calls),
  };
}

export function encodeCalls(calls: readonly ExportCall[]): CborValue {
  return calls.map((call) => [
    call.name,
    call.values.map((value) => (typeof value === 'number' ? `${value}/i32` : value)),
  ]);
}

export function decodeCalls(value: CborValue | undefined): readonly ExportCall[] {
  return list(value, 'the calls').map((item) => {
    const [exported, values] = list(item, 'a call');
    if (typeof exported !== 'string') throw wrong('a call', 'a name');
    const read = texts(values, 'values of a call').map((text) => {
      const parsed = /^-?[0-9]+\/i32$/.test(text) ? Number(text.slice(0, -4)) : text;
      valueFromJson(parsed);
      return parsed;
    });
    return { name: exported, values: read };
  });
}

function readFiles(value: CborValue | undefined): readonly ProgramFile[] {
  const files = list(value, 'the files').map((item): ProgramFile => {
    const [path, bytes] = list(item, 'a file');
    if (typeof path !== 'string' || !isPath(path)) throw wrong('a file', 'a path without empty parts, . and ..');
    if (!(bytes instanceof Uint8Array)) throw wrong(`the file ${path}`, 'bytes');
    if (path.endsWith('/') && bytes.length > 0) throw wrong(`the folder ${path}`, 'no bytes');
    return { path, bytes };
  });
  for (const [index, { path }] of files.entries()) {
    const next = files[index + 1]?.path;
    if (next !== undefined && !(path < next)) throw wrong('the files', 'sorted paths without doubles');
  }
  return files;
}

function isPath(path: string): boolean {
  const parts = (path.endsWith('/') ? path.slice(0, -1) : path).split('/');
  return (
    path.length <= 4096 && parts.every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\0'))
  );
}

function nanoseconds(text: string | undefined): bigint {
  if (text !== undefined && /^(0|[1-9][0-9]{0,18})$/.test(text)) return BigInt(text);
  throw wrong('the clock', 'nanoseconds as decimal digits');
}

function cleanTexts(value: CborValue | undefined, what: string): readonly string[] {
  const found = texts(value, what);
  if (found.some((text) => text.includes('\0'))) throw wrong(what, 'texts without the character zero');
  return found;
}

function texts(value: CborValue | undefined, what: string): readonly string[] {
  return list(value, what).map((text) => {
    if (typeof text === 'string' && text.length <= maximumText) return text;
    throw wrong(what, `texts of at most ${maximumText} characters`);
  });
}

function list(value: CborValue | undefined, what: string): readonly CborValue[] {
  if (Array.isArray(value)) return value as readonly CborValue[];
  throw wrong(what, 'a list');
}

function wrong(what: string, expected: string): FormatError {
  return new FormatError(`The inputs, ${what}: ${expected} was expected.`, 0);
}
