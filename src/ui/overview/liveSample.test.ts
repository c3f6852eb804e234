import { describe, expect, it } from 'vitest';
import { changeOneDigit } from './liveSample.ts';

describe('the sample with one digit changed', () => {
  const text = `{"claim":{"hash":"${'a'.repeat(64)}","height":3}}`;

  it('differs from it in one place, which is a digit of the claimed record', () => {
    const changed = changeOneDigit(text) ?? '';
    expect(changed).toHaveLength(text.length);
    expect([...text].flatMap((character, index) => (character === changed[index] ? [] : [index]))).toEqual([
      text.indexOf('aaaa'),
    ]);
    expect(changeOneDigit(changed)).toBe(text);
  });

  it('is none where no record is claimed', () => {
    expect(changeOneDigit('{"claim":{"hash":"x"}}')).toBeUndefined();
  });
});
