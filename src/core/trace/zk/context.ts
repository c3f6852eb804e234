import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { keccak256 } from '../../bytes/hash.ts';
import { elementOf } from './field.ts';

const tag = keccak256(utf8('affidavit/zk-context/1'));

/**
 * What a proof is bound to beside its statement: the anchor (EIP-712 struct hash of the metadata) and 32 bytes that whoever asks for the
 * proof has chosen, or that name whom it is for. As the contract computes it: 248 bits of a Keccak-256, an element of the field.
 */
export function contextElement(anchor: Uint8Array, nonce: Uint8Array): bigint {
  return elementOf(keccak256(concatBytes(tag, anchor, nonce)));
}
