import { posix, win32 } from 'node:path';

const macBrowsers = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const commands = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];

/** Where a browser that a person has installed would lie, best first. Pure: whether one exists is for the caller to see. */
export function browserCandidates(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  if (platform === 'darwin') {
    return macBrowsers.map((name) => posix.join('/Applications', `${name}.app`, 'Contents/MacOS', name));
  }
  if (platform === 'win32') {
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .map((name) => environment[name])
      .filter((folder) => folder !== undefined && folder !== '')
      .map((folder) => win32.join(folder as string, 'Google/Chrome/Application/chrome.exe'));
  }
  const folders = (environment.PATH ?? '').split(posix.delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => commands.map((command) => posix.join(folder, command)));
}
