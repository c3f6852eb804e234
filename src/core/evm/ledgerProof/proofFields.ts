import { fromBase64Url } from '../../bytes/base64.ts';
import type { JsonValue } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import type { Hex } from '../hex.ts';

/** Readers of the fields of a certificate about a ledger. Each throws FormatError with the name of the field and what was expected in it. */
export function hex(what: string, value: JsonValue | undefined, length: number): Hex {
  if (typeof value !== 'string' || !new RegExp(`^0x[0-9a-f]{${length * 2}}$`).test(value)) {
    throw fault(what, `0x and ${length * 2} lower-case hex digits`);
  }
  return value as Hex;
}

export function bytes(what: string, value: JsonValue | undefined): Uint8Array {
  if (typeof value !== 'string') throw fault(what, 'base64url text');
  try {
    return fromBase64Url(value);
  } catch (error) {
    if (error instanceof FormatError) throw fault(what, `canonical base64url (${error.message})`);
    throw error;
  }
}

export function integer(what: string, value: JsonValue | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw fault(what, 'a whole number');
  return value;
}

export function below(what: string, value: JsonValue | undefined, end: number): number {
  const number = integer(what, value);
  if (number >= end) throw fault(what, `a number below ${end}`);
  return number;
}

export function list<T>(
  what: string,
  value: JsonValue | undefined,
  most: number,
  read: (what: string, value: JsonValue) => T,
): T[] {
  if (!Array.isArray(value) || value.length > most) throw fault(what, `a list of at most ${most}`);
  return value.map((item, index) => read(`${what}[${index}]`, item));
}

export function fault(what: string, expected: string): FormatError {
  return new FormatError(`Field ${what}: ${expected} was expected.`, 0);
}
