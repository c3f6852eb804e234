import { readContent } from '../../core/kinds/content.ts';
import { lookOf, type Look } from '../../core/kinds/look.ts';
import { fill } from '../../core/verdict/messages.ts';
import type { ReadFile } from '../files/readFiles.ts';
import { quoted } from '../format/quoted.ts';
import { lookWords } from '../words/looks.en.ts';

/** Longer files are told by how they begin: what a page does in one go is short. */
const longest = 1024 * 1024;
const known = new WeakMap<Uint8Array, Look>();

/** What a file looks like that no kind knows; looked at once. */
export function lookAt({ name, bytes }: Pick<ReadFile, 'name' | 'bytes'>): Look {
  const before = known.get(bytes);
  if (before) return before;
  let end = Math.min(longest, bytes.length);
  // Not within a character of UTF-8.
  while (end < bytes.length && end > longest - 4 && ((bytes[end] as number) & 0xc0) === 0x80) end -= 1;
  const look = lookOf(readContent(name, bytes.subarray(0, end)), bytes.length);
  known.set(bytes, look);
  return look;
}

/** The same in a sentence. */
export function lookSentence(file: Pick<ReadFile, 'name' | 'bytes'>): string {
  const { name, params } = lookAt(file);
  return `${quoted(file.name)} ${fill(lookWords[name].is, params)}`;
}
