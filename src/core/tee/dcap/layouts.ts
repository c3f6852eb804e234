import type { Code } from '../../verdict/check.ts';

/** How the bytes of a field are written for people: as they stand, or as a whole number of their width, least significant byte first. */
export type LayoutForm = 'hex' | 'number' | 'reserved';

export interface LayoutField {
  readonly name: string;
  readonly length: number;
  readonly form: LayoutForm;
  readonly hint: Code;
}

const field = (name: string, length: number, hint: Code, form: LayoutForm = 'hex'): LayoutField => ({
  name,
  length,
  form,
  hint,
});
const reserved = (name: string, length: number): LayoutField => field(name, length, 'DCAP_HINT_RESERVED', 'reserved');
const number = (name: string, length: number, hint: Code): LayoutField => field(name, length, hint, 'number');

const start: readonly LayoutField[] = [
  number('version', 2, 'DCAP_HINT_VERSION'),
  number('attestationKeyType', 2, 'DCAP_HINT_KEY_TYPE'),
  number('teeType', 4, 'DCAP_HINT_TEE_TYPE'),
];
const vendor: readonly LayoutField[] = [
  field('qeVendorId', 16, 'DCAP_HINT_VENDOR'),
  field('userData', 20, 'DCAP_HINT_USER_DATA'),
];

/** `sgx_quote_header_t` of version 3, 48 bytes (Intel SGX ECDSA Quote Library API, A.1). */
export const headerVersion3: readonly LayoutField[] = [
  ...start,
  number('qeSvn', 2, 'DCAP_HINT_QE_SVN'),
  number('pceSvn', 2, 'DCAP_HINT_PCE_SVN'),
  ...vendor,
];

/** `sgx_quote4_header_t`, also of version 5: where version 3 has two security versions, four reserved bytes (Intel TDX DCAP Quoting Library API, A.3.1). */
export const headerVersion4: readonly LayoutField[] = [...start, reserved('reserved', 4), ...vendor];

/** `sgx_report_body_t`, 384 bytes; the body of an SGX quote, and the report of the quoting enclave in every quote. */
export const enclaveReport: readonly LayoutField[] = [
  field('CPUSVN', 16, 'DCAP_HINT_CPUSVN'),
  field('MISCSELECT', 4, 'DCAP_HINT_MISCSELECT'),
  reserved('reserved1', 12),
  field('ISVEXTPRODID', 16, 'DCAP_HINT_ISV_EXT'),
  field('ATTRIBUTES', 16, 'DCAP_HINT_ATTRIBUTES'),
  field('MRENCLAVE', 32, 'DCAP_HINT_MRENCLAVE'),
  reserved('reserved2', 32),
  field('MRSIGNER', 32, 'DCAP_HINT_MRSIGNER'),
  reserved('reserved3', 32),
  field('CONFIGID', 64, 'DCAP_HINT_CONFIGID'),
  number('ISVPRODID', 2, 'DCAP_HINT_ISVPRODID'),
  number('ISVSVN', 2, 'DCAP_HINT_ISVSVN'),
  number('CONFIGSVN', 2, 'DCAP_HINT_CONFIGID'),
  reserved('reserved4', 42),
  field('ISVFAMILYID', 16, 'DCAP_HINT_ISV_EXT'),
  field('REPORTDATA', 64, 'DCAP_HINT_REPORTDATA'),
];

/** `sgx_report2_body_t`, 584 bytes: a trust domain of TDX 1.0. */
export const tdReport10: readonly LayoutField[] = [
  field('TEETCBSVN', 16, 'DCAP_HINT_TEETCBSVN'),
  field('MRSEAM', 48, 'DCAP_HINT_MRSEAM'),
  field('MRSIGNERSEAM', 48, 'DCAP_HINT_MRSIGNERSEAM'),
  field('SEAMATTRIBUTES', 8, 'DCAP_HINT_SEAMATTRIBUTES'),
  field('TDATTRIBUTES', 8, 'DCAP_HINT_TDATTRIBUTES'),
  field('XFAM', 8, 'DCAP_HINT_XFAM'),
  field('MRTD', 48, 'DCAP_HINT_MRTD'),
  field('MRCONFIGID', 48, 'DCAP_HINT_MRCONFIGID'),
  field('MROWNER', 48, 'DCAP_HINT_MROWNER'),
  field('MROWNERCONFIG', 48, 'DCAP_HINT_MROWNER'),
  field('RTMR0', 48, 'DCAP_HINT_RTMR'),
  field('RTMR1', 48, 'DCAP_HINT_RTMR'),
  field('RTMR2', 48, 'DCAP_HINT_RTMR'),
  field('RTMR3', 48, 'DCAP_HINT_RTMR'),
  field('REPORTDATA', 64, 'DCAP_HINT_REPORTDATA'),
];

/** `sgx_report2_body_v1_5_t`, 648 bytes: a trust domain of TDX 1.5. */
export const tdReport15: readonly LayoutField[] = [
  ...tdReport10,
  field('TEETCBSVN2', 16, 'DCAP_HINT_TEETCBSVN2'),
  field('MRSERVICETD', 48, 'DCAP_HINT_MRSERVICETD'),
];

export function lengthOf(layout: readonly LayoutField[]): number {
  return layout.reduce((sum, { length }) => sum + length, 0);
}
