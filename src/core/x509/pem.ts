import { unwrapText } from '../bytes/unwrap.ts';
import { FormatError } from '../verdict/auditorError.ts';

export type PemLabel = 'CERTIFICATE' | 'PUBLIC KEY';

/**
 * The DER of a text that is exactly one PEM block of this label (RFC 7468 §5.1, §13). What the block holds is not looked at.
 * @throws FormatError where it is anything else.
 */
export function parsePem(text: string, label: PemLabel = 'CERTIFICATE'): Uint8Array {
  const begin = `-----BEGIN ${label}-----`;
  const unwrapped = text.trimStart().startsWith(begin) ? unwrapText(text) : undefined;
  if (unwrapped?.encoding === 'pem') return unwrapped.bytes;
  throw new FormatError(
    `PEM: expected one block that begins with "${begin}" and ends with its counterpart, found something else.`,
    0,
  );
}
