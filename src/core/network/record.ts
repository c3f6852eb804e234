import { concatBytes } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import { fromHex0x, toHex0x, type Hex } from '../evm/hex.ts';
import type { VoteSignature } from './vote.ts';
import { typeHash, wordOfHex, wordOfNumber } from './words.ts';

/** What the network says of a request: final, and chained to the record before. */
export interface NetworkRecord {
  readonly requestId: number;
  /** Zeros for a batch. */
  readonly vmId: Hex;
  readonly measurements: Hex;
  /** SHA3-256 of the attestation document; zeros where there is none. */
  readonly evidence: Hex;
  /** Keccak-256 of the enclave's signature; zeros where there is none. */
  readonly enclaveSignature: Hex;
  /** 1, or how many requests the batch has. */
  readonly count: number;
  readonly valid: boolean;
  readonly criteria: Hex;
  readonly epoch: number;
  /** Digest of the sorted list of those who signed: `nodeSignaturesDigest`. */
  readonly nodeSignatures: Hex;
  /** Of its block, seconds since 1970. */
  readonly timestamp: number;
  /** Hash of the record before, zeros for the first. */
  readonly previous: Hex;
}

export const recordFields = [
  { name: 'requestId', type: 'uint64' },
  { name: 'vmId', type: 'bytes32' },
  { name: 'measurements', type: 'bytes32' },
  { name: 'evidence', type: 'bytes32' },
  { name: 'enclaveSignature', type: 'bytes32' },
  { name: 'count', type: 'uint32' },
  { name: 'valid', type: 'bool' },
  { name: 'criteria', type: 'bytes32' },
  { name: 'epoch', type: 'uint64' },
  { name: 'nodeSignatures', type: 'bytes32' },
  { name: 'timestamp', type: 'uint64' },
  { name: 'previous', type: 'bytes32' },
] as const;

const recordType = typeHash(`Record(${recordFields.map(({ name, type }) => `${type} ${name}`).join(',')})`);

/** Keccak-256 in the shape of an EIP-712 struct hash: what the contract keeps of a record. */
export function recordHash(record: NetworkRecord): Hex {
  const words = recordFields.map(({ name }) => {
    const value = record[name];
    return typeof value === 'string' ? wordOfHex(value) : wordOfNumber(Number(value));
  });
  return toHex0x(keccak256(concatBytes(recordType, ...words)));
}

/** keccak256(r ‖ s ‖ v), each 32 bytes. */
export function signatureHash({ r, s, v }: VoteSignature): Hex {
  return toHex0x(keccak256(concatBytes(wordOfHex(r), wordOfHex(s), wordOfNumber(v))));
}

/** Keccak-256 over account (20 bytes) and digest of its signature (32), of all signers in rising order of accounts. */
export function nodeSignaturesDigest(
  signers: readonly { readonly account: Hex; readonly signature: VoteSignature }[],
): Hex {
  const sorted = signers.toSorted((a, b) => (a.account < b.account ? -1 : 1));
  const parts = sorted.flatMap(({ account, signature }) => [fromHex0x(account), fromHex0x(signatureHash(signature))]);
  return toHex0x(keccak256(concatBytes(...parts)));
}

export const zeroWord: Hex = `0x${'00'.repeat(32)}`;
