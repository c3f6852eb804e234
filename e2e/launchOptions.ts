import type { LaunchOptions } from '@playwright/test';
import { ensureBrowser } from './browser.ts';

/** How the tests and the screenshots start the browser. Chromium's sandbox does not work as root, nor in most containers. */
export async function launchOptions(): Promise<LaunchOptions> {
  const boxed = process.getuid?.() === 0 || Boolean(process.env.CI);
  return { executablePath: await ensureBrowser(), args: boxed ? ['--no-sandbox'] : [] };
}
