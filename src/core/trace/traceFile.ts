import { concatBytes, decodeUtf8, equalBytes, utf8 } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor, type CborValue } from '../bytes/cbor.ts';
import { canonicalJson, parseCanonicalJson } from '../bytes/jcs.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { sha3 } from '../bytes/hash.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { leafCount, metadataFromJson, metadataToJson, type TraceDomain, type TraceMetadata } from './metadata.ts';
import { pack, packedFromCbor, packedToCbor, type Packed } from './packed.ts';
import { recordLength } from './record.ts';
import { encodeSymbols, type Symbols } from './symbols.ts';
import { tileWidth } from './tileTree.ts';
import { canonicalSigned } from './traceSignature.ts';

export const traceVersion = 'affidavit/trace/1';

/** Bytes of records of 256 leaves at most. */
export const maximumBundle = 32 * 1024 * 1024;
const maximumSymbols = 64 * 1024 * 1024;
const maximumPolicy = 1024 * 1024;
const maximumTape = 64 * 1024 * 1024;
/** A key of a machine, an SPKI. */
const maximumKey = 256;

/** A machine's signature, with the key that made it. Whether the key is the machine's is for the reader's pins. */
export interface TraceSignature {
  /** SPKI, DER. */
  readonly key: Uint8Array;
  /** r ‖ s, 64 bytes, s in the lower half of the order. */
  readonly signature: Uint8Array;
}

/** A whole trace as a file: for whoever may see everything. */
export interface TraceFile {
  readonly metadata: TraceMetadata;
  readonly domain: TraceDomain;
  readonly signed?: TraceSignature | undefined;
  /** Canonical JSON. */
  readonly policy: string;
  readonly symbols: Packed;
  /** Host calls as they were answered; private, so optional. */
  readonly tape?: Uint8Array | undefined;
  /** Arguments, files and so on; private, so optional. */
  readonly inputs?: Uint8Array | undefined;
  readonly saltKey?: Uint8Array | undefined;
  /** Records of 256 leaves each, in order; fewer in the last. */
  readonly bundles: readonly Packed[];
}

export async function packSymbols(symbols: Symbols): Promise<Packed> {
  return pack(utf8(encodeSymbols(symbols)));
}

/**
 * `["affidavit/trace/1", metadata: tstr, [chainId: uint, contract: bstr20], [key, signature] / [], policy: tstr, symbols, tape / [], inputs / [],
 * saltKey / [], [* bundle], digest: bstr32]`; `digest` is H over the encoding of all before it as an array of their own.
 */
export function encodeTraceFile(file: TraceFile): Uint8Array<ArrayBuffer> {
  const { metadata, domain, signed, policy, symbols, tape, inputs, saltKey, bundles } = file;
  const optional = (bytes: Uint8Array | undefined): CborValue => (bytes ? [bytes] : []);
  const own = signed && canonicalSigned(signed);
  const members: CborValue[] = [
    traceVersion,
    canonicalJson(metadataToJson(metadata)),
    [domain.chainId, fromHex(domain.verifyingContract.slice(2))],
    own ? [own.key, own.signature] : [],
    policy,
    packedToCbor(symbols),
    optional(tape),
    optional(inputs),
    optional(saltKey),
    bundles.map(packedToCbor),
  ];
  const body = encodeCbor(members);
  // Ten members and eleven have heads of one byte, so the digest goes behind what is encoded already.
  return concatBytes(Uint8Array.of((body[0] as number) + 1), body.subarray(1), encodeCbor(sha3(body)));
}

/**
 * Reads the file and looks into nothing that is compressed.
 * @throws FormatError
 */
