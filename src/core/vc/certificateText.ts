import { utf8 } from '../bytes/bytes.ts';
import { decodeText } from '../bytes/unwrap.ts';
import type { Content } from '../kinds/content.ts';
import { isPdf, mayHaveAttachments, readAttachments } from '../pdf/attachments.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** A certificate's JSON: the file itself, or attached to a PDF. */
export interface CertificateText {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly attached: boolean;
}

/** What a file holds of certificates, or why a PDF that seems to hold one cannot be read. */
export type CertificateFile = CertificateText | { readonly fault: FormatError } | undefined;

const known = new WeakMap<Uint8Array, { readonly file: CertificateFile }>();

/** Looks once: three kinds ask for each file. */
export function certificateFile({ bytes, text, encoding }: Content): CertificateFile {
  if (text !== undefined && encoding === 'raw') {
    return /^\s*\{/.test(text) ? { text, bytes, attached: false } : undefined;
  }
  if (!isPdf(bytes)) return undefined;
  const before = known.get(bytes);
  if (before) return before.file;
  const file = mayHaveAttachments(bytes) ? attached(bytes) : undefined;
  known.set(bytes, { file });
  return file;
}

function attached(bytes: Uint8Array): CertificateFile {
  try {
    for (const attachment of readAttachments(bytes)) {
      const text = decodeText(attachment.bytes);
      if (text !== undefined && /^\s*[[{]/.test(text) && /"proof"|"signature"/.test(text)) {
        const inner = alone(text);
        return { text: inner, bytes: inner === text ? attachment.bytes : utf8(inner), attached: true };
      }
    }
    return undefined;
  } catch (error) {
    if (error instanceof FormatError) return { fault: error };
    throw error;
  }
}

/** Some attach a list of one. */
function alone(text: string): string {
  return /^\s*\[\s*\{/.test(text) && /\}\s*\]\s*$/.test(text) ? text.trim().slice(1, -1) : text;
}
