import { german } from './words.de.ts';
import { words as english, type Words } from './words.en.ts';

/** What the page is written in, and by what numbers and dates are. English is that of Europe: the day stands before the month. */
interface Language {
  readonly tag: string;
  readonly locale: string;
  readonly words: Words;
}

const languages: readonly Language[] = [
  { tag: 'en', locale: 'en-GB', words: english },
  { tag: 'de', locale: 'de-DE', words: german },
];

let current = languages[0] as Language;

/** The first that the browser offers and that is known. To be called before anything is drawn. */
export function chooseLanguage(offered: readonly string[]): string {
  for (const tag of offered) {
    const known = languages.find((each) => each.tag === tag.split('-')[0]?.toLowerCase());
    if (known) {
      current = known;
      break;
    }
  }
  return current.tag;
}

export function locale(): string {
  return current.locale;
}

export function words(): Words {
  return current.words;
}
