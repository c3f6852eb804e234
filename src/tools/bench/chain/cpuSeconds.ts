import type { Browser } from '@playwright/test';

/** Processor time of a browser's busiest renderer so far, in seconds. Other programs on the machine hardly change it, as they do the clock's. */
export async function cpuSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(({ cpuTime }) => cpuTime));
}
