import { expect, test } from 'vitest';
import { gapText } from './gap.ts';

test.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [59, '59 seconds'],
  [61, '1 minute 1 second'],
  [7200, '2 hours'],
  [90_061, '1 day 1 hour'],
])('%i seconds are said as %s', (seconds, text) => {
  expect(gapText(seconds)).toBe(text);
});
