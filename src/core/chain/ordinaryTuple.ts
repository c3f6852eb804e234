import { readHead, type CanonicalHead } from './canonicalHead.ts';
import { limits } from './limits.ts';

/** A tuple as bytes, its parts views: nothing is copied or decoded. */
export interface OrdinaryTuple {
  readonly transactions: readonly Uint8Array[];
  /** 87 bytes, `encodeBlock`'s. */
  readonly block: Uint8Array;
  readonly u: Uint8Array;
  readonly merkle: Uint8Array;
  readonly parent: Uint8Array;
  /** The compact JWT; not looked at, and so perhaps no ASCII. */
  readonly timestamp: Uint8Array;
}

const array = 4;
const byteString = 2;
const text = 3;
/** Offsets in a block: `[1, u: bstr16, mH: bstr32, tH: bstr32]`. */
const blockLength = 87;
const uAt = 3;
const merkleAt = 21;
const parentAt = 55;

/** The tuple that nearly every one is, with a tree that can be read; undefined for anything else, which is `parseTuple`'s to tell. */
export function readOrdinaryTuple(bytes: Uint8Array): OrdinaryTuple | undefined {
  if (bytes.length > limits.object) return undefined;
  if (bytes[0] !== 0x84 || bytes[1] !== 1 || bytes[2] !== 0x82 || bytes[3] !== 1) return undefined;
  const head: CanonicalHead = { argument: 0, next: 0 };
  if (!readHead(bytes, 4, array, head) || head.argument < 1 || head.argument > limits.leaves) return undefined;
  const transactions: Uint8Array[] = [];
  for (let left = head.argument; left > 0; left--) {
    if (!readHead(bytes, head.next, byteString, head) || head.argument > limits.transaction) return undefined;
    const end = head.next + head.argument;
    if (end > bytes.length) return undefined;
    transactions.push(bytes.subarray(head.next, end));
    head.next = end;
  }
  const at = head.next;
  if (!isBlock(bytes, at)) return undefined;
  if (!readHead(bytes, at + blockLength, text, head) || head.next + head.argument !== bytes.length) return undefined;
  return {
    transactions,
    block: bytes.subarray(at, at + blockLength),
    u: bytes.subarray(at + uAt, at + uAt + 16),
    merkle: bytes.subarray(at + merkleAt, at + merkleAt + 32),
    parent: bytes.subarray(at + parentAt, at + parentAt + 32),
    timestamp: bytes.subarray(head.next),
  };
}

function isBlock(bytes: Uint8Array, at: number): boolean {
  return (
    bytes.length > at + blockLength &&
    bytes[at] === 0x84 &&
    bytes[at + 1] === 1 &&
    bytes[at + uAt - 1] === 0x50 &&
    bytes[at + merkleAt - 2] === 0x58 &&
    bytes[at + merkleAt - 1] === 32 &&
    bytes[at + parentAt - 2] === 0x58 &&
    bytes[at + parentAt - 1] === 32
  );
}
