import type { SnpReport } from './report.ts';

/** What a guest's policy demands and allows (GUEST_POLICY, AMD 56860 §4.3): chosen at the start, kept for the guest's whole life. */
export interface GuestPolicy {
  /** The least version of the firmware's ABI. */
  readonly abi: string;
  readonly smtAllowed: boolean;
  readonly migrationAgentAllowed: boolean;
  readonly debugAllowed: boolean;
  readonly singleSocketRequired: boolean;
  readonly cxlAllowed: boolean;
  readonly aes256XtsRequired: boolean;
  readonly raplDisabled: boolean;
  readonly ciphertextHidingRequired: boolean;
  readonly pageSwapDisabled: boolean;
}

/** How the platform is set up (PLATFORM_INFO, §7.3). */
export interface PlatformInfo {
  readonly smtEnabled: boolean;
  readonly tsmeEnabled: boolean;
  readonly eccEnabled: boolean;
  readonly raplDisabled: boolean;
  readonly ciphertextHidingEnabled: boolean;
  readonly aliasCheckComplete: boolean;
  /** Bit 6, Turin. */
  readonly iommuWriteSafe: boolean;
  readonly tioEnabled: boolean;
  /** Bits that nobody has described. */
  readonly unknownBits: bigint;
}

const bit = (bits: bigint, index: number): boolean => ((bits >> BigInt(index)) & 1n) === 1n;

export function readGuestPolicy({ policy }: SnpReport): GuestPolicy {
  return {
    abi: `${(policy >> 8n) & 0xffn}.${policy & 0xffn}`,
    smtAllowed: bit(policy, 16),
    migrationAgentAllowed: bit(policy, 18),
    debugAllowed: bit(policy, 19),
    singleSocketRequired: bit(policy, 20),
    cxlAllowed: bit(policy, 21),
    aes256XtsRequired: bit(policy, 22),
    raplDisabled: bit(policy, 23),
    ciphertextHidingRequired: bit(policy, 24),
    pageSwapDisabled: bit(policy, 25),
  };
}

export function readPlatformInfo({ platformInfo }: SnpReport): PlatformInfo {
  return {
    smtEnabled: bit(platformInfo, 0),
    tsmeEnabled: bit(platformInfo, 1),
    eccEnabled: bit(platformInfo, 2),
    raplDisabled: bit(platformInfo, 3),
    ciphertextHidingEnabled: bit(platformInfo, 4),
    aliasCheckComplete: bit(platformInfo, 5),
    iommuWriteSafe: bit(platformInfo, 6),
    tioEnabled: bit(platformInfo, 7),
    unknownBits: (platformInfo >> 8n) << 8n,
  };
}

/** Whether the host can read and change the guest: then its measurement counts for nothing. */
export function isDebug(report: SnpReport): boolean {
  return readGuestPolicy(report).debugAllowed;
}

/** Whether the guest has a migration agent, which can hand its whole state to another machine. Without one the field is all ones. */
export function hasMigrationAgent({ reportIdMa }: SnpReport): boolean {
  return !reportIdMa.every((byte) => byte === 0xff);
}

/** What the policy demands and the report says the platform does not do. The firmware starts no such guest, so a report like that contradicts itself. */
export function policyContradictions(report: SnpReport): readonly string[] {
  const policy = readGuestPolicy(report);
  const platform = readPlatformInfo(report);
  const { major, minor } = report.currentVersion;
  const least = Number(report.policy & 0xffffn);
  return [
    ...(major * 256 + minor < least
      ? [`It demands firmware ABI ${policy.abi}, the firmware has ${major}.${minor}.`]
      : []),
    ...(platform.smtEnabled && !policy.smtAllowed ? ['It forbids simultaneous multithreading, which is on.'] : []),
    ...(policy.raplDisabled && !platform.raplDisabled
      ? ['It demands that power metering (RAPL) is off, which is on.']
      : []),
    ...(policy.ciphertextHidingRequired && !platform.ciphertextHidingEnabled
      ? ['It demands ciphertext hiding, which is off.']
      : []),
    ...(hasMigrationAgent(report) && !policy.migrationAgentAllowed
      ? ['It forbids a migration agent, and the guest has one.']
      : []),
  ];
}
