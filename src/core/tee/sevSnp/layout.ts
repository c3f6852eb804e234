import type { Code } from '../../verdict/check.ts';

/** One field of a report: where it stands and in which versions. `reserved` must be zero. */
export interface LayoutField {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly reserved?: true;
  readonly hint?: Code;
}

type Row = readonly [name: string, offset: number, length: number, hint?: Code];

const reserved = (offset: number, length: number): LayoutField => ({
  name: 'RESERVED',
  offset,
  length,
  reserved: true,
});
const field = ([name, offset, length, hint]: Row): LayoutField => ({ name, offset, length, ...(hint && { hint }) });

const head: readonly LayoutField[] = [
  field(['VERSION', 0x000, 4, 'SNP_FIELD_VERSION']),
  field(['GUEST_SVN', 0x004, 4, 'SNP_FIELD_GUEST_SVN']),
  field(['POLICY', 0x008, 8, 'SNP_FIELD_POLICY']),
  field(['FAMILY_ID', 0x010, 16, 'SNP_FIELD_FAMILY_ID']),
  field(['IMAGE_ID', 0x020, 16, 'SNP_FIELD_IMAGE_ID']),
  field(['VMPL', 0x030, 4, 'SNP_FIELD_VMPL']),
  field(['SIGNATURE_ALGO', 0x034, 4, 'SNP_FIELD_SIGNATURE_ALGO']),
  field(['CURRENT_TCB', 0x038, 8, 'SNP_FIELD_CURRENT_TCB']),
  field(['PLATFORM_INFO', 0x040, 8, 'SNP_FIELD_PLATFORM_INFO']),
  field(['KEY_INFO', 0x048, 4, 'SNP_FIELD_KEY_INFO']),
  reserved(0x04c, 4),
  field(['REPORT_DATA', 0x050, 64, 'SNP_FIELD_REPORT_DATA']),
  field(['MEASUREMENT', 0x090, 48, 'SNP_FIELD_MEASUREMENT']),
  field(['HOST_DATA', 0x0c0, 32, 'SNP_FIELD_HOST_DATA']),
  field(['ID_KEY_DIGEST', 0x0e0, 48, 'SNP_FIELD_ID_KEY_DIGEST']),
  field(['AUTHOR_KEY_DIGEST', 0x110, 48, 'SNP_FIELD_AUTHOR_KEY_DIGEST']),
  field(['REPORT_ID', 0x140, 32, 'SNP_FIELD_REPORT_ID']),
  field(['REPORT_ID_MA', 0x160, 32, 'SNP_FIELD_REPORT_ID_MA']),
  field(['REPORTED_TCB', 0x180, 8, 'SNP_FIELD_REPORTED_TCB']),
];

const cpu: readonly LayoutField[] = [
  field(['CPUID_FAM_ID', 0x188, 1, 'SNP_FIELD_CPUID']),
  field(['CPUID_MOD_ID', 0x189, 1, 'SNP_FIELD_CPUID']),
  field(['CPUID_STEP', 0x18a, 1, 'SNP_FIELD_CPUID']),
  reserved(0x18b, 21),
];

const middle: readonly LayoutField[] = [
  field(['CHIP_ID', 0x1a0, 64, 'SNP_FIELD_CHIP_ID']),
  field(['COMMITTED_TCB', 0x1e0, 8, 'SNP_FIELD_COMMITTED_TCB']),
  field(['CURRENT_BUILD', 0x1e8, 1, 'SNP_FIELD_CURRENT_VERSION']),
  field(['CURRENT_MINOR', 0x1e9, 1, 'SNP_FIELD_CURRENT_VERSION']),
  field(['CURRENT_MAJOR', 0x1ea, 1, 'SNP_FIELD_CURRENT_VERSION']),
  reserved(0x1eb, 1),
  field(['COMMITTED_BUILD', 0x1ec, 1, 'SNP_FIELD_COMMITTED_VERSION']),
  field(['COMMITTED_MINOR', 0x1ed, 1, 'SNP_FIELD_COMMITTED_VERSION']),
  field(['COMMITTED_MAJOR', 0x1ee, 1, 'SNP_FIELD_COMMITTED_VERSION']),
  reserved(0x1ef, 1),
  field(['LAUNCH_TCB', 0x1f0, 8, 'SNP_FIELD_LAUNCH_TCB']),
];

const mitigations: readonly LayoutField[] = [
  field(['LAUNCH_MIT_VECTOR', 0x1f8, 8, 'SNP_FIELD_MITIGATIONS']),
  field(['CURRENT_MIT_VECTOR', 0x200, 8, 'SNP_FIELD_MITIGATIONS']),
  reserved(0x208, 152),
];

/** SIGNATURE, 512 bytes (AMD 56860, "Signature formats": ECDSA P-384): r and s little-endian in 72 bytes each. */
const signature: readonly LayoutField[] = [
  field(['SIGNATURE_R', 0x2a0, 72, 'SNP_FIELD_SIGNATURE']),
  field(['SIGNATURE_S', 0x2e8, 72, 'SNP_FIELD_SIGNATURE']),
  reserved(0x330, 368),
];

/** The fields of a report of this version (2 to 5) in order, without a gap: what is new in 3 is the processor, in 5 the mitigations; 4 looks like 3. */
export function layoutOf(version: number): readonly LayoutField[] {
  return [
    ...head,
    ...(version >= 3 ? cpu : [reserved(0x188, 24)]),
    ...middle,
    ...(version >= 5 ? mitigations : [reserved(0x1f8, 168)]),
    ...signature,
  ];
}
