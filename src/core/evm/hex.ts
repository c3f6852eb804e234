import { fromHex, toHex } from '../bytes/hex.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** Bytes as ledgers write them: `0x` and lower-case hex. */
export type Hex = `0x${string}`;

export function toHex0x(bytes: Uint8Array): Hex {
  return `0x${toHex(bytes)}`;
}

/** @throws FormatError unless it is `0x` and whole bytes in hex, in either case. */
export function fromHex0x(text: string): Uint8Array<ArrayBuffer> {
  if (!/^0x/i.test(text))
    throw new FormatError(`Expected hex that begins with 0x, found ${JSON.stringify(text.slice(0, 16))}.`, 0);
  return fromHex(text.slice(2).toLowerCase());
}

/**
 * A number as nodes write it (`0x1a`, no leading zeros, up to 2⁵³−1).
 * @throws FormatError
 */
export function fromQuantity(text: string): number {
  const value = /^0x(0|[1-9a-f][0-9a-f]*)$/i.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(value))
    throw new FormatError(
      `Expected a number in hex without leading zeros, found ${JSON.stringify(text.slice(0, 24))}.`,
      0,
    );
  return value;
}
