import { equalBytes } from '../../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../../bytes/cbor.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { readByteString, readFields, readUint, readVersion } from '../fields.ts';

export const successorDomain = 'affidavit/successor/1';

/** Bytes of the longest record there can be, with room to spare: a first leaf beyond it is an ordinary transaction. */
export const maximumSuccessorLength = 256;

/** What a successor says of the chain that it follows on (CHAIN.md 33). */
export interface SuccessorRecord {
  /** H(b₀) of the predecessor, 32 bytes. */
  readonly genesis: Uint8Array;
  /** SPKI DER of the predecessor's sequencer key, 44 bytes. */
  readonly sequencerKey: Uint8Array;
  /** The highest number of any valid attestation seen, forks included. */
  readonly k: number;
  /** Of the main chain's last block. */
  readonly height: number;
  /** H(t) of the main chain's last block, 32 bytes. */
  readonly timestampHash: Uint8Array;
}

/** `["affidavit/successor/1", genesis: bstr32, SPKI: bstr44, k: uint, height: uint, H(t): bstr32]`. */
export function encodeSuccessor(record: SuccessorRecord): Uint8Array {
  const { genesis, sequencerKey, k, height, timestampHash } = record;
  return encodeCbor([successorDomain, genesis, sequencerKey, k, height, timestampHash]);
}

/** @throws FormatError for anything but the one deterministic encoding of a record. */
export function parseSuccessor(bytes: Uint8Array): SuccessorRecord {
  const limits = { maximumDepth: 1, maximumLength: maximumSuccessorLength };
  const fields = readFields('Successor record', decodeCbor(bytes, limits), 6);
  readVersion('Successor record', fields[0], successorDomain);
  return {
    genesis: readByteString('Successor record field genesis', fields[1], 32),
    sequencerKey: readByteString('Successor record field SPKI', fields[2], 44),
    k: readUint('Successor record field k', fields[3]),
    height: readUint('Successor record field height', fields[4]),
    timestampHash: readByteString('Successor record field H(t)', fields[5], 32),
  };
}

/** How every record begins: an array of six whose first element is the domain. */
const head = encodeSuccessor({
  genesis: new Uint8Array(32),
  sequencerKey: new Uint8Array(44),
  k: 0,
  height: 0,
  timestampHash: new Uint8Array(32),
}).subarray(0, successorDomain.length + 2);

/** Cheap: whether a leaf may be a record. One that begins so and is none is an ordinary transaction. */
export function mayBeSuccessor(leaf: Uint8Array): boolean {
  return leaf.length <= maximumSuccessorLength && equalBytes(leaf.subarray(0, head.length), head);
}

/** The record that a leaf is, or undefined where it is an ordinary transaction. */
export function readSuccessor(leaf: Uint8Array): SuccessorRecord | undefined {
  if (!mayBeSuccessor(leaf)) return undefined;
  try {
    return parseSuccessor(leaf);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
