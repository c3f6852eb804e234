import { sealShare } from '../../audit/host/shareEnvelope.ts';
import { clientNonce, depositAad, depositInfo, type ShareDeposit } from '../../audit/host/wire.ts';
import { open, pointLength, publicKeyBytes } from '../../audit/hpke/hpke.ts';
import { fromBase64Url, toBase64Url } from '../../core/bytes/base64.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { hostDigest, readHostCredential, type HostCredential } from '../../core/host/hostCredential.ts';
import { parseShare, shareDigest, type KeyShare } from '../../core/host/release/shares.ts';
import { vouchForHost } from '../../core/host/signHost.ts';
import type { Content } from '../../core/kinds/content.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { Identity } from '../host/identity.ts';
import type { ValidatorJournal } from './validatorJournal.ts';

export interface ValidatorOptions {
  readonly identity: Identity;
  /** To which owners seal shares. */
  readonly hpke: CryptoKeyPair;
  readonly journal: ValidatorJournal;
  /** Judges a credential with its files, by this validator's own trust: undefined where it holds, else why not, in words. */
  readonly examine: (credential: HostCredential, files: readonly Content[], now: number) => Promise<string | undefined>;
  /** Milliseconds since 1970; the machine's clock by default. */
  readonly now?: () => number;
}

export interface VouchOrder {
  readonly credential: JsonObject;
  /** The files that the credential names by their digests. */
  readonly files: readonly Content[];
  /** The one-time key to which a share is sealed, and the salt with which the credential's nonce commits to it, base64url. */
  readonly client: { readonly key: string; readonly salt: string };
  /** `chain`: the proof also covers the last one that is there. */
  readonly mode: 'fan-out' | 'chain';
}

export interface Vouch {
  readonly proof: JsonObject;
  /** Encoded share, sealed to the client's key, base64url; where this validator holds one for the image. */
  readonly share?: string;
}

/** Vouches for hosts, and releases its share of an image's key with its proof, never without. */
export interface Validator {
  readonly did: string;
  /** 65 bytes. */
  readonly hpkeKey: Uint8Array;
  /** @throws AuditorError `usage` SHARE_FOREIGN | SHARE_SEALED | SHARE_TAKEN, `source` SHARES_FULL | SHARES_TOKEN. @param isInvited as `ValidatorJournal.keep` */
  deposit(deposit: ShareDeposit, isInvited: boolean): Promise<void>;
  /** @throws AuditorError `usage` HOST_REFUSED | CLIENT_KEY | SHARE_CONDITIONS, FormatError for what is no host's credential */
  vouch(order: VouchOrder): Promise<Vouch>;
}

export async function createValidator(options: ValidatorOptions): Promise<Validator> {
  const { identity, hpke, journal, examine } = options;
  const now = options.now ?? Date.now;
  const { did } = identity;

  const openDeposit = async (deposit: ShareDeposit): Promise<KeyShare> => {
    const plain = await open(hpke, fromBase64Url(deposit.sealed), depositInfo, depositAad(deposit));
    const share = plain && parseShare(plain);
    if (share?.image === deposit.image) return share;
    const words = 'The share cannot be opened: it was sealed to another key, or for another image, key or conditions.';
    throw refusal('SHARE_SEALED', words);
  };

  const shareFor = async ({ subject }: HostCredential): Promise<KeyShare | undefined> => {
    const deposit = subject.image && journal.deposit(subject.image.digest, subject.image.keyCommitment);
    if (!deposit) return undefined;
    const { hosts, boots } = deposit.conditions;
    if (hosts && !hosts.includes(subject.id)) {
      throw refusal('SHARE_CONDITIONS', `The image’s owner has not named the host ${subject.id}.`);
    }
    if (boots && !boots.includes(subject.measuredBoot.digest)) {
      const words = `The image’s owner has not named the measured boot ${subject.measuredBoot.digest}.`;
      throw refusal('SHARE_CONDITIONS', words);
    }
    return openDeposit(deposit);
  };

  return {
    did,
    hpkeKey: await publicKeyBytes(hpke),
    async deposit(deposit, isInvited) {
      if (deposit.validator !== did) throw refusal('SHARE_FOREIGN', 'The share is for another validator.');
      await openDeposit(deposit);
      if (await journal.keep(deposit, isInvited)) return;
      throw refusal('SHARE_TAKEN', 'There is another share for this image and key already. The first one stays.');
    },
    async vouch({ credential: json, files, client, mode }) {
      const credential = readHostCredential(json);
      const digest = hostDigest(json);
      const [key, salt] = [fromBase64Url(client.key), fromBase64Url(client.salt)];
      if (key.length !== pointLength || salt.length !== 32) {
        throw refusal('CLIENT_KEY', `A client’s key has ${pointLength} bytes, its salt 32.`);
      }
      if (clientNonce(key, salt) !== credential.subject.nonce) {
        const words =
          'The credential answers the nonce of another client’s key: a share is sealed only to the key for which the host has answered.';
        throw refusal('CLIENT_KEY', words);
      }
      const fault = await examine(credential, files, now());
      if (fault !== undefined) throw refusal('HOST_REFUSED', fault);
      // Asked again, also after a restart, it says the same again.
      const said = journal.vouched(digest);
      if (said && (mode === 'fan-out') === isFanOut(said.proof, credential)) return answerOf(said);
      const share = await shareFor(credential);
      const id = `urn:uuid:${crypto.randomUUID()}`;
      const part = share && { index: share.index, digest: shareDigest(share), image: share.image };
      const vouched = await vouchForHost(json, identity.signer, {
        id,
        at: seconds(now()),
        mode,
        ...(part && { share: part }),
      });
      const proof = (vouched['proof'] as JsonObject[]).at(-1) as JsonObject;
      const binding = { credential: digest, validator: did };
      const sealed = share && toBase64Url(await sealShare(share, key, binding));
      const { issuer: host, until } = credential;
      const entry = { credential: digest, host, until, proof, ...(sealed === undefined ? {} : { share: sealed }) };
      await journal.write(entry);
      return answerOf(entry);
    },
  };
}

const seconds = (time: number): number => Math.floor(time / 1000) * 1000;

function answerOf({ proof, share }: Vouch): Vouch {
  return share === undefined ? { proof } : { proof, share };
}

/** Whether a proof builds on the host's own alone. */
function isFanOut(proof: JsonObject, { proofs }: HostCredential): boolean {
  const host = proofs.find((each) => each?.['previousProof'] === undefined);
  return host?.['id'] !== undefined && proof['previousProof'] === host['id'];
}

function refusal(code: string, words: string): AuditorError {
  return new AuditorError('usage', code, words);
}
