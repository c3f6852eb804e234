import { locale } from '../words/language.ts';

/** Something that is made once for each locale, such as a formatter of `Intl`, in the language that is spoken now. */
export function perLocale<T>(make: (locale: string) => T): () => T {
  const made = new Map<string, T>();
  return () => {
    const tag = locale();
    const known = made.get(tag) ?? make(tag);
    made.set(tag, known);
    return known;
  };
}
