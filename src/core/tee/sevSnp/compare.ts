import { equalBytes } from '../../bytes/bytes.ts';
import type { Endorsement } from './endorsement.ts';
import type { SnpReport } from './report.ts';
import { namedParts, readTcb } from './tcb.ts';

/** Whether a report names the chip that a VCEK certificate is for. Turin has an identifier of 8 bytes, the rest of the field is zero. */
export function isOfChip({ chipId }: SnpReport, { hwId }: Endorsement): boolean {
  if (!hwId) return false;
  return equalBytes(chipId.subarray(0, hwId.length), hwId) && chipId.subarray(hwId.length).every((byte) => byte === 0);
}

/** Whether a report hides its chip (MaskChipId): then nothing in it can be compared with a certificate. */
export function hidesChip({ chipId }: SnpReport): boolean {
  return chipId.every((byte) => byte === 0);
}

/** Names of the parts in which a TCB_VERSION differs from a certificate's, one that either of them lacks included; reserved bytes count too. */
export function differingParts(tcbBytes: Uint8Array, { parts, product }: Endorsement): readonly string[] {
  const tcb = readTcb(tcbBytes, product ?? 'Milan');
  const named = namedParts(tcb);
  const differing = named.filter(([name, value]) => parts[name] !== value).map(([name]) => name);
  const extra = Object.keys(parts).filter((name) =>
    name.startsWith('spl') ? parts[name] !== 0 : !named.some(([known]) => known === name),
  );
  return [...differing, ...extra, ...(tcb.reserved.some((byte) => byte !== 0) ? ['reserved bytes'] : [])];
}

export function agreesWith(tcbBytes: Uint8Array, endorsement: Endorsement): boolean {
  return endorsement.product !== undefined && differingParts(tcbBytes, endorsement).length === 0;
}
