import { FormatError } from '../../verdict/auditorError.ts';

const wordLength = 32;

/** Bytes in place: where in the encoding they begin. */
export interface AbiBytes {
  readonly bytes: Uint8Array;
  readonly offset: number;
}

/**
 * The elements of Solidity's `abi.encode(bytes[])` (Contract ABI Specification, "Formal Specification of the Encoding"), in the one form that encoders
 * write: every offset where the element before it ends, padding of zeros, nothing behind. General decoders follow any offset, so that one
 * encoding could be made to share, overlap or repeat bytes. @throws FormatError with the offset
 */
export function decodeBytesArray(bytes: Uint8Array, count: number): readonly AbiBytes[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const readWord = (offset: number, what: string): number => {
    if (bytes.length - offset < wordLength) throw fault(offset, what, 'the end');
    for (let at = offset; at < offset + 28; at++) if (bytes[at] !== 0) throw fault(offset, what, 'a larger number');
    return view.getUint32(offset + 28);
  };
  const expectWord = (offset: number, value: number, what: string): void => {
    const found = readWord(offset, what);
    if (found !== value) throw fault(offset, `${what}, ${value}`, String(found));
  };
  expectWord(0, wordLength, 'the offset of the list');
  expectWord(wordLength, count, 'the number of elements');
  const base = 2 * wordLength;
  const found: AbiBytes[] = [];
  let next = base + count * wordLength;
  for (let index = 0; index < count; index++) {
    expectWord(base + index * wordLength, next - base, `the offset of element ${index + 1}`);
    const length = readWord(next, `the length of element ${index + 1}`);
    const offset = next + wordLength;
    const padded = Math.ceil(length / wordLength) * wordLength;
    if (bytes.length - offset < padded) throw fault(next, `element ${index + 1} of ${length} bytes`, 'the end');
    for (let at = offset + length; at < offset + padded; at++) {
      if (bytes[at] !== 0) throw fault(at, 'padding of zeros', String(bytes[at]));
    }
    found.push({ bytes: bytes.subarray(offset, offset + length), offset });
    next = offset + padded;
  }
  if (next !== bytes.length) throw fault(next, 'the end', `${bytes.length - next} more bytes`);
  return found;
}

function fault(offset: number, expected: string, found: string): FormatError {
  return new FormatError(`ABI: expected ${expected} at byte ${offset}, found ${found}.`, offset);
}
