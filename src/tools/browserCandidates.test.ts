import { describe, expect, it } from 'vitest';
import { browserCandidates } from '../../e2e/browserCandidates.ts';

describe('browserCandidates', () => {
  it('looks in each folder of PATH in turn, where there is one', () => {
    expect(browserCandidates('linux', { PATH: '/a::/b' })).toEqual([
      '/a/google-chrome',
      '/a/google-chrome-stable',
      '/a/chromium',
      '/a/chromium-browser',
      '/a/microsoft-edge',
      '/b/google-chrome',
      '/b/google-chrome-stable',
      '/b/chromium',
      '/b/chromium-browser',
      '/b/microsoft-edge',
    ]);
    expect(browserCandidates('linux', {})).toEqual([]);
    expect(browserCandidates('freebsd', { PATH: '/a' })).toHaveLength(5);
  });

  it('looks inside the application bundles of macOS, whatever PATH says', () => {
    expect(browserCandidates('darwin', { PATH: '/a' })).toEqual([
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]);
  });

  it('looks under each program folder of Windows that is set', () => {
    const environment = { PROGRAMFILES: 'C:\\Program Files', 'PROGRAMFILES(X86)': '', LOCALAPPDATA: 'D:\\Local' };
    expect(browserCandidates('win32', environment)).toEqual([
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'D:\\Local\\Google\\Chrome\\Application\\chrome.exe',
    ]);
  });
});
