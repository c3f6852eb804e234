import { toHex } from '../../bytes/hex.ts';
import type { Evidence } from '../../verdict/check.ts';
import { certificateFields } from '../../x509/certificateFields.ts';
import type { Field } from '../field.ts';
import type { CertificateTable } from './certificateTable.ts';
import { hasMigrationAgent, readGuestPolicy, readPlatformInfo } from './guestPolicy.ts';
import { layoutOf, type LayoutField } from './layout.ts';
import type { AmdProduct } from './product.ts';
import { hostRequest, reportLength, type SnpReport } from './report.ts';
import { readTcb, tcbText } from './tcb.ts';

/** Where an object's bytes are shown: its SHA3-256 and how people know it. */
export type Place = Pick<Evidence, 'digest'> & { readonly name?: string };

/** Every byte of a report as fields in order, and of the certificate table behind it where there is one. */
export function snpFields(
  report: SnpReport,
  product: AmdProduct | undefined,
  object: Uint8Array,
  table: CertificateTable | undefined,
  place: Place,
): readonly Field[] {
  const at = (offset: number, length: number): Evidence => ({ ...place, offset, length });
  const fields = layoutOf(report.version).map((layout): Field => {
    const value = valueOf(layout, report, product);
    const children = childrenOf(layout, report, at);
    return {
      name: layout.name,
      evidence: at(layout.offset, layout.length),
      ...(value !== undefined && { value }),
      hint: layout.hint ?? 'SNP_FIELD_RESERVED',
      ...(children.length > 0 && { children }),
    };
  });
  return table ? [...fields, tableField(object, table, place, at)] : fields;
}

type At = (offset: number, length: number) => Evidence;

const tcbNames = ['CURRENT_TCB', 'REPORTED_TCB', 'COMMITTED_TCB', 'LAUNCH_TCB'];

function valueOf(layout: LayoutField, report: SnpReport, product: AmdProduct | undefined): string | undefined {
  const { name, offset, length } = layout;
  const bytes = report.bytes.subarray(offset, offset + length);
  if (tcbNames.includes(name)) return product ? tcbText(readTcb(bytes, product)) : toHex(bytes);
  switch (name) {
    case 'RESERVED':
      return `${length} zero ${length === 1 ? 'byte' : 'bytes'}`;
    case 'POLICY':
      return `0x${report.policy.toString(16)}`;
    case 'PLATFORM_INFO':
      return `0x${report.platformInfo.toString(16)}`;
    case 'VMPL':
      return report.vmpl === hostRequest ? 'asked for by the host' : `${report.vmpl}`;
    case 'KEY_INFO':
      return `signed by ${report.signingKey === 'none' ? 'no key' : `the ${report.signingKey}`}`;
    case 'REPORT_ID_MA':
      return hasMigrationAgent(report) ? toHex(bytes) : 'no migration agent';
    case 'CPUID_FAM_ID':
      return product ? `${bytes[0]} (${product})` : `${bytes[0]}`;
    default:
      return length <= 4 ? `${number(bytes)}` : toHex(bytes);
  }
}

function number(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}

const yesNo = (value: boolean, yes: string, no: string): string => (value ? yes : no);

/** The bits of what is a set of bits, each with the byte that holds it. */
function childrenOf({ name, offset }: LayoutField, report: SnpReport, at: At): readonly Field[] {
  const bit = (index: number, label: string, value: string): Field => ({
    name: label,
    evidence: at(offset + (index >> 3), 1),
    value,
  });
  if (name === 'POLICY') {
    const policy = readGuestPolicy(report);
    return [
      { name: 'ABI_MINOR', evidence: at(offset, 1), value: policy.abi.split('.')[1] ?? '' },
      { name: 'ABI_MAJOR', evidence: at(offset + 1, 1), value: policy.abi.split('.')[0] ?? '' },
      bit(16, 'SMT', yesNo(policy.smtAllowed, 'allowed', 'forbidden')),
      bit(18, 'MIGRATE_MA', yesNo(policy.migrationAgentAllowed, 'a migration agent is allowed', 'no migration agent')),
      bit(19, 'DEBUG', yesNo(policy.debugAllowed, 'allowed: the host can read and change the guest', 'forbidden')),
      bit(20, 'SINGLE_SOCKET', yesNo(policy.singleSocketRequired, 'one socket only', 'any number of sockets')),
      bit(21, 'CXL_ALLOW', yesNo(policy.cxlAllowed, 'allowed', 'forbidden')),
      bit(22, 'MEM_AES_256_XTS', yesNo(policy.aes256XtsRequired, 'required', 'not required')),
      bit(23, 'RAPL_DIS', yesNo(policy.raplDisabled, 'power metering must be off', 'power metering may be on')),
      bit(24, 'CIPHERTEXT_HIDING', yesNo(policy.ciphertextHidingRequired, 'required', 'not required')),
      bit(25, 'PAGE_SWAP_DISABLE', yesNo(policy.pageSwapDisabled, 'pages stay where they are', 'pages may be moved')),
    ];
  }
  if (name === 'PLATFORM_INFO') {
    const info = readPlatformInfo(report);
    return [
      bit(0, 'SMT_EN', yesNo(info.smtEnabled, 'on', 'off')),
      bit(1, 'TSME_EN', yesNo(info.tsmeEnabled, 'on', 'off')),
      bit(2, 'ECC_EN', yesNo(info.eccEnabled, 'on', 'off')),
      bit(3, 'RAPL_DIS', yesNo(info.raplDisabled, 'power metering is off', 'power metering is on')),
      bit(4, 'CIPHERTEXT_HIDING_DRAM_EN', yesNo(info.ciphertextHidingEnabled, 'on', 'off')),
      bit(
        5,
        'ALIAS_CHECK_COMPLETE',
        yesNo(info.aliasCheckComplete, 'memory was checked for aliases', 'no check for aliases'),
      ),
      bit(6, 'IOMMU_WRITE_SAFE', yesNo(info.iommuWriteSafe, 'yes', 'no')),
      bit(7, 'TIO_EN', yesNo(info.tioEnabled, 'on', 'off')),
    ];
  }
  if (name === 'KEY_INFO') {
    return [
      bit(0, 'AUTHOR_KEY_EN', yesNo(report.authorKeyEnabled, 'an author key vouches for the ID key', 'no author key')),
      bit(1, 'MASK_CHIP_KEY', yesNo(report.maskChipKey, 'not signed', 'signed')),
      bit(2, 'SIGNING_KEY', report.signingKey),
    ];
  }
  return [];
}

function tableField(object: Uint8Array, table: CertificateTable, place: Place, at: At): Field {
  const children = table.entries.map(({ name, offset, length, certificate }): Field => {
    const inner = certificate ? certificateFields(certificate.der, { ...place, offset }) : [];
    return {
      name: `CERTIFICATE ${name}`,
      evidence: at(offset, length),
      ...(certificate && { value: certificate.subject.text }),
      ...(inner.length > 0 && { children: inner }),
    };
  });
  const heads: Field = { name: 'HEADS', evidence: at(reportLength, table.headEnd - reportLength) };
  return {
    name: 'CERTIFICATE_TABLE',
    evidence: at(reportLength, object.length - reportLength),
    hint: 'SNP_FIELD_TABLE',
    children: [heads, ...children],
  };
}
