import { readContent } from '../../core/kinds/content.ts';
import type { FileBytes } from '../../core/kinds/protocol.ts';

/** The objects of a file that evidence may name: its bytes, and what stands in them where they are text as a whole (hex, base64, PEM). */
export function objectsOfFile({ name, bytes }: FileBytes): readonly Uint8Array[] {
  const content = readContent(name, bytes);
  return content.encoding === 'raw' && !content.wrapped ? [bytes] : [bytes, content.bytes];
}
