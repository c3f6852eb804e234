import { encodeCbor } from '../bytes/cbor.ts';
import { fromHex0x, type Hex } from '../evm/hex.ts';
import type { NetworkDomain } from './vote.ts';

/** The domain string of what a node puts into its attestation document (DESIGN §5). */
export const networkNodeDomain = 'affidavit/network-node/1';

/** The `user_data` of a node's document: CBOR `["affidavit/network-node/1", chain id, contract: bstr20, account: bstr20, key: bstr20]`. */
export function encodeNodeStatement(domain: NetworkDomain, account: Hex, key: Hex): Uint8Array<ArrayBuffer> {
  const addresses = [domain.verifyingContract, account, key].map(fromHex0x);
  return encodeCbor([networkNodeDomain, domain.chainId, ...addresses]);
}
