import { unwrapText } from '../bytes/unwrap.ts';
import type { Content } from '../kinds/content.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { Certificate } from './certificate.ts';
import { derTag } from './der.ts';
import { maximumCertificateLength, parseCertificate } from './parse.ts';

/** Of one file: a chain has a handful of certificates. */
const maximumCertificates = 64;

/** Of one text: that many certificates of AMD's size in PEM, and some. */
const maximumTextLength = 1024 * 1024;

/**
 * The certificates of a file that is given beside evidence: one in DER, or PEM blocks in any order with anything between them. What is no certificate
 * is passed by, since it may be meant for something else. Never throws, bounded in number and length.
 */
export function certificatesIn({ bytes, encoding, text }: Pick<Content, 'bytes' | 'encoding' | 'text'>): Certificate[] {
  return encoding === 'raw' && text !== undefined ? certificatesInText(text) : orNothing(bytes);
}

/** The same for a text: PEM blocks, or one certificate in hex or base64. */
export function certificatesInText(text: string): Certificate[] {
  if (text.length > maximumTextLength) return [];
  if (!text.includes('-----BEGIN ')) return orNothing(unwrapText(text)?.bytes ?? new Uint8Array());
  const found: Certificate[] = [];
  let at = 0;
  while (found.length < maximumCertificates) {
    const start = text.indexOf('-----BEGIN CERTIFICATE-----', at);
    const stop = start < 0 ? -1 : text.indexOf(endLine, start);
    if (stop < 0) break;
    at = stop + endLine.length;
    // Inside JSON, as clouds hand out AMD's certificates, the ends of lines are written `\\n`.
    const block = text.slice(start, at).replaceAll('\\r', '').replaceAll('\\n', '\n');
    found.push(...orNothing(unwrapText(block)?.bytes ?? new Uint8Array()));
  }
  return found;
}

const endLine = '-----END CERTIFICATE-----';

function orNothing(der: Uint8Array): Certificate[] {
  if (der.length > maximumCertificateLength || der[0] !== derTag.sequence) return [];
  try {
    return [parseCertificate(der)];
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}
