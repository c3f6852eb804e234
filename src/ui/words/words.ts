/** What a language other than English says, by the name under which the English words are registered. */
export type Dictionary = Readonly<Record<string, object>>;

const registered = new Map<string, object>();
let spoken: Dictionary | undefined;

/**
 * Registers English words, and gives them back: in English, or in the language that is spoken. Whoever holds them, or a part of them, need not know:
 * another language is laid into the same objects, before the first picture or when the words are loaded, whichever is later.
 */
export function words<const T extends object>(name: string, english: T): T {
  registered.set(name, english);
  const other = spoken?.[name];
  if (other) lay(english, other);
  return english;
}

/** From here on, all words are those of this dictionary; where it has none they stay English. */
export function speak(dictionary: Dictionary): void {
  spoken = dictionary;
  for (const [name, english] of registered) {
    const other = dictionary[name];
    if (other) lay(english, other);
  }
}

/** Everything of `from` into `target`, at every depth; objects of `target` stay the same objects. */
export function lay(target: object, from: object): void {
  const into = target as Record<string, unknown>;
  for (const [key, value] of Object.entries(from) as [string, unknown][]) {
    const own = into[key];
    if (isObject(own) && isObject(value)) lay(own, value);
    else into[key] = value;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The shape of words in another language: the same keys, lists of the same length, functions of the same parameters. */
export type Translated<T> = T extends string
  ? string
  : T extends (...values: infer P) => string
    ? (...values: P) => string
    : { readonly [K in keyof T]: Translated<T[K]> };
