import type { Companion } from '../../core/kinds/companion.ts';
import type { Kind } from '../../core/kinds/kind.ts';
import type { Translation } from '../../core/kinds/translation.ts';
import type { Messages } from '../../core/verdict/messages.ts';

let translation: Translation | undefined;
const merged = new WeakMap<Messages, Messages>();

/** From here on the core's words are told in this language; in English where there is none. */
export function tell(other: Translation | undefined): void {
  translation = other;
}

/** The words of a kind's checks. */
export function toldMessages(kind: Pick<Kind, 'name' | 'messages'>): Messages {
  return over(kind.messages, translation?.kinds[kind.name]?.messages);
}

/** What people call a kind. */
export function toldTitle(kind: Pick<Kind, 'name' | 'title'>): string {
  return translation?.kinds[kind.name]?.title ?? kind.title;
}

/** What a companion is called in a sentence. */
export function toldCompanion(companion: Pick<Companion, 'name' | 'title'>): string {
  return translation?.companions[companion.name] ?? companion.title;
}

/** Words of checks that are shown without a kind: `name` is that of the constant without `Messages`. */
export function told(name: string, english: Messages): Messages {
  return over(english, translation?.messages[name]);
}

function over(english: Messages, other: Messages | undefined): Messages {
  if (!other) return english;
  const known = merged.get(english) ?? { ...english, ...other };
  merged.set(english, known);
  return known;
}
