import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { builtPage } from './builtPage.ts';
import { accessibilityFaults, expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { openCheck } from './screens.ts';

// No services stand behind this host: the overview asks for them once.
test.use({ allowedErrors: [/local\.json/], contextOptions: { reducedMotion: 'reduce' } });

const sample = (name: string): string => join(builtPage(), 'samples', name);

/** How far things have moved since the page was opened, without those that followed something the person did. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const shown = window as unknown as { shifts: number };
    shown.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) shown.shifts += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { shifts: number }).shifts);
}

/** The verdict over a sample, under the trust file that comes with it. */
async function judge(page: Page, address: string, ...names: readonly string[]): Promise<void> {
  await openCheck(page, address, readFileSync(sample('trust.json'), 'utf8'));
  await page.locator('input[type=file]').first().setInputFiles(names.map(sample));
  // A drop is the person's own doing; what moves after it is the page's.
  await page.getByRole('article').first().waitFor();
  await page.evaluate(() => Object.assign(window, { shifts: 0 }));
  await page.getByRole('heading', { level: 1, name: /(holds|not hold)\.$/ }).waitFor();
}

test('the first visit shows a certificate judged in place, and with one digit changed', async ({ page, site }) => {
  const shifts = await watchShifts(page);
  await page.goto(`${site.url}/`);
  const live = page.getByRole('region', { name: 'See it work' });
  await expect(live.getByText('Holds', { exact: true })).toBeVisible();
  expect(await shifts(), 'how far things moved').toBeLessThan(0.05);
  await live.getByRole('button', { name: 'Change one digit in it' }).click();
  await expect(live.getByText('Does not hold', { exact: true })).toBeVisible();
  await expect(page.getByTestId('announcer')).toHaveText(/^Does not hold\./);
  await live.getByRole('button', { name: 'Put the digit back' }).click();
  await expect(live.getByText('Holds', { exact: true })).toBeVisible();
  await expectAccessible(page);
});

test('a verdict is read, taken along, compared and printed by keys alone', async ({ page, site, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const shifts = await watchShifts(page);
  await judge(page, site.url, 'tampered.affidavit.json');
  // The decisive check is open and has the focus; the verdict is told once.
  await expect(page.locator('summary[data-decisive]')).toBeFocused();
  await expect(page.getByTestId('announcer')).toHaveText(/^tampered\.affidavit\.json: Does not hold\./);
  expect(await shifts(), 'how far things moved').toBeLessThan(0.05);

  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keys' });
  await expect(list.getByRole('row', { name: /Copy the report as text/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();

  await page.keyboard.press('c');
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toMatch(/^Does not hold: tampered\.affidavit\.json\n/);
  const text = await copied();
  expect(text).toContain('[CERTIFICATE_TIMES]');
  expect(text).toContain('npm run -s check -- --trust trust.json tampered.affidavit.json');

  await page.keyboard.press('e');
  await expect(page.locator('summary[data-code="CHAIN_GENESIS"]')).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.locator('summary[data-code="CHAIN_GENESIS"]')).toBeHidden();

  await page.keyboard.press('m');
  await expect(page.getByRole('heading', { name: 'Compare with another verdict' })).toBeFocused();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a trust file' }).press('Enter'),
  ]);
  await chooser.setFiles(sample('trace.trust.json'));
  const compared = page.getByRole('region', { name: 'Two verdicts, side by side' });
  await expect(compared.getByText('They come to different verdicts.')).toBeVisible();
  await expect(compared.getByRole('row', { name: /^Judged under differs/ })).toContainText('“trace.trust.json” alone');
  await expect(compared.getByRole('row', { name: /^Nothing in the file was changed/ })).toBeHidden();
  await expect(
    compared.getByRole('row', { name: /^It begins with the pinned block zero turned out otherwise/ }),
  ).toBeVisible();
  await compared.getByRole('checkbox').check();
  await expect(compared.getByRole('row', { name: /^Nothing in the file was changed same/ })).toBeVisible();
  await expectAccessible(page);

  // With the report that the page itself hands out there is no difference.
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the report' }).click(),
  ]);
  await compared.getByRole('button', { name: 'Compare with something else' }).click();
  const [again] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a report' }).click(),
  ]);
  await again.setFiles(await download.path());
  await expect(page.getByText('Both come to the same, check by check.')).toBeVisible();

  // On paper: a certificate, then every check, and no byte of the evidence.
  const pages = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type \/Page\b/g);
  expect(pages?.length).toBeGreaterThanOrEqual(3);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('Certificate', { exact: true })).toBeVisible();
  await expect(page.getByRole('img', { name: /Address of the check page/ })).toBeVisible();
  await expect(page.locator('summary[data-code="CHAIN_GENESIS"]')).toBeVisible();
  await expect(page.getByText('7b 22 61 66')).toHaveCount(0);
});

test('every direction, width and palette of colours is served', async ({ page, site }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await judge(page, site.url, 'chain.affidavit.json', 'attestation.nitro.bin');
  expect(await accessibilityFaults(page), 'faults with forced colours').toEqual([]);
  await page.emulateMedia({ forcedColors: 'none' });
  for (const width of [390, 1280, 3840]) {
    await page.setViewportSize({ width, height: 1000 });
    for (const direction of ['ltr', 'rtl']) {
      const found = await page.evaluate((dir) => {
        document.documentElement.dir = dir;
        const { scrollWidth, clientWidth } = document.documentElement;
        const lines = [...document.querySelectorAll('main p')].map((line) => {
          const { fontSize } = getComputedStyle(line);
          return line.getBoundingClientRect().width / Number.parseFloat(fontSize);
        });
        return { over: scrollWidth - clientWidth, longest: Math.max(...lines) };
      }, direction);
      expect(found.over, `wider than a screen of ${width} pixels, ${direction}`).toBeLessThanOrEqual(0);
      // About 0.5 em a character.
      expect(found.longest, `characters of a line, ${width} pixels, ${direction}`).toBeLessThan(80);
    }
  }
});
