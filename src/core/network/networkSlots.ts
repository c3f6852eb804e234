import { attestationNetworkSlots as slots } from '../../contracts/attestationNetwork.ts';
import { concatBytes } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import type { ProvenAccount } from '../evm/accountProof.ts';
import { fromHex0x, toHex0x, type Hex } from '../evm/hex.ts';
import { slotKey } from '../evm/knownContracts.ts';
import type { NodeStatus } from './networkState.ts';
import { wordOfNumber } from './words.ts';

/** What the contract keeps of a node, in its first slot and half of its second. */
export interface KeptNode {
  readonly account: Hex;
  readonly reputation: number;
  readonly answered: number;
  readonly status: NodeStatus | 'none';
  readonly key: Hex;
  readonly joined: number;
}

const statuses = ['none', 'active', 'left', 'slashed'] as const;

/** Keys of the two slots of a node, by its number (Solidity documentation, layout of mappings and structs). */
export function nodeSlots(index: number): readonly [Hex, Hex] {
  const first = BigInt(mappingSlot(wordOfNumber(index), slots.nodes));
  return [word(first), word(first + 1n)];
}

/** Key of the slot with the hash of a request's record. */
export function recordSlot(requestId: number): Hex {
  return mappingSlot(wordOfNumber(requestId), slots.records);
}

export const [epochSlot, trustSlot, lastRecordSlot] = [
  slotKey(slots.current),
  slotKey(slots.trustMask),
  slotKey(slots.lastRecord),
] as const;

/** A proven slot as a number; undefined where the account does not have its proof. */
export function slotValue(account: ProvenAccount | undefined, key: Hex): bigint | undefined {
  const found = account?.slots.find((slot) => slot.key === key);
  return found && (found.value.length === 0 ? 0n : BigInt(toHex0x(found.value)));
}

export function readNodeSlots(first: bigint, second: bigint): KeptNode {
  return {
    account: addressOf(first),
    reputation: part(first, 160n, 32n),
    answered: part(first, 192n, 32n),
    status: statuses[part(first, 224n, 8n)] ?? 'none',
    key: addressOf(second),
    joined: part(second, 160n, 64n),
  };
}

export function readEpochSlot(value: bigint): Readonly<Record<'number' | 'from' | 'trusted' | 'counted', number>> {
  return {
    number: part(value, 0n, 64n),
    from: part(value, 64n, 64n),
    trusted: part(value, 128n, 32n),
    counted: part(value, 160n, 32n),
  };
}

/** Numbers of the nodes whose bits are set. */
export function readMask(value: bigint): number[] {
  return Array.from({ length: 256 }, (_, index) => index).filter((index) => ((value >> BigInt(index)) & 1n) === 1n);
}

function mappingSlot(key: Uint8Array, slot: number): Hex {
  return toHex0x(keccak256(concatBytes(key, fromHex0x(slotKey(slot)))));
}

function word(value: bigint): Hex {
  return `0x${BigInt.asUintN(256, value).toString(16).padStart(64, '0')}`;
}

function addressOf(value: bigint): Hex {
  return `0x${BigInt.asUintN(160, value).toString(16).padStart(40, '0')}`;
}

function part(value: bigint, at: bigint, bits: bigint): number {
  return Number((value >> at) & ((1n << bits) - 1n));
}
