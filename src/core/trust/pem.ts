import { unwrapText } from '../bytes/unwrap.ts';

export type PemLabel = 'CERTIFICATE' | 'PUBLIC KEY';

/** The bytes of a text that is exactly one PEM block of this label (RFC 7468 §2), else undefined. Never throws. */
export function pemBytes(text: string, label: PemLabel): Uint8Array | undefined {
  if (!text.trimStart().startsWith(`-----BEGIN ${label}-----`)) return undefined;
  const unwrapped = unwrapText(text);
  return unwrapped?.encoding === 'pem' ? unwrapped.bytes : undefined;
}
