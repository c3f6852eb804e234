import type { JsonObject } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { isObject, text } from '../vc/credential.ts';
import { addJcsProof, type ProofSigner } from '../vc/proof/jcsProof.ts';
import { readHostCredential } from './hostCredential.ts';
import { moment } from './hostValues.ts';

/** What the maker of a proof gives beside its key: an identifier (`urn:uuid:…`, random) and the time, milliseconds since 1970. */
export interface HostProofParts {
  readonly id: string;
  readonly at: number;
}

/** The part of an image's key that a validator releases with its proof; digests as hex of SHA3-256. */
export interface SharePart {
  /** From 1, as its dealer numbered it. */
  readonly index: number;
  readonly digest: string;
  /** Digest of the encrypted image that it is for. */
  readonly image: string;
}

/** The host's credential with the host's own proof: it is over the credential alone, and all others build on it. @throws FormatError */
export function signHost(credential: JsonObject, signer: ProofSigner, { id, at }: HostProofParts): Promise<JsonObject> {
  readHostCredential(credential);
  return addJcsProof(credential, signer, { id, created: moment(at) });
}

/**
 * The credential with one more proof by a validator. `fan-out`: it covers the host's proof alone, so that no validator waits for another. `chain`: it covers the last
 * proof too, and so says that it saw all before it.
 * @throws FormatError where the host has not signed it
 */
export function vouchForHost(
  credential: JsonObject,
  signer: ProofSigner,
  {
    id,
    at,
    mode = 'fan-out',
    share,
  }: HostProofParts & { readonly mode?: 'fan-out' | 'chain'; readonly share?: SharePart },
): Promise<JsonObject> {
  const { proofs, issuer } = readHostCredential(credential);
  const isHosts = (proof: JsonObject): boolean =>
    proof['previousProof'] === undefined && (text(proof, 'verificationMethod') ?? '').split('#', 1)[0] === issuer;
  const host = proofs.filter(isObject).find(isHosts);
  const base = mode === 'chain' ? proofs.filter(isObject).at(-1) : host;
  const name = base && text(base, 'id');
  if (!host || name === undefined) throw new FormatError('Credential of a host: expected the host’s own proof.', 0);
  const more: JsonObject = share ? { share: { index: share.index, digest: share.digest, image: share.image } } : {};
  return addJcsProof(credential, signer, { id, created: moment(at), previous: [name], more });
}
