import { FormatError } from '../verdict/auditorError.ts';

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const values = new Map([...alphabet].map((character, index) => [character, index]));

/** Decoding takes time with the square of the length. */
const maximumLength = 16_384;

/** Base58 in Bitcoin's alphabet (draft-msporny-base58). @throws FormatError with the offset of the first character that is none of it. */
export function fromBase58(text: string): Uint8Array<ArrayBuffer> {
  if (text.length > maximumLength) {
    throw new FormatError(`Base58: at most ${maximumLength} characters are read, found ${text.length}.`, maximumLength);
  }
  const bytes: number[] = [];
  for (const [offset, character] of [...text].entries()) {
    let carry = values.get(character);
    if (carry === undefined) {
      throw new FormatError(
        `Base58: expected its alphabet at offset ${offset}, found ${JSON.stringify(character)}.`,
        offset,
      );
    }
    for (let index = 0; index < bytes.length; index++) {
      carry += (bytes[index] as number) * 58;
      bytes[index] = carry & 0xff;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff);
  }
  let zeros = 0;
  while (text[zeros] === '1') zeros += 1;
  return Uint8Array.from([...bytes, ...Array<number>(zeros).fill(0)].reverse());
}

export function toBase58(bytes: Uint8Array): string {
  const digits: number[] = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let index = 0; index < digits.length; index++) {
      carry += (digits[index] as number) << 8;
      digits[index] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  const zeros = bytes.findIndex((byte) => byte !== 0);
  const leading = '1'.repeat(zeros < 0 ? bytes.length : zeros);
  return (
    leading +
    digits
      .reverse()
      .map((digit) => alphabet[digit])
      .join('')
  );
}
