import { decodeUtf8 } from '../../bytes/bytes.ts';
import { ByteReader } from '../../bytes/byteReader.ts';
import { parseJson, type JsonObject, type JsonValue } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { tpmHashes, type TpmHash } from './algorithms.ts';
import type { PublicKeyJwk } from './attestationKey.ts';
import type { Range } from './parseQuote.ts';

/** Which hardware made the report inside. */
export type HardwareReport = 'sev-snp' | 'tdx';

/**
 * What the paravisor of a confidential virtual machine at Azure keeps in its TPM (NV index 0x01400001): a hardware report, and the runtime data whose
 * digest that report carries, with the TPM's attestation key in it.
 */
export interface HclReport {
  readonly bytes: Uint8Array;
  readonly hardware: HardwareReport;
  /** The hardware's own report as it stands inside. */
  readonly report: Uint8Array;
  /** The digest that binds the runtime data to the report. */
  readonly hash: TpmHash;
  /** The JSON text whose digest is in the report's REPORT_DATA. */
  readonly runtimeData: Uint8Array;
  /** HCLAkPub. */
  readonly attestationKey: PublicKeyJwk;
  readonly ranges: Readonly<Record<'header' | 'report' | 'request' | 'runtimeData', Range>>;
}

const headerLength = 32;
const hardwareLength = 1184;
const requestLength = 20;
const maximumRuntimeData = 64 * 1024;
const hardwareTypes: Readonly<Record<number, HardwareReport>> = { 2: 'sev-snp', 4: 'tdx' };
/** The request names its digest by a number of its own. */
const hashTypes: Readonly<Record<number, string>> = { 1: 'sha256', 2: 'sha384', 3: 'sha512' };

export function isHclReport(bytes: Uint8Array): boolean {
  return bytes[0] === 0x48 && bytes[1] === 0x43 && bytes[2] === 0x4c && bytes[3] === 0x41;
}

/** @throws FormatError with the offset in `bytes`. Zero bytes behind the runtime data are let pass: the TPM's index is longer than its content. */
export function parseHclReport(bytes: Uint8Array): HclReport {
  const reader = new ByteReader(bytes, 'HCL report', 'little');
  if (!isHclReport(bytes)) throw reader.fault('"HCLA"', 'another beginning', 0);
  const header = reader.part(headerLength, 'the header');
  const report = reader.run(hardwareLength, 'the hardware report');
  const start = reader.position;
  reader.u32('the length of the request');
  reader.u32('the version of the request');
  const type = reader.u32('the type of hardware report');
  const hashType = reader.u32('the digest of the runtime data');
  const length = reader.u32('the length of the runtime data');
  const hardware = hardwareTypes[type];
  if (!hardware) throw reader.fault('SEV-SNP (2) or TDX (4)', `${type}`, start + 8);
  const hash = tpmHashes.find(({ name }) => name === hashTypes[hashType]);
  if (!hash) throw reader.fault('SHA-256 (1), SHA-384 (2) or SHA-512 (3)', `${hashType}`, start + 12);
  if (length > maximumRuntimeData) {
    throw reader.fault(`at most ${maximumRuntimeData} bytes of runtime data`, `${length}`, start + 16);
  }
  const runtimeStart = reader.position;
  const runtimeData = reader.run(length, 'the runtime data');
  const behind = reader.run(reader.left, 'the rest');
  const stray = behind.findIndex((byte) => byte !== 0);
  if (stray >= 0)
    throw reader.fault('nothing but zeros behind the runtime data', 'other bytes', runtimeStart + length + stray);
  return {
    bytes,
    hardware,
    report,
    hash,
    runtimeData,
    attestationKey: readAttestationKey(runtimeData, runtimeStart),
    ranges: {
      header: { offset: 0, length: header.end },
      report: { offset: headerLength, length: hardwareLength },
      request: { offset: start, length: requestLength },
      runtimeData: { offset: runtimeStart, length },
    },
  };
}

/** Exactly one RSA key named HCLAkPub: with two of them, two readers could take different ones. */
function readAttestationKey(runtimeData: Uint8Array, offset: number): PublicKeyJwk {
  const json = within(offset, () => parseJson(decodeUtf8(runtimeData)));
  const keys = isObject(json) && Array.isArray(json['keys']) ? json['keys'].filter(isObject) : [];
  const named = keys.filter((key) => key['kid'] === 'HCLAkPub');
  const [key] = named;
  if (
    named.length !== 1 ||
    !key ||
    key['kty'] !== 'RSA' ||
    typeof key['n'] !== 'string' ||
    typeof key['e'] !== 'string'
  ) {
    throw new FormatError(
      `HCL report: expected one RSA key "HCLAkPub" in the runtime data at byte ${offset}, found ${named.length === 1 ? 'another sort of key' : named.length}.`,
      offset,
    );
  }
  return { kty: 'RSA', n: key['n'], e: key['e'] };
}

function within<T>(offset: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(`HCL report: the runtime data at byte ${offset} cannot be read. ${error.message}`, offset);
  }
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
