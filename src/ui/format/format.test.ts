import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../words/language.ts';
import { humane, withoutDigests } from './humane.ts';
import { groups, shortened } from './groups.ts';
import { ago, betweenMoments, localMoment, utcMoment } from './moment.ts';
import { count, duration, list, number, rough, size } from './quantity.ts';

const at = Date.UTC(2026, 10, 21, 14, 2, 11);

describe('times', () => {
  it('are said in UTC with the day in words', () => {
    expect(utcMoment(at)).toBe('21 November 2026, 14:02:11 UTC');
  });

  it('say the day once where both moments share it', () => {
    expect(betweenMoments(at, at + 5000)).toBe('between 14:02:11 and 14:02:16 UTC on 21 November 2026');
    expect(betweenMoments(at, at + 86_400_000)).toBe(
      'between 21 November 2026, 14:02:11 UTC and 22 November 2026, 14:02:11 UTC',
    );
  });

  it('name the local day where it differs from the day in UTC', () => {
    expect(localMoment(at, 'Europe/Paris')).toMatch(/^15:02:11 /);
    expect(localMoment(at, 'Pacific/Auckland')).toMatch(/^22 November 2026, 03:02:11 /);
  });

  it('are told relative to now in the largest fitting unit', () => {
    expect(ago(at - 180_000, at)).toBe('3 minutes ago');
    expect(ago(at - 4 * 86_400_000, at)).toBe('4 days ago');
  });
});

describe('sentences', () => {
  it('say times as people do, and leave everything else as it is', () => {
    expect(humane('valid from 2022-11-09T22:51:57Z to 2022-11-10T01:52:00.5Z, k 7')).toBe(
      'valid from 9 November 2022, 22:51:57 UTC to 10 November 2022, 01:52:00 UTC, k 7',
    );
    expect(humane('2022-13-99T99:99:99Z')).toBe('2022-13-99T99:99:99Z');
  });
});

describe('quantities', () => {
  it('agree in number', () => {
    expect(count(1, 'block')).toBe('1 block');
    expect(count(12_480, 'block')).toBe('12,480 blocks');
    expect(count(2, 'leaf')).toBe('2 leaves');
  });

  it('are exact for small files and round for large ones', () => {
    expect(size(4921)).toBe('4,921 bytes');
    expect(size(1_234_567)).toBe('1.23 MB');
    expect(size(96 * 1024 * 1024)).toBe('101 MB');
  });

  it('last about as long as they last', () => {
    expect(duration(0.4)).toBe('about a second');
    expect(duration(40)).toBe('about 40 seconds');
    expect(duration(600)).toBe('about 10 minutes');
  });
});

describe('digests', () => {
  it('stand in groups of four', () => {
    expect(groups('0123456789')).toEqual(['0123', '4567', '89']);
    expect(shortened('ab'.repeat(32))).toBe('abab abab … abab');
  });
});

describe('digests in sentences', () => {
  it('are cut to their ends, with or without 0x; shorter hex stays as it is', () => {
    const digest = `1234${'ab'.repeat(28)}7890`;
    expect(withoutDigests(`it gives ${digest}.`)).toBe('it gives 1234 abab … 7890.');
    expect(withoutDigests(`it gives 0x${digest}.`)).toBe('it gives 0x1234 abab … 7890.');
    expect(withoutDigests(`by 0x${'ab'.repeat(20)}`)).toBe(`by 0x${'ab'.repeat(20)}`);
  });
});

describe('in German', () => {
  afterEach(() => setLanguage('en'));

  it('numbers and times are written as Germans write them, times still in UTC', () => {
    setLanguage('de');
    expect(number(12_480.4)).toBe('12.480');
    expect(rough(1.234)).toBe('1,23');
    expect(utcMoment(at)).toBe('21. November 2026, 14:02:11 UTC');
    expect(localMoment(at, 'Pacific/Auckland')).toMatch(/^22\. November 2026, 03:02:11 /);
    expect(ago(at - 180_000, at)).toBe('vor 3 Minuten');
    expect(list(['a', 'b', 'c'])).toBe('a, b und c');
  });
});
