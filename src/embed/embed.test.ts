import { describe, expect, it } from 'vitest';
import { exactOrigin, isFrameMessage, isPageMessage } from './frame/protocol.ts';
import { languageOf, modeOf, themeOf, webAddress } from './settings.ts';
import { checkPage, siteFolder } from './site.ts';
import { german } from './words.de.ts';
import { words } from './words.en.ts';
import { german as demoGerman } from './demo/words.de.ts';
import { words as demoEnglish } from './demo/words.en.ts';

const report = { file: 'a', kind: 'jwt', verdict: 'verified', at: null, timeSource: 'now', labels: [], checks: [] };
const message = (more: object) => ({ affidavit: 'embed/1', ...more });

describe('messages between a frame and its page', () => {
  it('are taken in their form alone', () => {
    expect(isFrameMessage(message({ type: 'ready' }))).toBe(true);
    expect(isFrameMessage(message({ type: 'size', height: 320.5 }))).toBe(true);
    expect(isFrameMessage(message({ type: 'status', status: 'rejected' }))).toBe(true);
    expect(isFrameMessage(message({ type: 'verdict', report }))).toBe(true);
    expect(isFrameMessage(message({ type: 'error', error: { kind: 'source', code: 'X', message: 'y' } }))).toBe(true);
    expect(isPageMessage(message({ type: 'check' }))).toBe(true);
    expect(isPageMessage(message({ type: 'look', theme: 'dark', lang: 'de' }))).toBe(true);
  });

  it.each([
    ['another version', { affidavit: 'embed/2', type: 'ready' }],
    ['no object', 'ready'],
    ['nothing', null],
    ['a height that is none', message({ type: 'size', height: '1' })],
    ['an endless height', message({ type: 'size', height: Infinity })],
    ['a negative height', message({ type: 'size', height: -1 })],
    ['a status of its own', message({ type: 'status', status: 'green' })],
    ['a verdict of its own', message({ type: 'verdict', report: { ...report, verdict: 'good' } })],
    ['a report without checks', message({ type: 'verdict', report: { ...report, checks: undefined } })],
    ['an error of no kind', message({ type: 'error', error: { kind: 'other', code: 'X', message: 'y' } })],
    ['what the page says', message({ type: 'check' })],
  ])('refuse %s', (_what, value) => {
    expect(isFrameMessage(value)).toBe(false);
  });

  it('of the page refuse what the frame says', () => {
    expect(isPageMessage(message({ type: 'ready' }))).toBe(false);
    expect(isPageMessage(message({ type: 'look', theme: 'dark' }))).toBe(false);
    expect(isPageMessage({ type: 'check' })).toBe(false);
  });

  it.each([
    '*',
    '/',
    'null',
    '',
    'https://a.example/',
    'https://a.example/path',
    'file://',
    'data:,x',
    'HTTPS://a.example',
  ])('go to no origin like “%s”', (text) => {
    expect(exactOrigin(text)).toBeUndefined();
  });

  it('go to an exact origin', () => {
    expect(exactOrigin('https://a.example:8443')).toBe('https://a.example:8443');
    expect(exactOrigin(null)).toBeUndefined();
  });
});

describe('what a page sets', () => {
  it('falls back where it is not known', () => {
    expect([modeOf('badge'), modeOf('full'), modeOf('FULL'), modeOf(null)]).toEqual(['badge', 'full', 'card', 'card']);
    expect([themeOf('dark'), themeOf('sepia'), themeOf(null)]).toEqual(['dark', 'auto', 'auto']);
    expect(languageOf([undefined, 'fr', 'de-CH', 'en'])).toBe('de');
    expect(languageOf(['', null, 'ja'])).toBe('en');
  });

  it('are addresses of the web, and no program', () => {
    expect(webAddress('a.json', 'https://p.example/x/')?.href).toBe('https://p.example/x/a.json');
    expect(webAddress('javascript:alert(1)', 'https://p.example/')).toBeUndefined();
    expect(webAddress('file:///etc/passwd', 'https://p.example/')).toBeUndefined();
    expect(webAddress(' ', 'https://p.example/')).toBeUndefined();
    expect(webAddress('https://[', 'https://p.example/')).toBeUndefined();
  });
});

describe('where the build lies', () => {
  it('is found from the program, in the build, in its frame and in development', () => {
    expect(siteFolder('https://s.example/deep/embed.js').href).toBe('https://s.example/deep/');
    expect(siteFolder('https://s.example/deep/assets/part-x.js').href).toBe('https://s.example/deep/');
    expect(siteFolder('http://localhost:5173/src/embed/main.ts').href).toBe('http://localhost:5173/');
  });

  it('leads to the check page for the same evidence', () => {
    const page = checkPage(new URL('https://s.example/deep/'), new URL('https://p.example/a.json?b=c&d#e'));
    expect(page.href).toBe('https://s.example/deep/#/check?src=https%3A%2F%2Fp.example%2Fa.json%3Fb%3Dc%26d%23e');
    expect(checkPage(new URL('https://s.example/deep/'), undefined).href).toBe('https://s.example/deep/#/check');
  });
});

describe('the words', () => {
  const names = (template: string): string[] => (template.match(/\{\w+\}/g) ?? []).toSorted();

  it('take the same values in German', () => {
    for (const [english, other] of [
      [words, german],
      [demoEnglish, demoGerman],
    ] as const) {
      for (const [key, text] of Object.entries(english)) {
        if (typeof text !== 'string') continue;
        const told = (other as unknown as Record<string, string>)[key] ?? '';
        expect(names(told), key).toEqual(names(text));
      }
    }
  });
});
