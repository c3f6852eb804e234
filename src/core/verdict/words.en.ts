import type { Status, Verdict } from './status.ts';

/** The verdict as people read it, on every screen and in every terminal (DESIGN §7). */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  verified: 'Holds',
  rejected: 'Does not hold',
  undetermined: 'Cannot tell',
};

/** The same of one check. */
export const statusWords: Readonly<Record<Status, string>> = {
  pass: verdictWords.verified,
  fail: verdictWords.rejected,
  unknown: verdictWords.undetermined,
};
