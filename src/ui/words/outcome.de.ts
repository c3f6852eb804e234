import type { statusWords as statusEnglish, verdictWords as verdictEnglish } from './outcome.en.ts';
import type { Translated } from './words.ts';

export const verdictWords: Translated<typeof verdictEnglish> = {
  verified: 'Hält stand',
  rejected: 'Hält nicht stand',
  undetermined: 'Lässt sich nicht sagen',
};

export const statusWords: Translated<typeof statusEnglish> = {
  pass: verdictWords.verified,
  fail: verdictWords.rejected,
  unknown: verdictWords.undetermined,
};
