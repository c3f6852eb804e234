import { changeLanguage, language, languages, type Language } from '../words/language.ts';

/** The other languages, each by its own name in its own words. */
export function LanguageSwitch({ className }: { readonly className: string | undefined }) {
  const others = (Object.keys(languages) as Language[]).filter((each) => each !== language());
  return others.map((each) => (
    <button key={each} type="button" lang={each} className={className} onClick={() => void changeLanguage(each)}>
      <span>{languages[each]}</span>
    </button>
  ));
}
