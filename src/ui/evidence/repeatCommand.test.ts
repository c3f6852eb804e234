import { describe, expect, it } from 'vitest';
import { compareHex } from './compareHex.ts';
import { shortNames } from './RegisterTable.tsx';
import { repeatCommand, shellFile } from './repeatCommand.ts';

const at = '2025-08-19T10:00:00Z';

describe('the command that repeats a check', () => {
  it('gives no time where the evidence has its own, and the very time where one was given or taken', () => {
    const call = { file: 'a.bin', trust: undefined, companions: [] };
    const command = (timeSource: 'signed' | 'given' | 'now') => repeatCommand({ ...call, report: { at, timeSource } });
    expect(command('signed')).toBe('npm run -s check -- a.bin');
    expect(command('given')).toBe(`npm run -s check -- --at ${at} a.bin`);
    expect(command('now')).toBe(`npm run -s check -- --at ${at} a.bin`);
    expect(repeatCommand({ ...call, report: { at: null, timeSource: 'now' } })).toBe('npm run -s check -- a.bin');
  });

  it('names the trust file and every file beside', () => {
    const report = { at, timeSource: 'signed' } as const;
    expect(
      repeatCommand({ file: 'r.bin', report, trust: 'trust.json', companions: ['vcek.der', 'my chain.pem'] }),
    ).toBe("npm run -s check -- --trust trust.json --with vcek.der --with 'my chain.pem' r.bin");
  });

  it('makes one word of any file name, and an option of none', () => {
    expect(shellFile('a b.bin')).toBe("'a b.bin'");
    expect(shellFile("it's.bin")).toBe(String.raw`'it'\''s.bin'`);
    expect(shellFile('$(reboot).bin')).toBe("'$(reboot).bin'");
    expect(shellFile('-x')).toBe('./-x');
    expect(shellFile('--json')).toBe('./--json');
    expect(shellFile('a\nb')).toBe("'a\nb'");
  });
});

describe('two measurements beside each other', () => {
  it('are cut where they begin and end to differ', () => {
    const { different, count, first, measured, pinned } = compareHex('0123abcd', '0123abff');
    expect([different, count, first]).toEqual([2, 8, 7]);
    expect(measured).toEqual([
      [{ text: '0123', differs: false }],
      [
        { text: 'ab', differs: false },
        { text: 'cd', differs: true },
      ],
    ]);
    expect(pinned[1]?.[1]).toEqual({ text: 'ff', differs: true });
  });

  it('differ in what only one of them has', () => {
    expect(compareHex('ab', 'abcd')).toMatchObject({ different: 2, count: 4, first: 3 });
    expect(compareHex('', 'abcd')).toMatchObject({ different: 4, first: 1, measured: [] });
  });

  it('say the word of several registers once', () => {
    expect(shortNames(['PCR 5', 'PCR 6', 'PCR 10'])).toEqual(['PCR 5', '6', '10']);
    expect(shortNames(['MRTD', 'RTMR 0'])).toEqual(['MRTD', 'RTMR 0']);
    expect(shortNames([])).toEqual([]);
  });
});
