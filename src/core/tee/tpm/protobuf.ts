import { FormatError } from '../../verdict/auditorError.ts';

/** One field of a protobuf message: a number, or bytes where they stand. */
export interface ProtobufField {
  readonly number: number;
  readonly value: bigint | Uint8Array;
  /** Offset of the value's bytes in the whole object; of the tag where it is a number. */
  readonly offset: number;
}

const maximumFields = 65_536;

/**
 * The fields of one message, in order (protobuf encoding, wire types 0, 1, 2 and 5; groups are refused). `base` is the message's own offset in the
 * object, for errors and ranges.
 * @throws FormatError with the offset in the object.
 */
export function readMessage(bytes: Uint8Array, base = 0): ProtobufField[] {
  const fields: ProtobufField[] = [];
  let at = 0;
  const fault = (expected: string, found: string, offset: number): FormatError =>
    new FormatError(`Protobuf: expected ${expected} at byte ${base + offset}, found ${found}.`, base + offset);
  const take = (length: number): number => {
    if (length > bytes.length - at) throw fault(`${length} bytes`, `only ${bytes.length - at}`, at);
    at += length;
    return at - length;
  };
  const varint = (): bigint => {
    const start = at;
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[take(1)] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw fault('a number of at most ten bytes', 'a longer one', start);
  };
  while (at < bytes.length) {
    const start = at;
    const tag = varint();
    const number = Number(tag >> 3n);
    if (number === 0 || fields.length === maximumFields) throw fault('a field', 'none', start);
    switch (Number(tag & 7n)) {
      case 0:
        fields.push({ number, value: varint(), offset: base + start });
        break;
      case 1:
      case 5: {
        const length = Number(tag & 7n) === 1 ? 8 : 4;
        const offset = take(length);
        fields.push({ number, value: bytes.subarray(offset, offset + length), offset: base + offset });
        break;
      }
      case 2: {
        const length = varint();
        if (length > BigInt(bytes.length - at)) throw fault(`${length} bytes`, `only ${bytes.length - at}`, at);
        const offset = take(Number(length));
        fields.push({ number, value: bytes.subarray(offset, at), offset: base + offset });
        break;
      }
      default:
        throw fault('a number or bytes', `wire type ${tag & 7n}`, start);
    }
  }
  return fields;
}
