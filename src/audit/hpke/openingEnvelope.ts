import { encodeCbor } from '../../core/bytes/cbor.ts';
import { fromHex0x, type Hex } from '../../core/evm/hex.ts';
import { encodeOpening, parseOpening, type Opening } from '../../core/network/opening.ts';
import type { NetworkDomain } from '../../core/network/vote.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { open, seal } from './hpke.ts';

/** What a sealed opening is bound to: sealed for one node of one network, it opens for no other. */
export interface OpeningBinding {
  readonly domain: NetworkDomain;
  readonly account: Hex;
}

const infoOf = ({ domain: { chainId, verifyingContract }, account }: OpeningBinding): Uint8Array =>
  encodeCbor(['affidavit/network-sealed-opening/1', chainId, fromHex0x(verifyingContract), fromHex0x(account)]);

/** An opening for one node alone: encapsulated key ‖ ciphertext. Who listens on the way learns its length. */
export function sealOpening(
  opening: Opening,
  publicKey: Uint8Array,
  binding: OpeningBinding,
): Promise<Uint8Array<ArrayBuffer>> {
  return seal(publicKey, encodeOpening(opening), infoOf(binding), new Uint8Array());
}

/** Undefined where it was sealed to another key or for another node or network, was changed, or holds no opening. */
export async function openOpening(
  sealed: Uint8Array,
  key: CryptoKeyPair,
  binding: OpeningBinding,
): Promise<Opening | undefined> {
  const bytes = await open(key, sealed, infoOf(binding), new Uint8Array());
  try {
    return bytes && parseOpening(bytes);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
