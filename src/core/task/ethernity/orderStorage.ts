import { concatBytes, decodeUtf8 } from '../../bytes/bytes.ts';
import { keccak256 } from '../../bytes/hash.ts';
import type { ProvenAccount } from '../../evm/accountProof.ts';
import { fromHex0x, toHex0x, type Hex } from '../../evm/hex.ts';
import { FormatError } from '../../verdict/auditorError.ts';

/** Where the published source keeps orders (README): a list in slot 21, twelve slots each, mappings inside them. */
const ordersSlot = 21n;
const orderLength = 12n;
const field = {
  party: 0n,
  owner: 1n,
  processor: 2n,
  placedBy: 3n,
  dpRequest: 4n,
  doRequest: 5n,
  placedAt: 6n,
  result: 9n,
  status: 11n,
} as const;
type OrderField = keyof typeof field;

export const orderStatuses = ['open', 'processing', 'closed', 'cancelled'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** An order as the contract's storage has it. */
export interface StoredOrder {
  readonly owner: Hex;
  readonly party: Hex;
  /** Who is to write the result; null where none is named yet. */
  readonly processor: Hex | null;
  readonly placedBy: Hex;
  readonly doRequest: bigint;
  readonly dpRequest: bigint;
  /** Block time of the placing, seconds since 1970 (the field is called timeout). */
  readonly placedAt: number;
  readonly status: OrderStatus | undefined;
  /** Undefined where the slots that hold it were not proven. */
  readonly result: string | undefined;
}

/** Keys of the slots of an order, as `eth_getProof` takes them. A long result stands in further ones: `resultSlots`. */
export function orderSlots(order: bigint): Readonly<Record<OrderField, Hex>> {
  const base = BigInt(toHex0x(keccak256(word(ordersSlot)))) + order * orderLength;
  return Object.fromEntries(Object.entries(field).map(([name, offset]) => [name, key(base + offset)])) as Record<
    OrderField,
    Hex
  >;
}

/** A text on a ledger has no bound of its own; results have some hundred bytes. */
const maximumResult = 64 * 1024;

/** Keys of the slots that hold a long result, by what its own slot holds; none for a short one. @throws FormatError for a length that no result has */
export function resultSlots(order: bigint, resultSlot: Uint8Array): Hex[] {
  const length = lengthOf(resultSlot);
  if (length < 32) return [];
  const first = BigInt(toHex0x(keccak256(fromHex0x(orderSlots(order).result))));
  return Array.from({ length: Math.ceil(length / 32) }, (_, index) => key(first + BigInt(index)));
}

/** An order out of proven slots, or undefined where one of its fixed ones is not among them. @throws FormatError for a result that is no text */
export function readStoredOrder(order: bigint, slots: ProvenAccount['slots']): StoredOrder | undefined {
  const known = new Map(slots.map(({ key: name, value }) => [name, padded(value)]));
  const names = orderSlots(order);
  const values = Object.fromEntries(Object.entries(names).map(([name, slot]) => [name, known.get(slot)])) as Record<
    OrderField,
    Uint8Array | undefined
  >;
  const { party, owner, processor, placedBy, doRequest, dpRequest, placedAt, result, status } = values;
  if (!party || !owner || !processor || !placedBy || !doRequest || !dpRequest || !placedAt || !result || !status)
    return undefined;
  const named = addressIn(processor, 0);
  return {
    owner: addressIn(owner, 0),
    // Behind one byte of another member in the same slot.
    party: addressIn(party, 1),
    processor: /^0x0+$/.test(named) ? null : named,
    placedBy: addressIn(placedBy, 0),
    doRequest: BigInt(toHex0x(doRequest)),
    dpRequest: BigInt(toHex0x(dpRequest)),
    placedAt: Number(BigInt(toHex0x(placedAt))),
    status: orderStatuses[status[31] ?? 0],
    result: textOf(order, result, known),
  };
}

function textOf(order: bigint, slot: Uint8Array, known: ReadonlyMap<Hex, Uint8Array>): string | undefined {
  const length = lengthOf(slot);
  if (length < 32) return decodeUtf8(slot.subarray(0, length));
  const parts = resultSlots(order, slot).map((name) => known.get(name));
  if (!parts.every((part) => part !== undefined)) return undefined;
  return decodeUtf8(concatBytes(...parts).subarray(0, length));
}

/** Solidity, layout of state variables: the lowest bit tells a long text (twice its length and one) from a short one (in place, twice its length in the last byte). */
function lengthOf(value: Uint8Array): number {
  const slot = padded(value);
  const last = slot[31] ?? 0;
  const length = last % 2 === 0 ? BigInt(last / 2) : (BigInt(toHex0x(slot)) - 1n) / 2n;
  if (length > maximumResult || (last % 2 === 0 && length > 31)) {
    throw new FormatError(`Result of an order: expected a text of at most ${maximumResult} bytes in storage.`, 0);
  }
  return Number(length);
}

function addressIn(slot: Uint8Array, behind: number): Hex {
  return toHex0x(slot.subarray(12 - behind, 32 - behind));
}

function key(slot: bigint): Hex {
  return toHex0x(word(BigInt.asUintN(256, slot)));
}

function word(value: bigint): Uint8Array {
  return fromHex0x(`0x${value.toString(16).padStart(64, '0')}`);
}

function padded(value: Uint8Array): Uint8Array {
  const whole = new Uint8Array(32);
  whole.set(value.subarray(0, 32), 32 - Math.min(32, value.length));
  return whole;
}
