import { join } from 'node:path';
import { builtPage } from './builtPage.ts';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';

// No services stand behind this host: the overview asks for them once.
test.use({ locale: 'de-DE', allowedErrors: [/local\.json/] });

test('the page speaks German to who reads German, and keeps files when the language is changed', async ({
  page,
  site,
}) => {
  await page.goto(`${site.url}/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Ist das wirklich geschehen/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.locator('meta[name=description]')).toHaveAttribute('content', /^Belege für Ausführung prüfen/);
  const text = await page.locator('#root').innerText();
  expect(text.match(/\b(the|and|what|nobody|which)\b/gi), 'English words on the overview').toBeNull();
  await expectAccessible(page);

  await page.goto(`${site.url}/check.html`);
  await expect(page).toHaveTitle('Eine Datei prüfen · Affidavit');
  await page.locator('input[type=file]').setInputFiles(join(builtPage(), 'samples', 'attestation.nitro.bin'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Es hält nicht stand\.$/);
  await expect(page.getByText(/Beurteilt zum Zeitpunkt \d+\. \p{L}+ \d{4}, [\d:]+ UTC/u).first()).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/It does not hold\.$/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');

  // What was pinned for this session, and the time, stay through another change.
  await page.locator('input[type=file]').setInputFiles(join(builtPage(), 'samples', 'trust.json'));
  await page.getByRole('button', { name: 'Use it for this session' }).click();
  await expect(page.getByText(/^For this session also under/)).toBeVisible();
  await page.getByRole('radio', { name: 'now', exact: true }).check();
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await expect(page.getByText(/^Für diese Sitzung auch nach dem/)).toBeVisible();
  await expect(page.getByRole('radio', { name: 'jetzt', exact: true })).toBeChecked();
});
