import { describe, expect, it } from 'vitest';
import { all, fail, pass, unknown } from '../../core/verdict/check.ts';
import { unknownWhy, whyOf } from './headline.ts';

const messages = {
  A_ONE: {
    title: 'The claim',
    pass: 'It is so.',
    fail: 'Digest {digest} is wrong since 2026-11-21T14:02:11Z.',
    unknown: 'Nobody knows.',
  },
};

describe('why a verdict is what it is', () => {
  it('is the sentence of the check that decided, with times and digests for reading', () => {
    const checks = [all('B_ONE', [pass('A_ONE'), fail('A_ONE', { params: { digest: 'ab'.repeat(32) } })])];
    expect(whyOf({ checks, verdict: 'rejected' }, messages)).toBe(
      'Digest abab abab … abab is wrong since 21 November 2026, 14:02:11 UTC.',
    );
  });

  it('is the open check where nothing failed', () => {
    expect(whyOf({ checks: [pass('A_ONE'), unknown('A_ONE')], verdict: 'undetermined' }, messages)).toBe(
      'Nobody knows.',
    );
  });

  it('counts the checks that hold', () => {
    expect(whyOf({ checks: [pass('A_ONE'), pass('A_ONE')], verdict: 'verified' }, messages)).toBe('All 2 checks hold.');
    expect(whyOf({ checks: [pass('A_ONE')], verdict: 'verified' }, messages)).toBe(
      'The one check that was made holds.',
    );
  });

  it('says so where nothing could be checked', () => {
    expect(whyOf({ checks: [], verdict: 'undetermined' }, messages)).toMatch(/Nothing/);
  });
});

const kinds = [
  { name: 'certificate', title: 'Certificate' },
  { name: 'token', title: 'Token' },
];

describe('what an unknown file begins with', () => {
  it('is shown as text where it is text, else as bytes', () => {
    expect(unknownWhy(new TextEncoder().encode('%PDF-1.7 and more'), kinds)).toContain('the text “%PDF-1.7 and more”');
    expect(unknownWhy(new Uint8Array([0, 255, 16]), kinds)).toContain('the bytes 00 ff 10');
    expect(unknownWhy(new Uint8Array([0, 255, 16]), kinds)).toContain('Certificate, Token');
  });
});
