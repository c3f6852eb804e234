/** At which time the person wants everything on the page to be judged. */
export type TimeChoice =
  /** Evidence at its own signed time; what carries none, at the present. */
  | { readonly by: 'evidence' }
  /** The present of the moment in which it was chosen, milliseconds since 1970. */
  | { readonly by: 'now'; readonly at: number }
  /** A time of the person's own; undefined while it is not written whole. */
  | { readonly by: 'own'; readonly at: number | undefined };

/** The time that checks are given, milliseconds since 1970; undefined where the evidence's own counts. */
export function givenTimeOf(choice: TimeChoice): number | undefined {
  return choice.by === 'evidence' ? undefined : choice.at;
}