export function parseTraceFile(bytes: Uint8Array): TraceFile {
  const value = decodeCbor(bytes, { maximumDepth: 4, maximumItems: 2 ** 21, maximumLength: 96 * 1024 * 1024 });
  if (!Array.isArray(value) || value.length !== 11) throw fault('a list of eleven');
  const [version, metadataText, domain, signed, policy, symbols, tape, inputs, saltKey, bundles, digest] =
    value as readonly CborValue[];
  if (version !== traceVersion)
    throw fault(`"${traceVersion}" first; a newer version of Affidavit may know what was found`);
  if (typeof metadataText !== 'string' || typeof policy !== 'string') throw fault('metadata and policy as texts');
  if (policy.length > maximumPolicy) throw fault(`a policy of at most ${maximumPolicy} characters`);
  const metadata = metadataFromJson(parseCanonicalJson(metadataText, { maximumLength: 8192, maximumDepth: 2 }));
  const file: TraceFile = {
    metadata,
    domain: readDomain(domain),
    signed: readSigned(signed),
    policy,
    symbols: packedFromCbor(symbols, maximumSymbols, 'Trace, symbols'),
    tape: readOptional(tape, 'tape', maximumTape),
    inputs: readOptional(inputs, 'inputs', maximumTape),
    saltKey: readOptional(saltKey, 'salt key', 32),
    bundles: readBundles(bundles, metadata),
  };
  const body = concatBytes(Uint8Array.of((bytes[0] as number) - 1), bytes.subarray(1, bytes.length - 34));
  if (!(digest instanceof Uint8Array) || !equalBytes(digest, sha3(body))) {
    throw new FormatError(
      'Trace: the digest at the end is not that of what is before it: the file was damaged.',
      bytes.length - 32,
    );
  }
  return file;
}

function readBundles(value: CborValue | undefined, metadata: TraceMetadata): Packed[] {
  const expected = Math.ceil(leafCount(metadata) / tileWidth);
  if (!Array.isArray(value) || value.length !== expected)
    throw fault(`${expected} bundles for ${metadata.count} events`);
  const bundles = value.map((item, index) => packedFromCbor(item, maximumBundle, `Trace, bundle ${index}`));
  const records = bundles.reduce((sum, { length }) => sum + length, 0) / recordLength;
  if (records !== metadata.records)
    throw fault(`${metadata.records} records in all, as the metadata says (${records} are stated)`);
  return bundles;
}

function readDomain(value: CborValue | undefined): TraceDomain {
  const [chainId, contract, ...rest] = Array.isArray(value) ? (value as readonly CborValue[]) : [];
  if (typeof chainId !== 'number' || !(contract instanceof Uint8Array) || contract.length !== 20 || rest.length > 0) {
    throw fault('a ledger and the address of a contract');
  }
  return { chainId, verifyingContract: `0x${toHex(contract)}` };
}

function readSigned(value: CborValue | undefined): TraceSignature | undefined {
  if (Array.isArray(value) && value.length === 0) return undefined;
  const [key, signature, ...rest] = Array.isArray(value) ? (value as readonly CborValue[]) : [];
  if (
    !(key instanceof Uint8Array) ||
    key.length > maximumKey ||
    !(signature instanceof Uint8Array) ||
    rest.length > 0
  ) {
    throw fault('a key and a signature');
  }
  return { key, signature };
}

function readOptional(value: CborValue | undefined, what: string, maximum: number): Uint8Array | undefined {
  if (Array.isArray(value) && value.length === 0) return undefined;
  const [bytes, ...rest] = Array.isArray(value) ? (value as readonly CborValue[]) : [];
  if (!(bytes instanceof Uint8Array) || bytes.length > maximum || rest.length > 0)
    throw fault(`${what}: at most ${maximum} bytes, or nothing`);
  return bytes;
}

function fault(expected: string): FormatError {
  return new FormatError(`Trace: expected ${expected}.`, 0);
}

/** Whether bytes open like a trace file of any version. */
export function looksLikeTrace(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 64);
  if (((head[0] ?? 0) & 0xe0) !== 0x80) return false;
  try {
    return decodeUtf8(head.subarray(2, 18)) === 'affidavit/trace/';
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}
