import { expect, test } from 'vitest';
import { gainOfTwo, type RoundOfTwo } from './gainOfTwo.ts';

/** One does 100 in 10 ms; two do so much each in theirs, with a processor for all of it or for a part. */
function round(each: number, share = 1): RoundOfTwo {
  const one = { amount: 100, elapsed: 10, processor: 10 };
  const two = { amount: each, elapsed: 10, processor: 10 * share };
  return { one, two: [two, two] };
}

test('the gain of two is the middle one of the rounds, with the least and the greatest', () => {
  const rounds = [round(90), round(95), round(70)];
  expect(gainOfTwo(rounds, 'elapsed')).toEqual({ median: 1.8, least: 1.4, greatest: 1.9 });
  const beside = [round(90), round(100), round(70)];
  expect(gainOfTwo(rounds, 'elapsed', beside)).toEqual({ median: 1, least: 0.95, greatest: 1 });
});

test('a gain that cannot be is none: neither by itself nor as what another is measured by', () => {
  const rounds = [round(90), round(90), round(90)];
  const impossible = [round(149), round(90), round(90)];
  expect(gainOfTwo(impossible, 'elapsed')).toBeUndefined();
  expect(gainOfTwo(impossible, 'processor')).toBeUndefined();
  expect(gainOfTwo(rounds, 'elapsed', impossible)).toBeUndefined();
  expect(gainOfTwo([...impossible, round(80)], 'elapsed')).toMatchObject({ median: 1.8, greatest: 1.8 });
});

test('by the clock, rounds in which others had the processor do not count; by processor time they do', () => {
  const rounds = [round(45, 0.5), round(45, 0.5), round(90), round(90)];
  expect(gainOfTwo(rounds, 'elapsed')).toBeUndefined();
  expect(gainOfTwo(rounds, 'processor')).toMatchObject({ median: 1.8 });
  expect(gainOfTwo([...rounds, round(90)], 'elapsed')).toMatchObject({ least: 1.8 });
});
