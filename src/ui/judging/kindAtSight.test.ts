import { describe, expect, it } from 'vitest';
import { kindAtSight } from './kindAtSight.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const long = 'x'.repeat(5 * 1024 * 1024);

describe('the kind of a file at first sight', () => {
  it('is known from its content, not from its name', () => {
    expect(kindAtSight('x.bin', bytes('{"affidavit":"trust/1"}'))?.name).toBe('trust');
    expect(kindAtSight('trust.json', bytes('hello'))).toBeUndefined();
  });

  it('of a long document is known by either of its ends', () => {
    expect(kindAtSight('a', bytes(`{"affidavit":"certificate/1","proof":"${long}"}`))?.name).toBe('certificate');
    expect(kindAtSight('a', bytes(`{"a":"${long}","affidavit":"certificate/1"}`))?.name).toBe('certificate');
    expect(kindAtSight('a', bytes(long))).toBeUndefined();
  });

  it('throws on no bytes whatever', () => {
    for (const length of [0, 1, 31, 5000]) {
      expect(() =>
        kindAtSight(
          'a',
          Uint8Array.from({ length }, (_, index) => (index * 197) & 255),
        ),
      ).not.toThrow();
    }
  });
});
