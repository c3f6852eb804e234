import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { sha3 } from '../bytes/hash.ts';
import { readByteString, readFields, readVersion } from './fields.ts';
import { limits } from './limits.ts';

/** A block ⟨u, m^H, t^H⟩ (patent [0041]–[0042]). */
export interface Block {
  /** u: any 16 bytes, checked neither for form nor for uniqueness (CHAIN.md 10). */
  readonly u: Uint8Array;
  /** m^H, 32 bytes: see `merkleCommitment`. */
  readonly merkle: Uint8Array;
  /** t^H, 32 bytes: H of the preceding timestamp attestation, zeros in block zero only. */
  readonly parent: Uint8Array;
}

/** `[1, u: bstr16, mH: bstr32, tH: bstr32]` in deterministic CBOR: 87 bytes. */
export function encodeBlock(block: Block): Uint8Array {
  return encodeCbor([1, block.u, block.merkle, block.parent]);
}

/** @throws FormatError for anything but the one deterministic encoding of a block. */
export function parseBlock(bytes: Uint8Array): Block {
  const fields = readFields('Block', decodeCbor(bytes, { maximumDepth: 1, maximumLength: 128 }), 4);
  readVersion('Block', fields[0], 1);
  return {
    u: readByteString('Block field u', fields[1], 16),
    merkle: readByteString('Block field m^H', fields[2], 32),
    parent: readByteString('Block field t^H', fields[3], 32),
  };
}

/** H(b), over the block's encoding. */
export function blockHash(blockBytes: Uint8Array): Uint8Array {
  return sha3(blockBytes);
}

export const zeroHash = new Uint8Array(32);

/** H(t), over the ASCII form of the compact JWT. */
export function timestampHash(jwt: string): Uint8Array {
  if (jwt.length > limits.jwt) throw new RangeError(`A timestamp attestation has at most ${limits.jwt} characters.`);
  return sha3(new TextEncoder().encode(jwt));
}
