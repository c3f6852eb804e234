/** How much is shown: one line, what it says and how it turned out, or everything with the tree of checks. */
export type Mode = 'badge' | 'card' | 'full';

export type Theme = 'light' | 'dark' | 'auto';

export type Language = 'en' | 'de';

export function modeOf(value: string | null): Mode {
  return value === 'badge' || value === 'full' ? value : 'card';
}

export function themeOf(value: string | null): Theme {
  return value === 'light' || value === 'dark' ? value : 'auto';
}

/** The first of these tags that is known, else English. */
export function languageOf(tags: readonly (string | null | undefined)[]): Language {
  for (const tag of tags) {
    const known = tag?.toLowerCase().split('-')[0];
    if (known === 'en' || known === 'de') return known;
  }
  return 'en';
}

/** An address on the web, resolved against the page's; nothing where it is none, or of another scheme. */
export function webAddress(text: string | null, base: string): URL | undefined {
  if (text === null || text.trim() === '' || !URL.canParse(text, base)) return undefined;
  const address = new URL(text, base);
  return /^(https?|blob|data):$/.test(address.protocol) ? address : undefined;
}
