import { ByteReader } from '../../bytes/byteReader.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { layoutOf } from './layout.ts';
import { hostRequest, reportLength, type FirmwareVersion, type SigningKey, type SnpReport } from './report.ts';

/** A report that breaks a rule of AMD 56860, or of what it is wrapped in. */
export class SnpFormError extends FormatError {
  /** The field whose rule is broken, `length`, `version`, `RESERVED`, or the wrapping. */
  readonly rule: string;
  /** Not broken but newer than what this reader knows: nothing can be said of it. */
  readonly unsupported: boolean;

  constructor(rule: string, message: string, offset: number, unsupported = false) {
    super(message, offset);
    this.rule = rule;
    this.unsupported = unsupported;
  }
}

/** Of the versions that this reader knows. Version 1 was never in a product; firmware ABI 1.59 has a later one with other TCB fields. */
const knownVersions = { first: 2, last: 5 } as const;

const signingKeys: Readonly<Record<number, SigningKey>> = { 0: 'VCEK', 1: 'VLEK', 7: 'none' };

/** Bits 0 to 25 of POLICY have a meaning (56860 §4.3, ABI 1.58); the others must be zero, but bit 17, which must be one. */
const policyBits = 26n;

/** Bytes of each half of a signature of P-384. */
const half = 48;

/**
 * Reads an attestation report of 1184 bytes, versions 2 to 5 (AMD 56860 §7.3 table "ATTESTATION_REPORT"): every reserved byte is zero, every
 * number has a meaning. Views on `bytes`.
 * @throws SnpFormError with the offset in `bytes` and the rule that is broken.
 */
export function parseReport(bytes: Uint8Array): SnpReport {
  if (bytes.length !== reportLength) {
    throw refused('length', `${reportLength} bytes`, `${bytes.length}`, Math.min(bytes.length, reportLength));
  }
  const reader = new ByteReader(bytes, 'SEV-SNP report', 'little');
  const version = reader.u32('VERSION');
  if (version < knownVersions.first || version > knownVersions.last) {
    const later = version > knownVersions.last;
    throw new SnpFormError(
      'version',
      `A report of version ${version} ${later ? 'is newer than what is known here' : 'was never specified for use'}: versions ${knownVersions.first} to ${knownVersions.last} are read.`,
      0,
      later,
    );
  }
  requireZeros(bytes, version);
  const guestSvn = reader.u32('GUEST_SVN');
  const policy = reader.u64('POLICY');
  if ((policy & (1n << 17n)) === 0n) throw refused('POLICY', 'bit 17 to be one', 'zero', 0x008);
  if (policy >> policyBits !== 0n)
    throw refused('POLICY', `nothing above bit ${policyBits - 1n}`, hexOf(policy), 0x008);
  const familyId = reader.run(16, 'FAMILY_ID');
  const imageId = reader.run(16, 'IMAGE_ID');
  const vmpl = reader.u32('VMPL');
  if (vmpl > 3 && vmpl !== hostRequest) throw refused('VMPL', '0 to 3, or ffffffff', hexOf(vmpl), 0x030);
  const algorithm = reader.u32('SIGNATURE_ALGO');
  if (algorithm !== 1) throw refused('SIGNATURE_ALGO', '1 (ECDSA P-384 with SHA-384)', `${algorithm}`, 0x034);
  const currentTcb = reader.run(8, 'CURRENT_TCB');
  const platformInfo = reader.u64('PLATFORM_INFO');
  const keyInfo = reader.u32('KEY_INFO');
  const signingKey = signingKeys[(keyInfo >>> 2) & 7];
  if (keyInfo >>> 5 !== 0) throw refused('KEY_INFO', 'nothing above bit 4', hexOf(keyInfo), 0x048);
  if (!signingKey) throw refused('KEY_INFO', 'SIGNING_KEY 0, 1 or 7', `${(keyInfo >>> 2) & 7}`, 0x048);
  reader.run(4, 'RESERVED');
  const reportData = reader.run(64, 'REPORT_DATA');
  const measurement = reader.run(48, 'MEASUREMENT');
  const hostData = reader.run(32, 'HOST_DATA');
  const idKeyDigest = reader.run(48, 'ID_KEY_DIGEST');
  const authorKeyDigest = reader.run(48, 'AUTHOR_KEY_DIGEST');
  const reportId = reader.run(32, 'REPORT_ID');
  const reportIdMa = reader.run(32, 'REPORT_ID_MA');
  const reportedTcb = reader.run(8, 'REPORTED_TCB');
  const [family, model, stepping] = [reader.u8('family'), reader.u8('model'), reader.u8('stepping')];
  reader.run(21, 'RESERVED');
  const chipId = reader.run(64, 'CHIP_ID');
  const committedTcb = reader.run(8, 'COMMITTED_TCB');
  const currentVersion = readVersion(reader);
  const committedVersion = readVersion(reader);
  const launchTcb = reader.run(8, 'LAUNCH_TCB');
  const mitigations = { launch: reader.u64('LAUNCH_MIT_VECTOR'), current: reader.u64('CURRENT_MIT_VECTOR') };
  return {
    bytes,
    version,
    guestSvn,
    policy,
    familyId,
    imageId,
    vmpl,
    currentTcb,
    platformInfo,
    authorKeyEnabled: (keyInfo & 1) !== 0,
    maskChipKey: (keyInfo & 2) !== 0,
    signingKey,
    reportData,
    measurement,
    hostData,
    idKeyDigest,
    authorKeyDigest,
    reportId,
    reportIdMa,
    reportedTcb,
    ...(version >= 3 && { cpu: { family, model, stepping } }),
    chipId,
    committedTcb,
    currentVersion,
    committedVersion,
    launchTcb,
    ...(version >= 5 && { mitigations }),
    signature: readSignature(bytes),
  };
}

function requireZeros(bytes: Uint8Array, version: number): void {
  for (const { name, offset, length, reserved } of layoutOf(version)) {
    if (!reserved) continue;
    const found = bytes.subarray(offset, offset + length).findIndex((byte) => byte !== 0);
    if (found >= 0) throw refused(name, 'zeros in what is reserved', hexOf(bytes[offset + found] ?? 0), offset + found);
  }
}

function readVersion(reader: ByteReader): FirmwareVersion {
  const [build, minor, major] = [reader.u8('build'), reader.u8('minor'), reader.u8('major')];
  reader.u8('RESERVED');
  return { major, minor, build };
}

/** r and s, little-endian in 72 bytes each: numbers of 48 bytes, so the 24 above are zero. */
function readSignature(bytes: Uint8Array): Uint8Array {
  const signature = new Uint8Array(2 * half);
  for (const [index, name] of ['SIGNATURE_R', 'SIGNATURE_S'].entries()) {
    const offset = 0x2a0 + 72 * index;
    const above = bytes.subarray(offset + half, offset + 72).findIndex((byte) => byte !== 0);
    if (above >= 0) throw refused(name, `a number of ${half} bytes`, 'a longer one', offset + half + above);
    signature.set(bytes.slice(offset, offset + half).reverse(), half * index);
  }
  return signature;
}

function refused(rule: string, expected: string, found: string, offset: number): SnpFormError {
  return new SnpFormError(
    rule,
    `SEV-SNP report: expected ${expected} for ${rule} at byte ${offset}, found ${found}.`,
    offset,
  );
}

function hexOf(value: number | bigint): string {
  return `0x${value.toString(16)}`;
}
