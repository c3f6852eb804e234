import { sha3Hex } from '../../core/bytes/hash.ts';
import { unwrapText } from '../../core/bytes/unwrap.ts';

/** More is not gone through: the page's own thread does it, for one click. */
const longestText = 8 * 1024 * 1024;
const mostValues = 50_000;

/** The object with this digest (SHA3-256, hex) that stands in a JSON document as hex, base64 or PEM. */
export function encodedObject(text: string, digest: string): Uint8Array | undefined {
  if (text.length > longestText) return undefined;
  const left = [parsed(text)];
  for (let seen = 0; left.length > 0 && seen < mostValues; seen += 1) {
    const value = left.pop();
    if (typeof value === 'string') {
      const bytes = unwrapText(value)?.bytes;
      if (bytes && sha3Hex(bytes) === digest) return bytes;
    } else if (typeof value === 'object' && value !== null) {
      for (const member of Object.values(value)) left.push(member);
    }
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
