import { FormatError } from '../verdict/auditorError.ts';
import { toHex0x, type Hex } from './hex.ts';
import { decodeRlpList, type RlpItem } from './rlp.ts';

/** A block header as it was read; nothing in it is believed until its seals hold. Offsets of later forks are optional, in the order of their coming. */
export interface Header {
  /** The list as it stands, for the hashes that each consensus makes of it. */
  readonly items: readonly RlpItem[];
  readonly rlp: Uint8Array;
  readonly parentHash: Hex;
  readonly coinbase: Hex;
  readonly stateRoot: Hex;
  readonly transactionsRoot: Hex;
  readonly receiptsRoot: Hex;
  /** 256 bytes (Yellow Paper §4.3.1). */
  readonly logsBloom: Uint8Array;
  readonly number: number;
  /** Seconds since 1970, as the proposer says. */
  readonly timestamp: number;
  readonly extraData: Uint8Array;
  /** Empty in headers of Aura, which has its step and signature in these places. */
  readonly mixHash: Uint8Array;
  readonly nonce: Uint8Array;
}

/** Places in the list. */
export const headerField = { coinbase: 2, extraData: 12, mixHash: 13, nonce: 14 } as const;

interface Shape {
  readonly name: string;
  /** Exact length in bytes, or the greatest length of a whole number. */
  readonly bytes?: number;
  readonly number?: number;
}

const common: readonly Shape[] = [
  { name: 'parentHash', bytes: 32 },
  { name: 'ommersHash', bytes: 32 },
  { name: 'coinbase', bytes: 20 },
  { name: 'stateRoot', bytes: 32 },
  { name: 'transactionsRoot', bytes: 32 },
  { name: 'receiptsRoot', bytes: 32 },
  { name: 'logsBloom', bytes: 256 },
  { name: 'difficulty', number: 32 },
  { name: 'number', number: 6 },
  { name: 'gasLimit', number: 8 },
  { name: 'gasUsed', number: 8 },
  { name: 'timestamp', number: 6 },
  { name: 'extraData' },
];
const ordinaryEnd: readonly Shape[] = [
  { name: 'mixHash', bytes: 32 },
  { name: 'nonce', bytes: 8 },
];
const auraEnd: readonly Shape[] = [
  { name: 'step', number: 8 },
  { name: 'signature', bytes: 65 },
];
/** London, Shanghai, Cancun (three), Prague. Development nodes write some of them empty in their genesis; the hash covers that like all else. */
const later: readonly Shape[] = [
  { name: 'baseFeePerGas', number: 32 },
  { name: 'withdrawalsRoot', bytes: 32 },
  { name: 'blobGasUsed', number: 8 },
  { name: 'excessBlobGas', number: 8 },
  { name: 'parentBeaconBlockRoot', bytes: 32 },
  { name: 'requestsHash', bytes: 32 },
];

/** Extra data holds the validators and their seals: 1,024 of them have less than this. */
const maximumLength = 256 * 1024;
/** The last second of the year 9999. */
const maximumTime = 253_402_300_799;

/**
 * Reads a header's RLP in the shape of any fork up to Prague, or in that of Aura.
 * @throws FormatError for anything else, naming the field.
 */
export function parseHeader(rlp: Uint8Array, form: 'ordinary' | 'aura' = 'ordinary'): Header {
  if (rlp.length > maximumLength)
    throw new FormatError(`Header: expected at most ${maximumLength} bytes, found ${rlp.length}.`, maximumLength);
  const items = decodeRlpList(rlp);
  const shapes = [...common, ...(form === 'aura' ? auraEnd : ordinaryEnd), ...later];
  const least = common.length + ordinaryEnd.length;
  if (items.length < least || items.length > shapes.length) {
    throw new FormatError(`Header: expected ${least} to ${shapes.length} fields, found ${items.length}.`, 0);
  }
  for (const [index, item] of items.entries()) {
    if (index >= least && item instanceof Uint8Array && item.length === 0) continue;
    demand(item, shapes[index] ?? { name: 'a field' });
  }
  const field = (index: number): Uint8Array => items[index] as Uint8Array;
  const timestamp = wholeNumber(field(11));
  // What no calendar can write is no block's time, and nobody could be told it.
  if (timestamp > maximumTime) throw new FormatError('Header: expected a timestamp up to the year 9999.', 0);
  return {
    items,
    rlp,
    parentHash: toHex0x(field(0)),
    coinbase: toHex0x(field(2)),
    stateRoot: toHex0x(field(3)),
    transactionsRoot: toHex0x(field(4)),
    receiptsRoot: toHex0x(field(5)),
    logsBloom: field(6),
    number: wholeNumber(field(8)),
    timestamp,
    extraData: field(headerField.extraData),
    mixHash: form === 'aura' ? new Uint8Array() : field(headerField.mixHash),
    nonce: form === 'aura' ? new Uint8Array() : field(headerField.nonce),
  };
}

function demand(item: RlpItem, { name, bytes, number }: Shape): void {
  if (!(item instanceof Uint8Array)) throw new FormatError(`Header: expected bytes for ${name}, found a list.`, 0);
  if (bytes !== undefined && item.length !== bytes) {
    throw new FormatError(`Header: expected ${bytes} bytes for ${name}, found ${item.length}.`, 0);
  }
  if (number !== undefined && (item.length > number || item[0] === 0)) {
    throw new FormatError(
      `Header: expected a whole number of at most ${number} bytes without leading zeros for ${name}.`,
      0,
    );
  }
}

/** Of at most six bytes, so that it is exact. */
function wholeNumber(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
