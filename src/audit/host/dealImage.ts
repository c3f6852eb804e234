import { fromBase64Url, toBase64Url } from '../../core/bytes/base64.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { encryptImage, imageDigest, keyCommitment } from '../../core/host/release/image.ts';
import { dealShares, encodeShare } from '../../core/host/release/shares.ts';
import { text } from '../../core/vc/credential.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { seal } from '../hpke/hpke.ts';
import { askService } from './askService.ts';
import { depositAad, depositInfo, type ShareConditions } from './wire.ts';

/** What the owner of an image publishes beside it: nothing in it is secret. */
export interface ImageDescription {
  readonly affidavit: 'image/1';
  /** SHA3-256 of the encrypted file, hex. */
  readonly image: string;
  readonly keyCommitment: string;
  /** SHA3-256 of what is inside. */
  readonly inside: string;
  /** How many shares open it. */
  readonly threshold: number;
  /** DIDs of those who hold one. */
  readonly validators: readonly string[];
}

export interface DealOrder {
  /** What is to run: a WASI command. */
  readonly program: Uint8Array;
  readonly threshold: number;
  /** Addresses of the validators that each get a share. */
  readonly validators: readonly string[];
  /** What their operators have given the owner, in the same order: with it there is room for the share where strangers have taken theirs. */
  readonly tokens?: readonly string[];
  readonly conditions: ShareConditions;
  readonly signal?: AbortSignal;
}

/**
 * Encrypts an image under a key that is made for it, deals the key's shares to the validators, each sealed to the validator's key, and forgets the key: from then on nobody has it.
 * @throws AuditorError `source` HOST_SERVICE | REFUSED, where one does not take its share: the image is of no use then, and nothing is returned
 */
export async function dealImage(order: DealOrder): Promise<{
  readonly encrypted: Uint8Array;
  readonly description: ImageDescription;
}> {
  const { program, threshold, validators, tokens, conditions, signal } = order;
  const key = crypto.getRandomValues(new Uint8Array(32));
  try {
    const encrypted = await encryptImage(program, key, crypto.getRandomValues(new Uint8Array(12)));
    const [image, commitment] = [imageDigest(encrypted), keyCommitment(key)];
    const random = crypto.getRandomValues(new Uint8Array(32));
    const shares = dealShares({ key, image, shares: validators.length, threshold, random });
    random.fill(0);
    const known = await Promise.all(validators.map((url) => describe(url, signal)));
    if (new Set(known.map(({ did }) => did)).size !== known.length) {
      throw new AuditorError('usage', 'SHARES', 'Two of the addresses are of one validator: each gets one share.');
    }
    await Promise.all(
      known.map(async ({ url, did, hpkeKey }, place) => {
        const share = encodeShare(shares[place] as (typeof shares)[number]);
        const deposit = { image, keyCommitment: commitment, validator: did, conditions };
        const sealed = toBase64Url(await seal(hpkeKey, share, depositInfo, depositAad(deposit)));
        await askService(`${url}/shares`, { ...deposit, sealed, ...(tokens && { token: tokens[place] }) }, signal);
      }),
    );
    const description: ImageDescription = {
      affidavit: 'image/1',
      image,
      keyCommitment: commitment,
      inside: sha3Hex(program),
      threshold,
      validators: known.map(({ did }) => did),
    };
    return { encrypted, description };
  } finally {
    key.fill(0);
  }
}

async function describe(
  url: string,
  signal?: AbortSignal,
): Promise<{ readonly url: string; readonly did: string; readonly hpkeKey: Uint8Array }> {
  const answer = await askService(url, undefined, signal);
  const [did, key] = [text(answer, 'did'), text(answer, 'hpkeKey')];
  if (did === undefined || key === undefined) {
    throw new AuditorError('source', 'HOST_SERVICE', `${url} is no validator.`);
  }
  return { url, did, hpkeKey: fromBase64Url(key) };
}
