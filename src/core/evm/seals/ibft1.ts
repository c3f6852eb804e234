import { concatBytes } from '../../bytes/bytes.ts';
import { keccak256 } from '../../bytes/hash.ts';
import type { Header } from '../header.ts';
import { toHex0x } from '../hex.ts';
import { decodeRlpList, encodeRlp } from '../rlp.ts';
import { nonceVote } from './clique.ts';
import { recoverSigner } from './recoverSigner.ts';
import { addresses, extraFault, hashOf, sealsOf, withExtraData, type Sealed } from './sealed.ts';

const vanityLength = 32;
/** What a committed seal signs besides the block's hash: the code of a commit message. */
const commit = Uint8Array.of(2);

/**
 * IBFT 1 as Quorum writes it (EIP-650): extraData = 32 bytes ‖ rlp [[validators], proposer's seal, [seals]]. Votes stand in coinbase and nonce, as with Clique.
 * @throws FormatError
 */
export function sealedByIbft1(header: Header): Sealed {
  const { extraData } = header;
  if (extraData.length < vanityLength) throw extraFault('32 bytes of vanity');
  const vanity = extraData.subarray(0, vanityLength);
  const items = decodeRlpList(extraData.subarray(vanityLength));
  const [validators, proposerSeal, seals] = items;
  if (items.length !== 3 || !validators || !(proposerSeal instanceof Uint8Array)) throw extraFault('three items');
  const listed = addresses(validators, 'validators');
  const without = (seal: Uint8Array) => withExtraData(header, concatBytes(vanity, encodeRlp([validators, seal, []])));
  const blockHash = hashOf(without(proposerSeal));
  // The proposer signs the hash of the hash, as the first implementation happened to do.
  const proposer = recoverSigner(keccak256(hashOf(without(new Uint8Array()))), proposerSeal);
  return {
    blockHash: toHex0x(blockHash),
    sealHash: keccak256(concatBytes(blockHash, commit)),
    seals: sealsOf(seals),
    listed: listed.length > 0 ? listed : undefined,
    vote: proposer && nonceVote(header, proposer),
    proposer,
  };
}
