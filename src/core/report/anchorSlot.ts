import { reportAnchorSlots } from '../../contracts/reportAnchor.ts';
import { concatBytes } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../evm/hex.ts';

/** What ReportAnchor.sol keeps of a report, all of it in one slot of its storage. */
export interface KeptReport {
  /** Of the event that anchored it, from 1. */
  readonly number: number;
  readonly block: number;
  /** Of that block, seconds since 1970. */
  readonly time: number;
}

/** Key of the slot of an auditor's report (Solidity documentation, layout of mappings). @param digest 32 bytes */
export function reportSlot(auditor: Hex, digest: Hex): Hex {
  const ofAuditor = slotOf(pad(fromHex0x(auditor)), word(reportAnchorSlots.anchors));
  return toHex0x(slotOf(fromHex0x(digest), ofAuditor));
}

/** @param value of the slot as its proof gives it, without leading zeros. Undefined where nothing is anchored. */
export function readReportSlot(value: Uint8Array): KeptReport | undefined {
  if (value.length === 0) return undefined;
  const all = BigInt(toHex0x(value));
  const part = (at: bigint): number => Number((all >> at) & 0xffff_ffff_ffff_ffffn);
  return { number: part(0n), block: part(64n), time: part(128n) };
}

function slotOf(key: Uint8Array, place: Uint8Array): Uint8Array {
  return keccak256(concatBytes(key, place));
}

function word(value: number): Uint8Array {
  const bytes = new Uint8Array(32);
  bytes[31] = value;
  return bytes;
}

function pad(bytes: Uint8Array): Uint8Array {
  return concatBytes(new Uint8Array(32 - bytes.length), bytes);
}
