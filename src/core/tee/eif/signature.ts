import { decodeUtf8 } from '../../bytes/bytes.ts';
import { CborReader } from '../../bytes/cborReader.ts';
import { toHex } from '../../bytes/hex.ts';
import { parseCoseSign1, type CoseSign1 } from '../../cose/parse.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { parseCertificate } from '../../x509/parse.ts';
import { parsePem } from '../../x509/pem.ts';
import { maximumSignatureLength } from './image.ts';

/** The signature section of an image as it was read: nothing is verified. */
export interface EifSignature {
  readonly certificate: Certificate;
  readonly message: CoseSign1;
  /** Which register is signed, and its value in lower-case hex. */
  readonly register: number;
  readonly value: string;
}

/** More bytes of one value than any certificate or signature needs. */
const maximumValueLength = 64 * 1024;

/**
 * Reads `[{"signing_certificate": [PEM as numbers], "signature": [COSE_Sign1 as numbers]}]`, whose payload is
 * `{"register_index": int, "register_value": [48 numbers]}`: what serde writes for byte vectors, each byte a number of its own. One signature,
 * since AWS's reader looks at the first alone. @throws FormatError with the offset in the section
 */
export function parseEifSignature(section: Uint8Array): EifSignature {
  const reader = new CborReader(section, { maximumDepth: 4, maximumLength: maximumSignatureLength });
  const count = reader.readArrayHeader();
  if (count !== 1) throw new FormatError(`EIF signature: expected one signature, found ${count}.`, 0);
  const fields = readMap(reader, { signing_certificate: readNumbers, signature: readNumbers });
  reader.finish();
  const certificate = parseCertificate(firstPem(fields.signing_certificate));
  const message = parseCoseSign1(fields.signature, maximumValueLength);
  const payload = new CborReader(message.payload.bytes, { maximumDepth: 2 });
  const { register_index: register, register_value: value } = readMap(payload, {
    register_index: (from) => from.readInt(),
    register_value: readNumbers,
  });
  payload.finish();
  return { certificate, message, register, value: toHex(value) };
}

/** A map with exactly these keys, each once, in any order. */
function readMap<Fields extends Record<string, unknown>>(
  reader: CborReader,
  readers: { readonly [Name in keyof Fields]: (reader: CborReader) => Fields[Name] },
): Fields {
  const names = Object.keys(readers);
  const offset = reader.offset;
  const count = reader.readMapHeader();
  if (count !== names.length) {
    throw new FormatError(`EIF signature: expected ${names.length} fields at byte ${offset}, found ${count}.`, offset);
  }
  const values = new Map<string, unknown>();
  for (let index = 0; index < count; index++) {
    const at = reader.offset;
    const name = reader.readText();
    const read = Object.hasOwn(readers, name) && !values.has(name) ? readers[name] : undefined;
    if (!read) {
      throw new FormatError(
        `EIF signature: expected each of ${names.join(', ')} once at byte ${at}, found another.`,
        at,
      );
    }
    values.set(name, read(reader));
  }
  return Object.fromEntries(values) as Fields;
}

/** Bytes that are written as an array of numbers. */
function readNumbers(reader: CborReader): Uint8Array {
  const offset = reader.offset;
  const count = reader.readArrayHeader();
  if (count > maximumValueLength) {
    throw new FormatError(`EIF signature: expected at most ${maximumValueLength} bytes at byte ${offset}.`, offset);
  }
  const bytes = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const at = reader.offset;
    const value = reader.readUint();
    if (value > 255) throw new FormatError(`EIF signature: expected a byte at byte ${at}, found ${value}.`, at);
    bytes[index] = value;
  }
  return bytes;
}

/** The first certificate of a PEM file, as OpenSSL takes it: words before it and certificates behind it do not count. */
function firstPem(bytes: Uint8Array): Uint8Array {
  const text = decodeUtf8(bytes);
  const begin = text.indexOf('-----BEGIN CERTIFICATE-----');
  const mark = '-----END CERTIFICATE-----';
  const end = text.indexOf(mark, begin);
  if (begin < 0 || end < 0) throw new FormatError('EIF signature: expected a certificate in PEM, found none.', 0);
  return parsePem(text.slice(begin, end + mark.length));
}
