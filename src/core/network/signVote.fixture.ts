import { secp256k1 } from '@noble/curves/secp256k1.js';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { keccak256 } from '../bytes/hash.ts';
import { toHex0x, type Hex } from '../evm/hex.ts';
import { voteDigest, voteSignatureOf, type NetworkDomain, type SignedVote, type Vote } from './vote.ts';

/** A key of a node, always the same for a name. */
export interface VoteKey {
  readonly address: Hex;
  readonly sign: (vote: Vote, domain: NetworkDomain) => SignedVote;
}

export function voteKey(name: string): VoteKey {
  const secret = keccak256(utf8(`vote key ${name}`));
  const point = secp256k1.getPublicKey(secret, false);
  return {
    address: toHex0x(keccak256(point.subarray(1)).subarray(12)),
    sign: (vote, domain) => {
      const digest = voteDigest(vote, domain);
      const signed = secp256k1.sign(digest, secret, { prehash: false, lowS: true, format: 'recovered' });
      const v = Uint8Array.of((signed[0] ?? 0) + 27);
      return { vote, signature: voteSignatureOf(concatBytes(signed.subarray(1), v)) };
    },
  };
}
