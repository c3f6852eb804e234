import { CborReader } from '../../bytes/cborReader.ts';
import type { Content } from '../../kinds/content.ts';
import type { Kind } from '../../kinds/kind.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { nitroMessages } from './messages.en.ts';
import { maximumDocumentLength } from './parse.ts';

/** Names of fields with their CBOR heads: one of them stands in every document, whatever else is wrong with it. */
const marks = ['\x69module_id', '\x68cabundle', '\x6dnitrotpm_pcrs'];

/**
 * An array, tagged or not, that opens with a byte string and holds a field name of the payload. Broken documents (cut short, a wrong tag, an element
 * too many) are meant to be known as what they are. Our own structures open with a version number, so they are not taken for one.
 */
function recognise({ bytes }: Content): boolean {
  const head = bytes.subarray(0, maximumDocumentLength);
  try {
    const reader = new CborReader(head, { maximumDepth: 1 });
    if (reader.peekType() === 'tag') reader.readTag();
    reader.readArrayHeader({ indefinite: true });
    if (reader.peekType() !== 'bytes') return false;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
  const text = new TextDecoder('windows-1252').decode(head);
  return marks.some((mark) => text.includes(mark));
}

/** An AWS Nitro attestation document on its own. */
export const nitroKind: Kind = {
  name: 'nitro',
  title: 'AWS Nitro attestation document',
  recognise,
  messages: nitroMessages,
  load: async () => (await import('./check.ts')).nitroChecker,
};
