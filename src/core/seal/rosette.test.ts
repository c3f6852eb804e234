import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rosette } from './rosette.ts';

const digest = fc
  .array(fc.integer({ min: 0, max: 255 }), { minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));

describe('the seal', () => {
  it('is the same for the same digest and shows every digit', () => {
    fc.assert(
      fc.property(digest, fc.integer({ min: 0, max: 63 }), (hex, position) => {
        expect(rosette(hex)).toEqual(rosette(hex));
        const other =
          hex.slice(0, position) +
          ((parseInt(hex[position] ?? '0', 16) + 1) % 16).toString(16) +
          hex.slice(position + 1);
        expect(rosette(other).ticks).not.toBe(rosette(hex).ticks);
      }),
      { numRuns: 200 },
    );
  });

  it('stays inside its box for any digest', () => {
    fc.assert(
      fc.property(digest, (hex) => {
        const numbers = Object.values(rosette(hex)).flatMap((path: string) =>
          (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number),
        );
        expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...numbers)).toBeLessThanOrEqual(1000);
        expect(numbers.some(Number.isNaN)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses what is not a digest', () => {
    expect(() => rosette('AB'.repeat(32))).toThrow(RangeError);
    expect(() => rosette('ab'.repeat(31))).toThrow(RangeError);
  });

  it('differs visibly in its bands between unlike digests', () => {
    const first = rosette('00'.repeat(32));
    const second = rosette('9f'.repeat(32));
    expect(first.outerBand).not.toBe(second.outerBand);
    expect(first.star).not.toBe(second.star);
  });
});
