import type { Page } from '@playwright/test';
import { untilQuiet } from './untilQuiet.ts';

/** How a screen is looked at otherwise than it comes. */
export interface Dress {
  readonly rtl: boolean;
  readonly german: boolean;
}

/** Turns the page that is open from right to left, or into German by the switch at its foot, which loads it again. */
export async function dress(page: Page, { rtl, german }: Dress): Promise<void> {
  if (german) await speak(page, 'Deutsch');
  if (rtl) await page.evaluate(() => void (document.documentElement.dir = 'rtl'));
}

/** Takes everything back, so that the next screen is found by its English words. */
export async function undress(page: Page, { rtl, german }: Dress): Promise<void> {
  if (rtl) await page.evaluate(() => document.documentElement.removeAttribute('dir'));
  if (german) await speak(page, 'English');
}

async function speak(page: Page, name: string): Promise<void> {
  const other = page.getByRole('button', { name, exact: true });
  if (!(await other.isVisible())) return;
  await Promise.all([page.waitForEvent('load'), other.click()]);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await untilQuiet(page);
}
