import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { readByteString, readFields, readUint, readVersion } from './fields.ts';

/** The domain of everything that a sequencer signs or attests, so that no other `user_data` can be read as a sequence. */
export const sequenceDomain = 'affidavit/sequence/1';
const domainBytes = utf8(sequenceDomain);

/** A sequence attestation s = ⟨y, k, g⟩ (patent [0026], [0043]). */
export interface Sequence {
  /** u ‖ H(t), 48 bytes. */
  readonly y: Uint8Array;
  /** Counts from 0. */
  readonly k: number;
  /** Ed25519 signature by K_S over `sequenceMessage`, 64 bytes. */
  readonly g: Uint8Array;
}

/** y = u ‖ H(t). */
export function sequenceSubject(u: Uint8Array, timestampHash: Uint8Array): Uint8Array {
  return concatBytes(u, timestampHash);
}

/** What g signs: `"affidavit/sequence/1" ‖ H(b₀) ‖ y ‖ k (8 bytes, big endian)` (DESIGN §5). */
export function sequenceMessage(genesis: Uint8Array, y: Uint8Array, k: number): Uint8Array {
  const message = concatBytes(domainBytes, genesis, y, new Uint8Array(8));
  const number = new DataView(message.buffer, message.length - 8);
  number.setUint32(0, Math.floor(k / 2 ** 32));
  number.setUint32(4, k % 2 ** 32);
  return message;
}

/** `["affidavit/sequence/1", y: bstr48, k: uint, g: bstr64]`: exactly what `user_data` holds (CHAIN.md 23). */
export function encodeSequence(sequence: Sequence): Uint8Array {
  return encodeCbor([sequenceDomain, sequence.y, sequence.k, sequence.g]);
}

/** @throws FormatError for anything but the one deterministic encoding of a sequence. */
export function parseSequence(bytes: Uint8Array): Sequence {
  const fields = readFields('Sequence', decodeCbor(bytes, { maximumDepth: 1, maximumLength: 1024 }), 4);
  readVersion('Sequence', fields[0], sequenceDomain);
  return {
    y: readByteString('Sequence field y', fields[1], 48),
    k: readUint('Sequence field k', fields[2]),
    g: readByteString('Sequence field g', fields[3], 64),
  };
}
