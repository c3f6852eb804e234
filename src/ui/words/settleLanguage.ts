import { setLanguage, wantedLanguage } from './language.ts';
import { speak } from './words.ts';
import { tell } from './told.ts';

/**
 * Settles the language before anything is drawn, and marks the page with it. English is there already, so nothing is awaited for it; another language is
 * a part of the page that is loaded only where it is wanted. Where that fails the page stays English: words are no reason to show nothing.
 */
export function settleLanguage(): Promise<void> | undefined {
  const wanted = wantedLanguage();
  if (wanted === 'en') return undefined;
  return loadGerman().then(
    () => {
      setLanguage(wanted);
      document.documentElement.lang = wanted;
    },
    () => undefined,
  );
}

async function loadGerman(): Promise<void> {
  const [page, core] = await Promise.all([import('./german.ts'), import('../../core/kinds/german.ts')]);
  speak(page.german);
  tell(core.german);
}
