import { traceAnchorSlots } from '../../../contracts/traceAnchor.ts';
import { concatBytes } from '../../bytes/bytes.ts';
import { keccak256 } from '../../bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../../evm/hex.ts';

/** What the contract keeps of an anchor, all of it in one slot of its storage. */
export interface KeptAnchor {
  /** Of the event that anchored it, from 1. */
  readonly number: number;
  readonly block: number;
  /** Of that block, seconds since 1970. */
  readonly time: number;
  /** Number of the machine's key that verified it, from 0. */
  readonly key: number;
}

/** Key of the slot of an anchor, by the struct hash of its metadata (Solidity documentation, layout of mappings). */
export function anchorSlot(id: Hex): Hex {
  return slotOf(fromHex0x(id), traceAnchorSlots.anchors);
}

/** Key of the slot with the length of the list of a program's anchors. */
export function anchorListSlot(code: Hex): Hex {
  return slotOf(fromHex0x(code), traceAnchorSlots.byCode);
}

/** @param value of the slot as its proof gives it, without leading zeros. Undefined where nothing is anchored. */
export function readAnchorSlot(value: Uint8Array): KeptAnchor | undefined {
  if (value.length === 0) return undefined;
  const word = BigInt(toHex0x(value));
  const part = (at: bigint, bits: bigint): number => Number((word >> at) & ((1n << bits) - 1n));
  return { number: part(0n, 64n), block: part(64n, 64n), time: part(128n, 64n), key: part(192n, 32n) };
}

function slotOf(key: Uint8Array, slot: number): Hex {
  const place = new Uint8Array(32);
  place[31] = slot;
  return toHex0x(keccak256(concatBytes(key, place)));
}
