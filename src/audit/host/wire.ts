import { toBase64Url } from '../../core/bytes/base64.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { encodeCbor } from '../../core/bytes/cbor.ts';
import { sha3 } from '../../core/bytes/hash.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { JsonObject } from '../../core/bytes/json.ts';

/** What the owner of an image demands of whoever is to open it; a list that is left out demands nothing. */
export interface ShareConditions {
  /** DIDs of hosts. */
  readonly hosts?: readonly string[];
  /** Measured-boot digests, hex. */
  readonly boots?: readonly string[];
}

/** A share on its way from the owner to a validator: what it is bound to, and sealed to the validator's key. */
export interface ShareDeposit {
  /** SHA3-256 of the encrypted image, hex. */
  readonly image: string;
  readonly keyCommitment: string;
  /** DID of the validator that it is for. */
  readonly validator: string;
  readonly conditions: ShareConditions;
  /** base64url. */
  readonly sealed: string;
}

/** What the key schedule of a deposit is bound to. */
export const depositInfo = utf8('affidavit/share-deposit/1');

/** What a deposited share is bound to beside its key: changed conditions, and it cannot be opened. */
export function depositAad({ image, keyCommitment, validator, conditions }: Omit<ShareDeposit, 'sealed'>): Uint8Array {
  return utf8(canonicalJson({ image, keyCommitment, validator, conditions: { ...conditions } as JsonObject }));
}

/**
 * The nonce that a client gives a host: it commits to the one-time key to which shares are then sealed, so that a credential that somebody else asked for opens nothing.
 * @param key 65 bytes, uncompressed point of P-256
 * @param salt 32 random bytes
 */
export function clientNonce(key: Uint8Array, salt: Uint8Array): string {
  return toBase64Url(sha3(encodeCbor(['affidavit/client-nonce/1', key, salt])));
}
