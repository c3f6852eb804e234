import { expect, it } from 'vitest';
import { markedParts } from './markedParts.ts';

const said = (value: string) => [{ value: 'f' }, { text: ' was called with ' }, { joined: [{ value }] }, { text: '.' }];

it('marks the value in which two sentences part, and nothing else', () => {
  expect(markedParts(said('6'), said('7'))).toEqual([
    { value: 'f' },
    { text: ' was called with ' },
    { value: '6', differs: true },
    { text: '.' },
  ]);
});

it('marks every value where the other sentence is of another kind, or where there is none', () => {
  const all = [
    { value: 'f', differs: true },
    { text: ' was called with ' },
    { value: '6', differs: true },
    { text: '.' },
  ];
  expect(markedParts(said('6'), [{ value: 'x' }])).toEqual(all);
  expect(markedParts(said('6'), undefined)).toEqual(all);
});
