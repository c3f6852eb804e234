import type { Content } from '../kinds/content.ts';

/** The text of a file without the white space around it, which editors and shells add; undefined where the file is no text. */
export function tokenText({ text }: Content): string | undefined {
  return text?.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
}
