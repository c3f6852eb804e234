import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionOf, fill, sentence, type Messages } from './messages.ts';

describe('fill', () => {
  it('puts every parameter in its place, as often as it stands there', () => {
    expect(fill('{a} of {b}, {a}', { a: 3, b: true })).toBe('3 of true, 3');
    expect(fill('{a}', { a: null })).toBe('null');
  });

  it('leaves a missing one visible', () => {
    expect(fill('k = {k}', {})).toBe('k = {k}');
    expect(fill('k = {k}')).toBe('k = {k}');
  });

  it('takes a value literally, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(fill('<{a}>', { a: value })).toBe(`<${value}>`);
      }),
    );
    expect(fill('{a} {b}', { a: '{b}', b: 1 })).toBe('{b} 1');
  });

  it('lets no value turn around the sentence that it stands in', () => {
    for (const sign of '\u061c\u200e\u200f\u202a\u202e\u2066\u2069') {
      expect(fill('{a} does not hold', { a: `x${sign}y` })).toBe('x\uFFFDy does not hold');
    }
  });

  it('does not take inherited members for parameters', () => {
    expect(fill('{constructor} {toString}', {})).toBe('{constructor} {toString}');
  });
});

describe('sentence', () => {
  const messages: Messages = { A_B: { title: 'Title {n}', fail: 'Failed at {n}' } };

  it("says the outcome's own words, else the title", () => {
    expect(sentence({ code: 'A_B', status: 'fail', params: { n: 7 } }, messages)).toBe('Failed at 7');
    expect(sentence({ code: 'A_B', status: 'unknown', params: { n: 7 } }, messages)).toBe('Title 7');
  });

  it('says the title of a check that was never made, where its words would need values', () => {
    const words: Messages = { A_B: { title: 'Title', unknown: 'Number {n} is not there', fail: 'Failed at {n}' } };
    expect(sentence({ code: 'A_B', status: 'unknown' }, words)).toBe('Title');
    expect(sentence({ code: 'A_B', status: 'unknown', params: { n: 7 } }, words)).toBe('Number 7 is not there');
    expect(sentence({ code: 'A_B', status: 'fail' }, words)).toBe('Failed at {n}');
  });

  it('shows the code where there are no words', () => {
    expect(sentence({ code: 'A_C', status: 'pass' }, messages)).toBe('A_C');
  });
});

describe('actionOf', () => {
  const messages: Messages = { A_B: { title: 'Title', action: 'Fetch {file}' }, A_C: { title: 'Title' } };

  it('says what to do about what does not hold, where it has the values for it', () => {
    expect(actionOf({ code: 'A_B', status: 'unknown', params: { file: 'x' } }, messages)).toBe('Fetch x');
    expect(actionOf({ code: 'A_B', status: 'fail', params: { file: 'x' } }, messages)).toBe('Fetch x');
    expect(actionOf({ code: 'A_B', status: 'pass', params: { file: 'x' } }, messages)).toBeUndefined();
    expect(actionOf({ code: 'A_B', status: 'unknown' }, messages)).toBeUndefined();
    expect(actionOf({ code: 'A_C', status: 'fail' }, messages)).toBeUndefined();
    expect(actionOf({ code: 'A_D', status: 'fail' }, messages)).toBeUndefined();
  });
});
