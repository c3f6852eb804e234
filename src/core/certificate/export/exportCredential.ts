import { canonicalJson } from '../../bytes/jcs.ts';
import { addJcsProof } from '../../vc/proof/jcsProof.ts';
import { credentialOf } from './credential.ts';
import { exportable } from './exportable.ts';
import type { Exporter } from './exporter.ts';

/**
 * The certificate as a signed credential (`ecdsa-jcs-2019`), as text. Nothing is lost: the file can be had back as it was.
 * @param created RFC 3339, by the exporter's clock; the certificate's own times are not touched by it
 * @param id `urn:uuid:…` of the proof
 * @throws AuditorError `usage` EXPORT_CERTIFICATE, EXPORT_LENGTH
 */
export async function exportCredential(
  certificate: Uint8Array,
  { did, method, sign }: Exporter,
  { created, id }: { readonly created: string; readonly id: string },
): Promise<string> {
  exportable(certificate);
  const signed = await addJcsProof(
    credentialOf(certificate, did, created),
    { method, curve: 'P-256', sign },
    { created, id },
  );
  return canonicalJson(signed);
}
