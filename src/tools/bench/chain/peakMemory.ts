import { readFile } from 'node:fs/promises';
import type { Browser } from '@playwright/test';

/**
 * The most that the largest renderer of a browser has held, in bytes. The process tells it itself on Linux, workers and buffers included, which
 * no measurement from within a page does; elsewhere it is not known.
 */
export async function peakMemory(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const peaks = await Promise.all(processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => peakOf(id)));
  const known = peaks.filter((peak) => peak !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/** Of this or another process. */
export async function peakOf(process: number | 'self'): Promise<number | undefined> {
  const status = await readFile(`/proc/${process}/status`, 'utf8').catch(() => '');
  const [, kibibytes] = /^VmHWM:\s*([0-9]+) kB$/m.exec(status) ?? [];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}
