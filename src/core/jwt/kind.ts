import { fromBase64Url } from '../bytes/base64.ts';
import { FormatError } from '../verdict/auditorError.ts';
import type { Content } from '../kinds/content.ts';
import type { Kind } from '../kinds/kind.ts';
import { isJsonSerialization } from './jsonSerialization.ts';
import { jwtMessages } from './messages.en.ts';
import { tokenText } from './tokenText.ts';

/** Recognition looks at no more than this: enough for a token that is too long to say so. */
const recognisedLength = 1024 * 1024;

/**
 * The whole file is three parts with dots between them, the first of which opens like a JSON object with `alg`. Wrong padding, a wrong alphabet
 * and spare bits, two, four or five parts (unsigned, encrypted) and the JSON serialisation are let through, so that such a file is called a bad
 * token and not an unknown file.
 */
function recognise(content: Content): boolean {
  if (content.text === undefined || content.text.length > recognisedLength) return false;
  const text = tokenText(content) ?? '';
  if (isJsonSerialization(text)) return true;
  const match = /^([\w+/=-]+)(\.[\w+/=-]*){1,4}$/.exec(text);
  const header = match?.[1]?.replace(/=+$/, '').replace(/\+/g, '-').replace(/\//g, '_') ?? '';
  try {
    // Whole groups of four characters have no spare bits; the end of the object that is cut off is not needed.
    const bytes = fromBase64Url(header.slice(0, header.length - (header.length % 4)));
    return /^\s*\{.*"alg"\s*:/s.test(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

/** A JSON Web Token on its own. */
export const jwtKind: Kind = {
  name: 'jwt',
  title: 'JSON Web Token',
  recognise,
  messages: jwtMessages,
  load: async () => (await import('./check.ts')).jwtChecker,
};
