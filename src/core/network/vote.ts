import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import { toHex0x, type Hex } from '../evm/hex.ts';
import type { KnownSigners } from '../evm/seals/knownSigners.ts';
import { recoverSigner } from '../evm/seals/recoverSigner.ts';
import { typeHash, wordOfHex, wordOfNumber } from './words.ts';

/** What a node signs of a request. Two different ones of one node for one request and epoch are equivocation. */
export interface Vote {
  readonly requestId: number;
  /** As in the request: 32 bytes. */
  readonly measurements: Hex;
  /** Digest of the criteria in force in the epoch: 32 bytes. */
  readonly criteria: Hex;
  readonly valid: boolean;
  readonly epoch: number;
}

/** By a node's key on secp256k1 over the EIP-712 digest, s in the lower half. */
export interface VoteSignature {
  readonly r: Hex;
  readonly s: Hex;
  /** 27 or 28. */
  readonly v: number;
}

export interface SignedVote {
  readonly vote: Vote;
  readonly signature: VoteSignature;
}

/** For which contract on which ledger votes are signed. */
export interface NetworkDomain {
  readonly chainId: number;
  /** Lower case. */
  readonly verifyingContract: Hex;
}

/** The typed data (EIP-712) as wallets, viem and the contract take it. */
export const voteTypes = {
  Vote: [
    { name: 'requestId', type: 'uint64' },
    { name: 'measurements', type: 'bytes32' },
    { name: 'criteria', type: 'bytes32' },
    { name: 'valid', type: 'bool' },
    { name: 'epoch', type: 'uint64' },
  ],
} as const;

export const networkDomainName = 'Affidavit AttestationNetwork';
export const networkDomainVersion = '1';

const voteType = typeHash(`Vote(${voteTypes.Vote.map(({ name, type }) => `${type} ${name}`).join(',')})`);
const domainType = typeHash('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)');
const [nameHash, versionHash] = [keccak256(utf8(networkDomainName)), keccak256(utf8(networkDomainVersion))];
const prefix = Uint8Array.of(0x19, 0x01);
const halfOrder = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/** EIP-712 struct hash: equal votes of different nodes have the same. */
export function voteId(vote: Vote): Hex {
  return toHex0x(structHash(vote));
}

function structHash({ requestId, measurements, criteria, valid, epoch }: Vote): Uint8Array<ArrayBuffer> {
  const words = [
    wordOfNumber(requestId),
    wordOfHex(measurements),
    wordOfHex(criteria),
    wordOfNumber(valid ? 1 : 0),
    wordOfNumber(epoch),
  ];
  return keccak256(concatBytes(voteType, ...words));
}

/** Of many votes it is always the same. */
const separators = new WeakMap<NetworkDomain, Uint8Array<ArrayBuffer>>();

/** EIP-712 domain separator, 32 bytes. */
export function domainSeparator(domain: NetworkDomain): Uint8Array<ArrayBuffer> {
  const known = separators.get(domain) ?? separatorOf(domain);
  separators.set(domain, known);
  return known;
}

function separatorOf({ chainId, verifyingContract }: NetworkDomain): Uint8Array<ArrayBuffer> {
  const words = [wordOfNumber(chainId), wordOfHex(verifyingContract)];
  return keccak256(concatBytes(domainType, nameHash, versionHash, ...words));
}

/** EIP-712 digest, 32 bytes: what a node's key signs. */
export function voteDigest(vote: Vote, domain: NetworkDomain): Uint8Array<ArrayBuffer> {
  return keccak256(concatBytes(prefix, domainSeparator(domain), structHash(vote)));
}

/**
 * The address whose key has signed a vote by the contract's rules, or undefined where nobody has.
 * @param known for many votes: keys met before @param expected whose key it should be, see `KnownSigners`
 */
export function voteSigner(
  { vote, signature }: SignedVote,
  domain: NetworkDomain,
  known?: KnownSigners,
  expected?: Hex,
): Hex | undefined {
  const { r, s, v } = signature;
  if ((v !== 27 && v !== 28) || BigInt(s) > halfOrder) return undefined;
  const [digest, seal] = [voteDigest(vote, domain), concatBytes(wordOfHex(r), wordOfHex(s), Uint8Array.of(v - 27))];
  return known ? known.signerOf(digest, seal, expected) : recoverSigner(digest, seal);
}

/** Of a signature as keys give it, r ‖ s ‖ v with v 27 or 28 (65 bytes). */
export function voteSignatureOf(signature: Uint8Array): VoteSignature {
  return {
    r: toHex0x(signature.subarray(0, 32)),
    s: toHex0x(signature.subarray(32, 64)),
    v: signature[64] ?? 0,
  };
}
