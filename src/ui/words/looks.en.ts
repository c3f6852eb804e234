import { lookWords as english } from '../../core/kinds/lookWords.en.ts';
import { words } from './words.ts';

/** What a file of no known kind looks like, and what to do about it. */
export const lookWords: Record<keyof typeof english, { is: string; todo: string }> = words(
  'lookWords',
  structuredClone(english),
);
