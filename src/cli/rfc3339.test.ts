import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRfc3339 } from './rfc3339.ts';

describe('a time on the command line', () => {
  it('is read as every moment writes itself', () => {
    const moments = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, (moment) => {
        expect(parseRfc3339(moment.toISOString())).toBe(moment.getTime());
      }),
    );
  });

  it.each([
    ['2026-08-19T10:00:00Z', '2026-08-19T10:00:00.000Z'],
    ['2026-08-19t10:00:00z', '2026-08-19T10:00:00.000Z'],
    ['2026-08-19T12:30:00+02:30', '2026-08-19T10:00:00.000Z'],
    ['2026-08-19T00:00:00-10:00', '2026-08-19T10:00:00.000Z'],
    ['2024-02-29T00:00:00.123456789Z', '2024-02-29T00:00:00.123Z'],
    ['2026-01-01T00:00:00-00:00', '2026-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, moment) => {
    expect(new Date(parseRfc3339(text)).toISOString()).toBe(moment);
  });

  it.each([
    '',
    'now',
    '2026-08-19',
    '2026-08-19T10:00Z',
    '2026-08-19T10:00:00',
    '2026-08-19 10:00:00Z',
    '2026-8-19T10:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-08-19T24:00:00Z',
    '2026-08-19T23:60:00Z',
    '2016-12-31T23:59:60Z',
    '2026-08-19T10:00:00+24:00',
    '2026-08-19T10:00:00+0200',
    '2026-08-19T10:00:00.Z',
    ' 2026-08-19T10:00:00Z',
    '2026-08-19T10:00:00Z\n',
    '1787133600',
    '+002026-08-19T10:00:00Z',
  ])('%j is refused with what was expected', (text) => {
    expect(() => parseRfc3339(text)).toThrow(/RFC 3339/);
  });
});
