import { concatBytes, utf8 } from '../../core/bytes/bytes.ts';
import { fromHex } from '../../core/bytes/hex.ts';
import { encodeShare, parseShare, type KeyShare } from '../../core/host/release/shares.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import { open, seal } from '../hpke/hpke.ts';

/** What a sealed share is bound to: opened for anything else it does not open, so one that was sealed earlier cannot be shown again. */
export interface ShareBinding {
  /** `hostDigest` of the credential, hex: with the client's nonce in it. */
  readonly credential: string;
  /** DID of the validator. */
  readonly validator: string;
}

const infoOf = ({ credential, validator }: ShareBinding): Uint8Array =>
  concatBytes(utf8('affidavit/share-release/1'), fromHex(credential), utf8(validator));

/** A share for the client alone, under its one-time key (65 bytes, P-256): encapsulated key ‖ ciphertext. */
export function sealShare(share: KeyShare, clientKey: Uint8Array, binding: ShareBinding): Promise<Uint8Array> {
  return seal(clientKey, encodeShare(share), infoOf(binding), fromHex(share.image));
}

/** Undefined where it was sealed to another key, for another credential or by another name, or is no share. */
export async function openShare(
  sealed: Uint8Array,
  key: CryptoKeyPair,
  binding: ShareBinding,
  image: string,
): Promise<KeyShare | undefined> {
  const bytes = await open(key, sealed, infoOf(binding), fromHex(image));
  try {
    return bytes && parseShare(bytes);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
