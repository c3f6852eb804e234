import type { Messages } from '../verdict/messages.ts';

/**
 * What the core says in a language other than English. Where a code or a name is missing, English is said. English itself needs none: it stands beside
 * what it is about.
 */
export interface Translation {
  /** By the name of the kind: what people call it, and the words of all its checks. */
  readonly kinds: Readonly<Record<string, { readonly title: string; readonly messages: Messages }>>;
  /** Words that are used without a kind, by the name of their constant without `Messages`: `chain`, `task`. */
  readonly messages: Readonly<Record<string, Messages>>;
  /** By the name of the companion, as it stands in a sentence. */
  readonly companions: Readonly<Record<string, string>>;
}
