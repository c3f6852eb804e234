import { fromBase64Url } from '../../core/bytes/base64.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import type { Count } from '../../core/host/countValidators.ts';
import { hostDigest, readHostCredential, type HostCredential } from '../../core/host/hostCredential.ts';
import { shareDigest, type KeyShare } from '../../core/host/release/shares.ts';
import { isObject, text } from '../../core/vc/credential.ts';
import { AuditorError, FormatError } from '../../core/verdict/auditorError.ts';
import { askService } from './askService.ts';
import type { HostFile } from './hostAnswer.ts';
import { openShare } from './shareEnvelope.ts';

export interface AskedValidator {
  readonly did: string;
  readonly url: string;
}

/** The client's one-time key and the salt with which the nonce commits to it. */
export interface ClientKey {
  readonly pair: CryptoKeyPair;
  /** base64url. */
  readonly key: string;
  readonly salt: string;
}

/** What became of one validator. `junk`: what it answered is no proof that counts, and was left out. */
export interface Vouched {
  readonly did: string;
  readonly state: 'vouched' | 'refused' | 'junk' | 'silent' | 'not-needed';
  /** In words; empty where it vouched. */
  readonly reason: string;
  readonly share: KeyShare | undefined;
}

export interface CollectOptions {
  readonly credential: JsonObject;
  readonly files: readonly HostFile[];
  readonly client: ClientKey;
  readonly validators: readonly AskedValidator[];
  /** How many proofs, with their shares where there is an image, are enough. */
  readonly threshold: number;
  readonly mode: 'fan-out' | 'chain';
  /** Milliseconds that a validator has. */
  readonly patience: number;
  /** Who counts in a credential. */
  readonly count: (credential: HostCredential) => Promise<Count>;
  readonly signal?: AbortSignal;
  readonly onVouched?: (vouched: Vouched) => void;
}

export interface Collected {
  /** With the proofs that count. */
  readonly credential: JsonObject;
  readonly vouched: readonly Vouched[];
}

/**
 * Asks the validators for their proofs: all at once (`fan-out`), until enough have come, so that slow and dead ones hold up nothing; or one after the other (`chain`), each over what those before it said.
 * Every answer is judged by itself before it is taken.
 */
export async function collectVouches(options: CollectOptions): Promise<Collected> {
  const { validators, threshold, mode, onVouched } = options;
  let { credential } = options;
  const found = new Map<string, Vouched>();
  const enough = new AbortController();
  const tell = (vouched: Vouched): void => {
    found.set(vouched.did, vouched);
    onVouched?.(vouched);
  };
  const ask = async (validator: AskedValidator): Promise<void> => {
    const answer = await askOne(credential, validator, options, enough.signal);
    options.signal?.throwIfAborted();
    if (enough.signal.aborted) return;
    const { proof, ...vouched } = answer;
    if (proof) credential = { ...credential, proof: [...proofsOf(credential), proof] };
    tell(vouched);
    const count = [...found.values()].filter(({ state }) => state === 'vouched').length;
    if (count >= threshold) enough.abort();
  };
  if (mode === 'fan-out') {
    await Promise.all(validators.map(ask));
  } else {
    for (const validator of validators) if (!enough.signal.aborted) await ask(validator);
  }
  for (const { did } of validators) {
    if (!found.has(did)) tell({ did, state: 'not-needed', reason: 'Enough others were faster.', share: undefined });
  }
  return { credential, vouched: [...found.values()] };
}

async function askOne(
  credential: JsonObject,
  { did, url }: AskedValidator,
  { files, client, mode, patience, count, signal }: CollectOptions,
  enough: AbortSignal,
): Promise<Vouched & { readonly proof: JsonObject | undefined }> {
  const none = (state: Vouched['state'], reason: string) => ({
    did,
    state,
    reason,
    share: undefined,
    proof: undefined,
  });
  const late = AbortSignal.timeout(patience);
  try {
    const body = { credential, files, client: { key: client.key, salt: client.salt }, mode };
    const signals = AbortSignal.any([late, enough, ...(signal ? [signal] : [])]);
    const { proof, share } = await askService(`${url}/vouch`, body, signals);
    if (!isObject(proof)) return none('junk', 'Its answer holds no proof.');
    const judged = await countedAlone(credential, proof, did, count);
    if (judged !== undefined) return none('junk', judged);
    const image = readHostCredential(credential).subject.image;
    if (!image) return { did, state: 'vouched', reason: '', share: undefined, proof };
    if (typeof share !== 'string') return none('refused', 'It vouches, but has no share of this image’s key.');
    const binding = { credential: hostDigest(credential), validator: did };
    const opened = await openShare(fromBase64Url(share), client.pair, binding, image.digest);
    const named = isObject(proof['share']) ? text(proof['share'], 'digest') : undefined;
    if (!opened || shareDigest(opened) !== named) {
      return none('junk', 'Its share is not the one that its proof names, or was sealed for somebody else.');
    }
    return { did, state: 'vouched', reason: '', share: opened, proof };
  } catch (error) {
    signal?.throwIfAborted();
    if (enough.aborted) return none('not-needed', 'Enough others were faster.');
    if (late.aborted) return none('silent', `It has not answered within ${patience / 1000} seconds.`);
    if (error instanceof FormatError) return none('junk', error.message);
    if (!(error instanceof AuditorError)) throw error;
    return none(error.code === 'REFUSED' ? 'refused' : 'silent', error.message);
  }
}

/** Whether a proof counts where it is added to those that are there; else why not. */
async function countedAlone(
  credential: JsonObject,
  proof: JsonObject,
  did: string,
  count: CollectOptions['count'],
): Promise<string | undefined> {
  const proofs = [...proofsOf(credential), proof];
  const { proofs: judged } = await count(readHostCredential({ ...credential, proof: proofs }));
  const last = judged.at(-1);
  if (last?.state === 'counted' && last.did === did) return undefined;
  return last?.state === 'counted' ? 'It answers with the proof of another validator.' : (last?.reason ?? 'No proof.');
}

function proofsOf({ proof }: JsonObject): JsonObject[] {
  return (Array.isArray(proof) ? proof : [proof]).filter(isObject);
}
