import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { attestationScreens } from '../../e2e/attestationScreens.ts';
import { launchOptions } from '../../e2e/launchOptions.ts';
import { preparePlace, screens, type Place, type Screen } from '../../e2e/screens.ts';
import { startLocal } from '../../e2e/startLocal.ts';

/**
 * `npm run screens [-- FOLDER]`: pictures of every screen of the built page, 1280 and 390 pixels wide, light and dark, with a stack running; and
 * the picture of the README. `npm run build` comes first.
 */
const readmePicture = fileURLToPath(new URL('../../public/screenshot.png', import.meta.url));
const widths = [1280, 390] as const;
const schemes = ['light', 'dark'] as const;

async function takeAll(browser: Browser, place: Place, folder: string): Promise<void> {
  for (const scheme of schemes) {
    for (const width of widths) {
      const context = await browser.newContext({
        viewport: { width, height: width === 390 ? 844 : 900 },
        colorScheme: scheme,
        reducedMotion: 'reduce',
        locale: 'en-GB',
        timezoneId: 'UTC',
      });
      const page = await context.newPage();
      for (const screen of [...screens, ...attestationScreens])
        await take(page, screen, place, join(folder, `${screen.name}-${width}-${scheme}.png`));
      if (scheme === 'light' && width === 1280) {
        await chainScreen.open(page, place);
        await page.screenshot({ path: readmePicture });
      }
      await context.close();
    }
  }
}

async function take(page: Page, screen: Screen, place: Place, path: string): Promise<void> {
  await screen.open(page, place);
  await page.screenshot({ path, fullPage: true });
  console.error(path);
}

const chainScreen = screens.find(({ name }) => name === 'chain') as Screen;
const { positionals } = parseArgs({ allowPositionals: true });
const folder = resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0] ?? 'screens');
await mkdir(folder, { recursive: true });
const local = await startLocal();
try {
  const place = await preparePlace(local);
  const browser = await chromium.launch(await launchOptions());
  await takeAll(browser, place, folder);
  await browser.close();
} finally {
  await local.close();
}
