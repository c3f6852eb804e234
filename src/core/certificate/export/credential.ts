import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64 } from '../../bytes/base64.ts';
import type { JsonObject } from '../../bytes/json.ts';

/** What the subject's identifier begins with: the certificate itself, as a `data:` URL (RFC 2397), so that it is carried byte for byte and needs no words of our own. */
export const dataPrefix = 'data:application/vnd.affidavit.certificate+json;base64,';

/**
 * A credential of a certificate, without its proof: Verifiable Credentials Data Model 2.0 and its base context alone. Its subject is the certificate; what the issuer says
 * of it is that this is its digest (§5.3). What the certificate says is the certificate's own to prove.
 */
export function credentialOf(certificate: Uint8Array, issuer: string, validFrom: string): JsonObject {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    issuer,
    validFrom,
    credentialSubject: {
      id: `${dataPrefix}${toBase64(certificate)}`,
      mediaType: 'application/vnd.affidavit.certificate+json',
      digestSRI: `sha256-${toBase64(sha256(certificate))}`,
    },
  };
}
