import type { Language } from './settings.ts';
import { german } from './words.de.ts';
import { words as english, type EmbedWords } from './words.en.ts';

export function wordsOf(language: Language): EmbedWords {
  return language === 'de' ? german : english;
}
