import { unwrapText } from '../bytes/unwrap.ts';
import type { Content } from '../kinds/content.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { Certificate } from './certificate.ts';
import { DerReader, derTag } from './der.ts';
import { maximumCertificateLength, parseCertificate } from './parse.ts';

/** A file that opens with a certificate: DER, one PEM block, or several. */
export function isCertificate(content: Content): boolean {
  return firstCertificate(content) !== undefined;
}

/** The first certificate of a file that opens with one, else undefined. Never throws. */
export function firstCertificate({ bytes, encoding, text }: Content): Certificate | undefined {
  const block = encoding === 'raw' && text !== undefined ? firstBlock(text, 'CERTIFICATE') : undefined;
  const der = block ?? bytes;
  if (der.length > maximumCertificateLength || der[0] !== derTag.sequence) return undefined;
  return orUndefined(() => parseCertificate(der));
}

/** A file that opens like a CRL (RFC 5280 §5.1), DER or PEM: a list to be signed, in which a time comes behind algorithm and issuer. Never throws. */
export function isRevocationList({ bytes, text }: Content): boolean {
  if (text !== undefined && /^\s*-----BEGIN X509 CRL-----/.test(text)) return true;
  if (bytes[0] !== derTag.sequence) return false;
  const found = orUndefined(() => {
    const outer = new DerReader(bytes).enter('a revocation list', derTag.sequence);
    const list = outer.enter('what is signed', derTag.sequence);
    if (list.next(derTag.integer)) list.read('the version');
    list.read('the algorithm', derTag.sequence);
    list.read('the issuer', derTag.sequence);
    return list.next(derTag.utcTime) || list.next(derTag.generalizedTime);
  });
  return found === true;
}

/** The DER of the block that a text of several PEM blocks opens with. */
function firstBlock(text: string, label: string): Uint8Array | undefined {
  const begin = `-----BEGIN ${label}-----`;
  const end = `-----END ${label}-----`;
  const start = text.search(/\S/);
  if (start < 0 || !text.startsWith(begin, start)) return undefined;
  const stop = text.indexOf(end, start);
  return stop < 0 ? undefined : unwrapText(text.slice(start, stop + end.length))?.bytes;
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
