import { FormatError } from '../../verdict/auditorError.ts';
import { toHex0x, type Hex } from '../hex.ts';
import { headerField, type Header } from '../header.ts';
import { encodeRlp, type RlpItem } from '../rlp.ts';
import { keccak256 } from '../../bytes/hash.ts';

/** A wish to let somebody into the set of validators, or to put somebody out. */
export interface Vote {
  readonly candidate: Hex;
  readonly add: boolean;
  readonly voter: Hex;
}

/** What a consensus makes of a header: its hash, what was signed, by which bytes, and what it says of validators. */
export interface Sealed {
  /** What children name as their parent. */
  readonly blockHash: Hex;
  /** What each seal signs. */
  readonly sealHash: Uint8Array;
  readonly seals: readonly Uint8Array[];
  /** The validators that the header lists: its own word, compared with the set that is followed, never the source of it. Undefined where it lists none. */
  readonly listed: readonly Hex[] | undefined;
  readonly vote: Vote | undefined;
  /** Who proposed it, where the header says so. */
  readonly proposer: Hex | undefined;
}

export function hashOf(items: readonly RlpItem[]): Uint8Array {
  return keccak256(encodeRlp(items));
}

/** The header's list with other extra data. */
export function withExtraData(header: Header, extraData: Uint8Array): RlpItem[] {
  return header.items.map((item, index) => (index === headerField.extraData ? extraData : item));
}

/** Addresses of 20 bytes, each once. */
export function addresses(item: RlpItem | undefined, what: string): Hex[] {
  if (item === undefined || item instanceof Uint8Array) throw extraFault(`a list of ${what}`);
  const found = item.map((each) => address(each, what));
  if (new Set(found).size !== found.length) throw extraFault(`each of the ${what} once`);
  return found;
}

export function address(item: RlpItem | undefined, what: string): Hex {
  if (!(item instanceof Uint8Array) || item.length !== 20) throw extraFault(`20 bytes for one of the ${what}`);
  return toHex0x(item);
}

/** More seals than that belong to no network. */
const maximumSeals = 1024;

export function sealsOf(item: RlpItem | undefined): Uint8Array[] {
  if (item === undefined || item instanceof Uint8Array) throw extraFault('a list of seals');
  if (item.length > maximumSeals) throw extraFault(`at most ${maximumSeals} seals`);
  return item.map((seal) => {
    if (!(seal instanceof Uint8Array) || seal.length !== 65) throw extraFault('65 bytes for each seal');
    return seal;
  });
}

export function extraFault(expected: string): FormatError {
  return new FormatError(`Extra data: expected ${expected}.`, 0);
}
