import { words } from './words.ts';

/** How times and lengths of time stand in a sentence. */
export const format = words('format', {
  utc: '{moment} UTC',
  sameDay: 'between {from} and {to} UTC on {day}',
  otherDay: 'between {from} and {to}',
  aboutSecond: 'about a second',
  about: 'about {time}',
} as const);
