/** At which time the person wants everything on the page to be judged. */
export type TimeChoice =
  /** Evidence at its own signed time; what carries none, at the present. */
  | { readonly by: 'evidence' }
  /** The present of the moment in which it was chosen, milliseconds since 1970. */
  | { readonly by: 'now'; readonly at: number }
  /** A time of the person's own; undefined while it is not written whole. */
  | { readonly by: 'own'; readonly at: number | undefined };

/** What a check is told of time, milliseconds since 1970. A given time that is the present is called the present, so both are then one. */
export function timesOf(choice: TimeChoice, clock: number): { readonly now: number; readonly givenTime?: number } {
  if (choice.by === 'evidence' || choice.at === undefined) return { now: clock };
  return { now: choice.by === 'now' ? choice.at : clock, givenTime: choice.at };
}
