import { toHex } from '../../bytes/hex.ts';
import type { Header } from '../header.ts';
import { toHex0x, type Hex } from '../hex.ts';
import { recoverSigner, sealLength } from './recoverSigner.ts';
import { extraFault, hashOf, withExtraData, type Sealed, type Vote } from './sealed.ts';

const vanityLength = 32;
const addressLength = 20;

/**
 * Clique (EIP-225): extraData = 32 bytes ‖ signers (in every block of an epoch's beginning) ‖ seal. One signer seals a block, so a block is as good as its
 * descendants: see `finality.ts`.
 * @throws FormatError
 */
export function sealedByClique(header: Header): Sealed {
  const { extraData, items } = header;
  const listLength = extraData.length - vanityLength - sealLength;
  if (listLength < 0 || listLength % addressLength !== 0)
    throw extraFault('32 bytes, whole addresses, and a seal of 65 bytes');
  const seal = extraData.subarray(-sealLength);
  const sealHash = hashOf(withExtraData(header, extraData.subarray(0, -sealLength)));
  const signer = recoverSigner(sealHash, seal);
  const listed = Array.from({ length: listLength / addressLength }, (_, index) =>
    toHex0x(extraData.subarray(vanityLength + index * addressLength, vanityLength + (index + 1) * addressLength)),
  );
  if (new Set(listed).size !== listed.length) throw extraFault('each signer once');
  return {
    blockHash: toHex0x(hashOf(items)),
    sealHash,
    seals: [seal],
    listed: listed.length > 0 ? listed : undefined,
    vote: signer && nonceVote(header, signer),
    proposer: signer,
  };
}

const noAddress: Hex = `0x${'00'.repeat(addressLength)}`;

/** Clique and IBFT 1: the candidate stands in coinbase, the wish in the nonce; all zeros is no vote. */
export function nonceVote({ coinbase, nonce }: Header, voter: Hex): Vote | undefined {
  const wish = toHex(nonce);
  if (coinbase === noAddress) return undefined;
  if (wish !== 'ff'.repeat(8) && wish !== '00'.repeat(8)) throw extraFault('a nonce of ones (add) or zeros (drop)');
  return { candidate: coinbase, add: wish.startsWith('ff'), voter };
}
