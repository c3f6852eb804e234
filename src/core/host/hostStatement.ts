import { decodeCbor, encodeCbor } from '../bytes/cbor.ts';
import { sha3 } from '../bytes/hash.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { hostSubjectDigest, type HostSubject } from './hostCredential.ts';

/** What the statement of a host's environment begins with (DESIGN §5: whatever of ours goes into a `user_data` has its own). */
export const hostStatementDomain = 'affidavit/host/1';

/** The `user_data` of the environment's attestation document: deterministic CBOR of `["affidavit/host/1", digest of the subject: bstr32]`. */
export function encodeHostStatement(subject: HostSubject): Uint8Array<ArrayBuffer> {
  return encodeCbor([hostStatementDomain, hostSubjectDigest(subject)]);
}

/** H of the statement: what a TPM's quote has as its nonce (`extraData`), and what stands first in 64 bytes of report data. */
export function hostStatementDigest(subject: HostSubject): Uint8Array {
  return sha3(encodeHostStatement(subject));
}

/** What stands in 64 bytes of report data (SEV-SNP, SGX, TDX): H of the statement, and zeros. */
export function hostReportData(subject: HostSubject): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(64);
  data.set(hostStatementDigest(subject));
  return data;
}

/** The digest of the subject that a statement holds. @throws FormatError */
export function parseHostStatement(bytes: Uint8Array): Uint8Array {
  const value = decodeCbor(bytes, { maximumLength: 128, maximumDepth: 1, maximumItems: 4 });
  const [domain, digest, ...rest] = Array.isArray(value) ? value : [];
  if (domain !== hostStatementDomain || !(digest instanceof Uint8Array) || digest.length !== 32 || rest.length > 0) {
    throw new FormatError(`Statement of a host: expected "${hostStatementDomain}" and 32 bytes.`, 0);
  }
  return digest;
}
