import { keccak256 } from '../bytes/hash.ts';
import type { ProvenAccount } from './accountProof.ts';
import { fromHex0x, toHex0x, type Hex } from './hex.ts';

/** Sets of validators that are proven from a contract's storage (QBFT in contract mode), by the number of the block that they may seal. */
export interface ProvenSets {
  at(number: number): readonly Hex[] | undefined;
  /** Why there is none, in a sentence; undefined where there is one. */
  whyNot(number: number): string | undefined;
  /** How many were in the first of them. */
  readonly first: number;
}

/** More validators than that are in no such contract: that of Besu's authors takes 256. */
export const maximumValidators = 1024;

const wordLength = 32;

/** Where a list (`address[]`) begins: its length stands in its slot, its members from keccak256(slot) on, one a slot. */
export function listSlots(slot: number, count: number): Hex[] {
  const first = BigInt(toHex0x(keccak256(fromHex0x(slotOf(BigInt(slot))))));
  return Array.from({ length: count }, (_, index) => slotOf((first + BigInt(index)) % 2n ** 256n));
}

export function slotOf(slot: bigint): Hex {
  return `0x${slot.toString(16).padStart(2 * wordLength, '0')}`;
}

/** Length of the list in a proven account, or why it cannot be one. */
export function listLength({ account, slots }: ProvenAccount, slot: number): number | string {
  if (!account) return 'There is no contract at the address that you have pinned for the validators.';
  const value = slots.find(({ key }) => key === slotOf(BigInt(slot)))?.value;
  if (!value) return `Slot ${slot} is not proven.`;
  const count = value.length > 4 ? Infinity : value.reduce((sum, byte) => sum * 256 + byte, 0);
  if (count === 0) return `Slot ${slot} of the contract holds no list of validators: it is empty.`;
  if (count > maximumValidators)
    return `Slot ${slot} of the contract holds no list of validators: its length would be ${toHex0x(value)}.`;
  return count;
}

/** The validators in a proven account, or why they are none: a word with more in it than an address, one twice, one of zeros. */
export function listedValidators(proven: ProvenAccount, slot: number): readonly Hex[] | string {
  const count = listLength(proven, slot);
  if (typeof count === 'string') return count;
  const found: Hex[] = [];
  for (const key of listSlots(slot, count)) {
    const value = proven.slots.find((each) => each.key === key)?.value;
    if (!value) return `The slot ${key} is not proven.`;
    if (value.length > 20) return `The slot ${key} holds more than an address.`;
    found.push(`0x${toHex0x(value).slice(2).padStart(40, '0')}`);
  }
  if (found.some((each) => /^0x0+$/.test(each))) return 'The list of validators in the contract has an empty place.';
  return new Set(found).size === found.length
    ? found
    : 'The list of validators in the contract names one of them twice.';
}
