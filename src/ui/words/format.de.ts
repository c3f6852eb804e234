import type { format as formatEnglish } from './format.en.ts';
import type { Translated } from './words.ts';

export const format: Translated<typeof formatEnglish> = {
  utc: '{moment} UTC',
  sameDay: 'zwischen {from} und {to} UTC am {day}',
  otherDay: 'zwischen {from} und {to}',
  aboutSecond: 'etwa eine Sekunde',
  about: 'etwa {time}',
};
