import { utf8 } from '../bytes/bytes.ts';
import { sha3, sha3Hex } from '../bytes/hash.ts';
import { canonicalJson } from '../bytes/jcs.ts';
import { parseJson, type JsonObject, type JsonValue } from '../bytes/json.ts';
import { isObject, texts } from '../vc/credential.ts';
import { hostShape } from './hostShape.ts';
import { moment } from './hostValues.ts';

/** The two contexts of a host's credential: that of the data model, and one under which every other word has an address of its own. */
export const hostContexts: readonly JsonValue[] = [
  'https://www.w3.org/ns/credentials/v2',
  { '@vocab': 'urn:affidavit:host#' },
];
export const hostType = 'HostAttestation';

/** Files are not longer than this. */
export const maximumHostLength = 1024 * 1024;
/** Anyone can add proofs: more than validators have are read, so that others' junk does not push theirs out. */
export const maximumHostProofs = 256;

export type TpmStatus = 'present' | 'absent' | 'software';
export type BootAlgorithm = 'sha256' | 'sha384' | 'sha512';

/** What a host says of its environment. Digests of files are SHA3-256, lower-case hex. */
export interface HostSubject {
  /** DID. */
  readonly id: string;
  readonly hypervisor: { readonly name: string; readonly version: string };
  readonly tpm: { readonly status: TpmStatus; readonly quote?: string };
  /** `digest`: with `algorithm` over the registers 0 to 7 of that bank, ascending, as a TPM makes the digest of a quote over them. */
  readonly measuredBoot: { readonly algorithm: BootAlgorithm; readonly digest: string; readonly log?: string };
  readonly runtime: {
    readonly memoryMiB: number;
    readonly vcpus: number;
    readonly network: readonly string[];
    readonly devices: readonly string[];
  };
  readonly evidence: readonly { readonly kind: string; readonly digest: string }[];
  /** The client's 32 bytes, base64url. */
  readonly nonce: string;
  /** The encrypted image that is to run on it, and the commitment to its key. */
  readonly image?: { readonly digest: string; readonly keyCommitment: string };
  /** `hostDigest` of its credential before this one. */
  readonly previous?: string;
}

/** A host's credential as its file holds it. */
export interface HostCredential {
  readonly id: string;
  /** The host's DID. */
  readonly issuer: string;
  /** Milliseconds since 1970; `until` is the first moment at which it does not hold any more. */
  readonly from: number;
  readonly until: number;
  readonly subject: HostSubject;
  /** All of it, as parsed, with the proofs. */
  readonly json: JsonObject;
  /** Entries of `proof` in their order; null for one that is no object (a stranger's). */
  readonly proofs: readonly (JsonObject | null)[];
}

/** What `makeHostCredential` needs. */
export interface HostCredentialParts {
  /** `urn:uuid:…`, made by the caller. */
  readonly id: string;
  /** Milliseconds since 1970, whole seconds. */
  readonly from: number;
  readonly until: number;
  readonly subject: HostSubject;
  readonly status?: { readonly list: string; readonly index: number };
}

/** A host's credential without proofs; the host signs it first (`signHost`). @throws FormatError where a part is not of the form that readers demand */
export function makeHostCredential({ id, from, until, subject, status }: HostCredentialParts): JsonObject {
  const json = {
    '@context': structuredClone(hostContexts) as JsonValue[],
    id,
    type: ['VerifiableCredential', hostType],
    issuer: subject.id,
    validFrom: moment(from),
    validUntil: moment(until),
    credentialSubject: structuredClone(subject) as unknown as JsonValue,
    ...(status
      ? {
          credentialStatus: {
            id: `${status.list}#${status.index}`,
            type: 'BitstringStatusListEntry',
            statusPurpose: 'revocation',
            statusListIndex: String(status.index),
            statusListCredential: status.list,
          },
        }
      : {}),
  };
  readHostCredential(json);
  return json;
}

/** @throws FormatError for anything but a host's credential: no member that nobody has described, no value of another form */
export function parseHostCredential(text: string): HostCredential {
  const limits = { maximumDepth: 16, maximumLength: maximumHostLength, maximumMembers: 64, maximumValues: 20_000 };
  return readHostCredential(parseJson(text, limits));
}

/** The same of a value that was parsed already. @throws FormatError */
export function readHostCredential(json: JsonValue): HostCredential {
  const { id, issuer, from, until, proofs } = hostShape(json, hostContexts, hostType, maximumHostProofs);
  const subject = (json as JsonObject)['credentialSubject'] as unknown as HostSubject;
  return { id, issuer, from, until, subject, json: json as JsonObject, proofs };
}

/** Whether a credential is a host's: then `core/host` judges it. */
export function isHostCredential(json: JsonValue): boolean {
  if (!isObject(json)) return false;
  return texts(json['type']).includes(hostType);
}

/** Digest of a credential, which stays the same whatever proofs are added: SHA3-256 of the JCS of it without `proof`, hex. `previous` and the registry name credentials so. */
export function hostDigest(json: JsonObject): string {
  const { proof: _, ...bare } = json;
  return sha3Hex(utf8(canonicalJson(bare)));
}

/**
 * What documents of the environment bind: SHA3-256 of the JCS of the subject without what is made after it, the digests of these very documents (`evidence`, and `quote` of `tpm`).
 */
export function hostSubjectDigest(subject: HostSubject): Uint8Array {
  const { evidence: _, tpm, ...rest } = subject;
  const { quote: __, ...tpmRest } = tpm;
  return sha3(utf8(canonicalJson({ ...rest, tpm: tpmRest } as unknown as JsonValue)));
}
