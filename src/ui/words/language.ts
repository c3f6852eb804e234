/** The languages of the page: English is written first, every other one beside it. */
export const languages = { en: 'English', de: 'Deutsch' } as const;

export type Language = keyof typeof languages;

const keptAt = 'affidavit-language';
let current: Language = 'en';

/** What numbers and dates are written by. English is that of Europe: the day stands before the month. */
const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

export function language(): Language {
  return current;
}

export function locale(): string {
  return locales[current];
}

/** To be called before anything is drawn; what was drawn stays as it is. */
export function setLanguage(chosen: Language): void {
  current = chosen;
}

/** Asked for in the address first (`lang=de`), then chosen here before, then the first that the browser offers and that is known. */
export function chosenLanguage(address: string, kept: string | null, offered: readonly string[]): Language {
  const asked = /[?&#]lang=(\w+)/.exec(address)?.[1];
  const known = [asked, kept, ...offered.map((tag) => tag.split('-')[0]?.toLowerCase())].find(isLanguage);
  return known ?? 'en';
}

function isLanguage(tag: unknown): tag is Language {
  return typeof tag === 'string' && Object.hasOwn(languages, tag);
}

/** The language that this person wants, by address, earlier choice and browser. */
export function wantedLanguage(): Language {
  const { search, hash } = window.location;
  return chosenLanguage(`${search} ${hash}`, storage()?.getItem(keptAt) ?? null, navigator.languages);
}

const savers = new Set<() => Promise<void>>();

/** What has to be put by before the page is loaded again in another language. Gives back what takes it off the list. */
export function beforeLanguageChange(save: () => Promise<void>): () => void {
  savers.add(save);
  return () => void savers.delete(save);
}

/** Puts everything by that would be lost when the page is loaded again. */
export async function putAllBy(): Promise<void> {
  await Promise.allSettled([...savers].map((save) => save()));
}

/** Keeps the choice and loads the page again: words are settled once, before anything is drawn. */
export async function changeLanguage(chosen: Language): Promise<void> {
  storage()?.setItem(keptAt, chosen);
  await putAllBy();
  const hash = window.location.hash.replace(/([?&])lang=\w+&?/, '$1').replace(/[?&]$/, '');
  history.replaceState(null, '', `${window.location.pathname}${hash}`);
  window.location.reload();
}

/** Some browsers refuse it to pages that are opened from a file. */
function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
