/** Which key signed a report, by SIGNING_KEY: that of the chip, that loaded by the cloud's operator, or none. */
export type SigningKey = 'VCEK' | 'VLEK' | 'none';

/** Of the firmware of the secure processor. */
export interface FirmwareVersion {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
}

/** An attestation report as it was read (ATTESTATION_REPORT, AMD 56860 §7.3). Nothing in it is believed until its signature is verified. Bytes are views. */
export interface SnpReport {
  /** All 1184 bytes. */
  readonly bytes: Uint8Array;
  readonly version: number;
  readonly guestSvn: number;
  readonly policy: bigint;
  readonly familyId: Uint8Array;
  readonly imageId: Uint8Array;
  /** 0 to 3: the guest's level that asked; `hostRequest` where the host did. */
  readonly vmpl: number;
  readonly currentTcb: Uint8Array;
  readonly platformInfo: bigint;
  readonly authorKeyEnabled: boolean;
  readonly maskChipKey: boolean;
  readonly signingKey: SigningKey;
  readonly reportData: Uint8Array;
  readonly measurement: Uint8Array;
  readonly hostData: Uint8Array;
  readonly idKeyDigest: Uint8Array;
  readonly authorKeyDigest: Uint8Array;
  readonly reportId: Uint8Array;
  readonly reportIdMa: Uint8Array;
  readonly reportedTcb: Uint8Array;
  /** Version 3 and later. */
  readonly cpu?: { readonly family: number; readonly model: number; readonly stepping: number };
  readonly chipId: Uint8Array;
  readonly committedTcb: Uint8Array;
  readonly currentVersion: FirmwareVersion;
  readonly committedVersion: FirmwareVersion;
  readonly launchTcb: Uint8Array;
  /** Version 5: which mitigations the firmware had, bit by bit, when the guest was started and now. */
  readonly mitigations?: { readonly launch: bigint; readonly current: bigint };
  /** r ‖ s, 48 bytes each, big-endian, as everyone but AMD writes them. */
  readonly signature: Uint8Array;
}

/** VMPL of a report that the host asked for (SNP_HV_REPORT_REQ). */
export const hostRequest = 0xffffffff;

export const reportLength = 0x4a0;

/** The signature covers everything before this offset. */
export const signedLength = 0x2a0;
