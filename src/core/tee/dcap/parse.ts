import { ByteReader } from '../../bytes/byteReader.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import {
  enclaveReport,
  headerVersion3,
  headerVersion4,
  lengthOf,
  tdReport10,
  tdReport15,
  type LayoutField,
} from './layouts.ts';
import {
  certificationTypes,
  type CertificationData,
  type Part,
  type Quote,
  type Range,
  type TeeName,
} from './quote.ts';

/** No longer quote is read: real ones have 4 to 8 KiB, with a platform manifest some tens. */
export const maximumQuoteLength = 256 * 1024;

/** Bytes that are no DCAP quote, or one that cannot be read further. `rule` names the part. */
export class DcapFormError extends FormatError {
  readonly rule: string;

  constructor(rule: string, message: string, offset: number) {
    super(message, offset);
    this.rule = rule;
  }
}

const teeTypes: Readonly<Record<number, TeeName>> = { 0: 'SGX', 0x81: 'TDX' };

const bodies: Readonly<Record<number, { readonly tee: TeeName; readonly layout: readonly LayoutField[] }>> = {
  1: { tee: 'SGX', layout: enclaveReport },
  2: { tee: 'TDX', layout: tdReport10 },
  3: { tee: 'TDX', layout: tdReport15 },
};

/** ECDSA-256-with-P-256; type 3 (P-384) is reserved by Intel and used nowhere. */
const ecdsaP256 = 2;
const qeReportType = 6;

/**
 * Reads one quote of version 3 (SGX), 4 or 5 (both, the latter with a head before the body). Attacker-controlled: every length is compared with what is
 * there, and the parts inside a part must fill it exactly. What stands behind the whole quote is left to the caller.
 * Sources: Intel SGX ECDSA Quote Library API, appendix A; Intel TDX DCAP Quoting Library API, appendix A.3.
 * @throws DcapFormError with the offset.
 */
export function parseQuote(bytes: Uint8Array): Quote {
  let rule = 'header';
  try {
    return read(bytes, (name) => (rule = name));
  } catch (error) {
    if (error instanceof DcapFormError || !(error instanceof FormatError)) throw error;
    throw new DcapFormError(rule, error.message, error.offset);
  }
}

function read(bytes: Uint8Array, at: (rule: string) => void): Quote {
  if (bytes.length > maximumQuoteLength) {
    throw new FormatError(
      `A quote has at most ${maximumQuoteLength} bytes, here are ${bytes.length}.`,
      maximumQuoteLength,
    );
  }
  const file = new ByteReader(bytes, 'quote', 'little');
  const version = new ByteReader(bytes, 'quote', 'little').u16('the version');
  if (version !== 3 && version !== 4 && version !== 5) throw file.fault('version 3, 4 or 5', `${version}`);
  const header = readPart(file, version === 3 ? headerVersion3 : headerVersion4, 'the header');
  const keyType = header.number('attestationKeyType');
  if (keyType !== ecdsaP256) throw file.fault('attestation key type 2 (ECDSA on P-256)', `type ${keyType}`, 2);
  const teeType = header.number('teeType');
  const tee = teeTypes[teeType];
  if (!tee || (version === 3 && tee !== 'SGX')) {
    const expected = version === 3 ? 'TEE type 0 (SGX) in version 3' : 'TEE type 0 (SGX) or 0x81 (TDX)';
    throw file.fault(expected, `0x${teeType.toString(16)}`, 4);
  }

  at('body');
  const bodyStart = file.position;
  const layout = version === 5 ? readBodyHead(file, tee) : tee === 'SGX' ? enclaveReport : tdReport10;
  const bodyHead = version === 5 ? { offset: bodyStart, length: file.position - bodyStart } : undefined;
  const body = readPart(file, layout, 'the body');
  const signed = { offset: 0, length: file.position };

  at('signature data');
  const signatureSize = { offset: file.position, length: 4 };
  const data = file.part(file.u32('the size of the signature data'), 'the signature data');
  const signature = take(data, 64, 'the signature');
  const attestationKey = take(data, 64, 'the attestation key');

  at('certification data');
  const wrapperHead = version === 3 ? undefined : { offset: data.position, length: 6 };
  const inner = wrapperHead ? readWrapper(data) : data;
  const qeReport = readPart(inner, enclaveReport, 'the report of the quoting enclave');
  const qeSignature = take(inner, 64, 'the signature on the report of the quoting enclave');
  const qeAuthSize = { offset: inner.position, length: 2 };
  const qeAuth = take(inner, inner.u16('the size of the authentication data'), 'the authentication data');
  const certification = readCertification(inner);
  inner.finish('the signature data');
  return {
    bytes,
    version,
    tee,
    header,
    bodyHead,
    body,
    signed,
    signatureSize,
    signature,
    attestationKey,
    wrapperHead,
    qeReport,
    qeSignature,
    qeAuthSize,
    qeAuth,
    certification,
    padding: { offset: file.position, length: file.left },
  };
}

/** Type and size of the body of version 5, which must agree with each other and with the header. */
function readBodyHead(file: ByteReader, tee: TeeName): readonly LayoutField[] {
  const offset = file.position;
  const type = file.u16('the type of the body');
  const found = bodies[type];
  if (!found || found.tee !== tee) {
    const expected =
      tee === 'SGX' ? 'a body of type 1 (SGX enclave)' : 'a body of type 2 or 3 (trust domain of TDX 1.0 or 1.5)';
    throw file.fault(expected, `type ${type}`, offset);
  }
  const size = file.u32('the size of the body');
  const length = lengthOf(found.layout);
  if (size !== length) throw file.fault(`a body of ${length} bytes`, `${size}`, offset + 2);
  return found.layout;
}

function readWrapper(data: ByteReader): ByteReader {
  const offset = data.position;
  const type = data.u16('the type of the certification data');
  if (type !== qeReportType) {
    throw data.fault('certification data of type 6 (report of the quoting enclave)', describeType(type), offset);
  }
  const inner = data.part(data.u32('the size of the certification data'), 'the certification data');
  data.finish('the signature data');
  return inner;
}

function readCertification(inner: ByteReader): CertificationData {
  const head = { offset: inner.position, length: 6 };
  const type = inner.u16('the type of the certification data');
  if (type === qeReportType || !(type in certificationTypes)) {
    throw inner.fault('certification data of type 1 to 5 or 7', describeType(type), head.offset);
  }
  const data = take(inner, inner.u32('the size of the certification data'), 'the certification data');
  return { type, head, data, bytes: inner.bytes.subarray(data.offset, data.offset + data.length) };
}

function describeType(type: number): string {
  const name = certificationTypes[type];
  return name ? `type ${type} (${name})` : `type ${type}`;
}

function take(reader: ByteReader, length: number, what: string): Range {
  const offset = reader.position;
  reader.run(length, what);
  return { offset, length };
}

function readPart(reader: ByteReader, layout: readonly LayoutField[], what: string): Part {
  const range = take(reader, lengthOf(layout), what);
  const { bytes } = reader;
  const get = (name: string): Uint8Array => {
    let offset = range.offset;
    for (const entry of layout) {
      if (entry.name === name) return bytes.subarray(offset, offset + entry.length);
      offset += entry.length;
    }
    throw new Error(`no field ${name} in this layout`);
  };
  return { layout, range, get, number: (name) => littleEndian(get(name)) };
}

/** A whole number of at most 6 bytes, least significant byte first. */
export function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}
