import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** A Bitcoin transaction: its name is the hash of its bytes, so that what it says needs no node. */
export interface BitcoinTransaction {
  /** As explorers write it: 64 hex digits, bytes reversed. */
  readonly id: string;
  /** What its outputs record (`OP_RETURN` with one push). */
  readonly data: readonly Uint8Array[];
}

const maximumLength = 400_000;
const opReturn = 0x6a;

/** Reads a whole transaction, with or without witnesses (BIP 144). @throws FormatError with the offset */
export function parseBitcoinTransaction(bytes: Uint8Array): BitcoinTransaction {
  if (bytes.length > maximumLength) throw fault(maximumLength, `at most ${maximumLength} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  const take = (length: number): Uint8Array => {
    if (length > bytes.length - at) throw fault(at, `${length} bytes`);
    at += length;
    return bytes.subarray(at - length, at);
  };
  const count = (): number => {
    const [first = 0] = take(1);
    if (first < 0xfd) return first;
    const size = first === 0xfd ? 2 : first === 0xfe ? 4 : 8;
    const start = at;
    take(size);
    const value = size === 2 ? view.getUint16(start, true) : size === 4 ? view.getUint32(start, true) : Infinity;
    // Nothing that long is left in so short a transaction.
    if (value > bytes.length) throw fault(start, 'a count that fits');
    return value;
  };
  take(4);
  const hasWitnesses = bytes[4] === 0 && bytes[5] === 1;
  if (hasWitnesses) take(2);
  const start = at;
  const inputs = count();
  if (inputs === 0) throw fault(start, 'at least one input');
  for (let index = 0; index < inputs; index++) {
    take(36);
    take(count());
    take(4);
  }
  const data: Uint8Array[] = [];
  const outputs = count();
  for (let index = 0; index < outputs; index++) {
    take(8);
    const recorded = pushed(take(count()));
    if (recorded) data.push(recorded);
  }
  const end = at;
  if (hasWitnesses)
    for (let index = 0; index < inputs; index++) for (let left = count(); left > 0; left--) take(count());
  const lock = take(4);
  if (at !== bytes.length) throw fault(at, 'the end');
  const stripped = hasWitnesses ? concatBytes(bytes.subarray(0, 4), bytes.subarray(start, end), lock) : bytes;
  return { id: toHex(sha256(sha256(stripped)).reverse()), data };
}

function pushed(script: Uint8Array): Uint8Array | undefined {
  if (script[0] !== opReturn) return undefined;
  const length = script[1] ?? 0;
  if (length <= 75) return script.length === 2 + length ? script.subarray(2) : undefined;
  return length === 76 && script.length === 3 + (script[2] ?? 0) ? script.subarray(3) : undefined;
}

function fault(offset: number, expected: string): FormatError {
  return new FormatError(`Bitcoin transaction: expected ${expected} at byte ${offset}.`, offset);
}
