import { decodeCbor, encodeCbor, type CborValue } from '../../bytes/cbor.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { decodeCalls, encodeCalls } from './inputs.ts';
import type { ExportCall } from './types.ts';

/** One host call of a run: what was asked, and what the answer was. */
export interface TapeCall {
  /** Index of the imported function in the original module. */
  readonly function: number;
  /** 8 bytes for each, little endian. */
  readonly args: Uint8Array;
  /** H of the bytes of memory that the call handed over; empty where it handed over none. */
  readonly asked: Uint8Array;
  /** What it returned; 2³² where it did not, since the program left. */
  readonly answer: number;
  /** What the host wrote into the program's memory. */
  readonly writes: readonly (readonly [address: number, bytes: Uint8Array])[];
}

export interface Tape {
  /** Exports that the host called; empty for a command. */
  readonly calls: readonly ExportCall[];
  readonly hostCalls: readonly TapeCall[];
}

export const neverReturned = 2 ** 32;

const title = 'affidavit/tape/1';
const limits = { maximumDepth: 6, maximumItems: 2 ** 22, maximumLength: 256 * 1024 * 1024 };

/** The canonical bytes that are committed to. */
export function encodeTape({ calls, hostCalls }: Tape): Uint8Array<ArrayBuffer> {
  const written = hostCalls.map(({ function: index, args, asked, answer, writes }): CborValue => [
    index,
    args,
    asked,
    answer,
    writes,
  ]);
  return encodeCbor([title, encodeCalls(calls), written]);
}

/** Reads what `encodeTape` writes. @throws FormatError */
export function decodeTape(bytes: Uint8Array): Tape {
  const [name, calls, hostCalls, ...more] = list(decodeCbor(bytes, limits));
  if (name !== title || more.length > 0) throw wrong(title);
  return { calls: decodeCalls(calls), hostCalls: list(hostCalls).map(readCall) };
}

function readCall(value: CborValue): TapeCall {
  const [index, args, asked, answer, writes, ...more] = list(value);
  if (typeof index !== 'number' || more.length > 0) throw wrong('a function first, five things in all');
  if (!(args instanceof Uint8Array) || args.length % 8 !== 0) throw wrong('arguments of 8 bytes each');
  if (!(asked instanceof Uint8Array) || (asked.length !== 0 && asked.length !== 32)) throw wrong('a digest or nothing');
  if (typeof answer !== 'number' || answer > neverReturned) throw wrong('an answer of 32 bits');
  return { function: index, args, asked, answer, writes: list(writes).map(readWrite) };
}

function readWrite(value: CborValue): readonly [number, Uint8Array] {
  const [address, bytes] = list(value);
  if (typeof address !== 'number' || address > 2 ** 32 || !(bytes instanceof Uint8Array)) {
    throw wrong('an address and bytes');
  }
  return [address, bytes];
}

function list(value: CborValue | undefined): readonly CborValue[] {
  if (Array.isArray(value)) return value as readonly CborValue[];
  throw wrong('a list');
}

function wrong(expected: string): FormatError {
  return new FormatError(`The tape: ${expected} was expected.`, 0);
}
