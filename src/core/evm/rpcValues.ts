import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fromHex0x } from './hex.ts';

/** Members of nodes' answers, each refused by name where it has another form. */
export function textMember(object: JsonObject, member: string): string {
  const value = object[member];
  if (typeof value !== 'string') throw memberFault(member, 'text');
  return value;
}

export function sizedBytes(object: JsonObject, member: string, length: number): Uint8Array {
  const bytes = fromHex0x(textMember(object, member));
  if (bytes.length !== length) throw memberFault(member, `${length} bytes`);
  return bytes;
}

/** A whole number of at most 32 bytes as RLP has it: big-endian without leading zeros, zero is empty. Nodes write `0x0`, some leading zeros, some plain numbers. */
export function quantityBytes(value: JsonValue | undefined, member: string): Uint8Array {
  const text =
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? `0x${value.toString(16)}` : value;
  const digits = typeof text === 'string' ? /^0x0*([0-9a-f]{0,64})$/i.exec(text)?.[1] : undefined;
  if (digits === undefined) throw memberFault(member, 'a number of at most 32 bytes');
  return fromHex0x(`0x${digits.length % 2 ? '0' : ''}${digits}`);
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function memberFault(member: string, expected: string): FormatError {
  return new FormatError(`Answer of a node: expected ${expected} for "${member}".`, 0);
}
