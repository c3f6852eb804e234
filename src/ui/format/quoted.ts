import { fill } from '../../core/verdict/messages.ts';
import { common } from '../words/common.en.ts';

/** A name in the quotation marks of the language. */
export function quoted(text: string): string {
  return fill(common.quoted, { text });
}
