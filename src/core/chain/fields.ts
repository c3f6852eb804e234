import { FormatError } from '../verdict/auditorError.ts';
import type { CborValue } from '../bytes/cbor.ts';

/** Typed access to a decoded CBOR array of ours; every fault names the structure, the field and what was found there. */
export function readFields(what: string, value: CborValue, count: number): readonly CborValue[] {
  if (!Array.isArray(value)) throw new FormatError(`${what}: an array was expected, found ${describe(value)}.`, 0);
  if (value.length !== count) {
    throw new FormatError(`${what}: ${count} elements were expected, found ${value.length}.`, 0);
  }
  return value as readonly CborValue[];
}

export function readVersion(what: string, value: CborValue | undefined, version: number | string): void {
  if (value !== version) {
    throw new FormatError(
      `${what}: version ${JSON.stringify(version)} was expected, found ${describe(value)}. It may come from a newer writer.`,
      0,
    );
  }
}

/** A byte string, of exactly `length` bytes where that is given. */
export function readByteString(what: string, value: CborValue | undefined, length?: number): Uint8Array {
  if (!(value instanceof Uint8Array)) {
    throw new FormatError(`${what}: a byte string was expected, found ${describe(value)}.`, 0);
  }
  if (length !== undefined && value.length !== length) {
    throw new FormatError(`${what}: ${length} bytes were expected, found ${value.length}.`, 0);
  }
  return value;
}

export function readUint(what: string, value: CborValue | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new FormatError(`${what}: an unsigned integer was expected, found ${describe(value)}.`, 0);
  }
  return value;
}

export function readString(what: string, value: CborValue | undefined): string {
  if (typeof value !== 'string') {
    throw new FormatError(`${what}: a text string was expected, found ${describe(value)}.`, 0);
  }
  return value;
}

function describe(value: CborValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === 'string' ? `the text ${JSON.stringify(value.slice(0, 40))}` : `the number ${String(value)}`;
}
