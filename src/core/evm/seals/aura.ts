import type { Header } from '../header.ts';
import { toHex0x } from '../hex.ts';
import { hashOf, type Sealed } from './sealed.ts';
import { recoverSigner } from './recoverSigner.ts';

const unsealedFields = 13;
const signatureField = 14;

/**
 * Authority round (OpenEthereum, Nethermind; bloxberg): the header has a step and a signature where others have mixHash and nonce. The signature is over
 * the fields before them. One validator seals a block: see `finality.ts`. The set of validators is in a contract, so it is pinned for a range of blocks.
 * Read the header with `parseHeader(rlp, 'aura')`.
 */
export function sealedByAura({ items }: Header): Sealed {
  const seal = items[signatureField] as Uint8Array;
  const sealHash = hashOf(items.slice(0, unsealedFields));
  return {
    blockHash: toHex0x(hashOf(items)),
    sealHash,
    seals: [seal],
    listed: undefined,
    vote: undefined,
    proposer: recoverSigner(sealHash, seal),
  };
}
