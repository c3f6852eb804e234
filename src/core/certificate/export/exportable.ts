import { decodeUtf8 } from '../../bytes/bytes.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import { certificateDigest, parseCertificate, type Certificate } from '../envelope.ts';

/** Longer certificates are not exported: other tools hold such documents in memory several times over. */
export const maximumExported = 16 * 1024 * 1024;

/**
 * The certificate in a file that is to be exported: whole and with its own digest. Whether it holds is not asked; whoever gets the export judges that.
 * @throws AuditorError `usage` EXPORT_CERTIFICATE, EXPORT_LENGTH
 */
export function exportable(file: Uint8Array): Certificate {
  if (file.length > maximumExported) {
    const words = `The certificate has ${file.length} bytes; at most ${maximumExported} are exported. Send the file itself.`;
    throw new AuditorError('usage', 'EXPORT_LENGTH', words);
  }
  try {
    const certificate = parseCertificate(decodeUtf8(file));
    const { digest, ...body } = certificate;
    if (certificateDigest(body) !== digest) throw new FormatError('Its digest is not that of its other fields.', 0);
    return certificate;
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    const words = `This is not a whole certificate: ${cause.message}`;
    throw new AuditorError('usage', 'EXPORT_CERTIFICATE', words, { cause });
  }
}
