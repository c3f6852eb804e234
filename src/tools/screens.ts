import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from '@playwright/test';
import { attestationScreens } from '../../e2e/attestationScreens.ts';
import { builtPage } from '../../e2e/builtPage.ts';
import { launchOptions } from '../../e2e/launchOptions.ts';
import { openMoreScreens, type ScreenElsewhere } from '../../e2e/moreScreens.ts';
import { preparePlace, screens, type Place } from '../../e2e/screens.ts';
import { startLocal } from '../../e2e/startLocal.ts';
import { tooWide } from '../../e2e/tooWide.ts';
import { fillTemplate } from '../core/certificate/html/page.ts';
import { utf8 } from '../core/bytes/bytes.ts';
import { toolArguments } from './house/toolArguments.ts';
import { dress, undress } from './screens/dress.ts';
import { shiftsOfLoading, toldShifts, watchShifts, type Shift } from './screens/layoutShifts.ts';
import { palettePng } from './screens/palettePng.ts';
import { socialPage } from './screens/socialPage.ts';

/**
 * `npm run screens [-- FOLDER [NAME …]]`: pictures of every screen of the built page, or of those that are named, 1280 and 390 pixels wide, light and dark,
 * with everything running; and, where none is named, the pictures of the README and the one for links. `npm run build` comes first.
 *
 * `--shifts` measures instead by how much each screen moves while it loads; more than 0.05 is a fault. `--rtl`, `--forced` and `--german` dress each screen
 * otherwise before its picture is taken, `--width N` and `--scheme light` choose sizes and colours (as often as wanted).
 */
const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
/** Of all movements while a screen loads (cumulative layout shift). */
const shiftLimit = 0.05;
/** By the name of the screen: where the README's picture of it goes. */
const pictures: Readonly<Record<string, string>> = {
  chain: 'public/screenshot.png',
  'check-holds': 'public/pictures/check.png',
  transaction: 'public/pictures/certify.png',
  launched: 'public/pictures/launch.png',
  'self-checking': 'public/pictures/publish.png',
  network: 'public/pictures/operate.png',
};
const still = { reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'UTC' } as const;

async function takeAll(browser: Browser, all: readonly ScreenElsewhere[], folder: string, forReadme: boolean) {
  const failed: string[] = [];
  for (const scheme of options.shifts ? ['light' as const] : schemes) {
    for (const width of widths) {
      const viewport = { width, height: width === 390 ? 844 : 900 };
      const forcedColors = options.forced ? 'active' : 'none';
      const context = await browser.newContext({ ...still, viewport, colorScheme: scheme, forcedColors });
      const shifts = await watchShifts(context);
      const page = await context.newPage();
      for (const screen of all) {
        const path = join(folder, `${screen.name}-${width}-${scheme}.png`);
        shifts.length = 0;
        const fault = await take(page, screen, path, shifts);
        if (fault !== undefined) failed.push(`${path}: ${fault}`);
        if (!options.shifts) console.error(path);
        const picture = scheme === 'light' && width === 1280 && forReadme ? pictures[screen.name] : undefined;
        if (picture === undefined || fault !== undefined) continue;
        await page.evaluate(() => scrollTo(0, 0));
        await writeFile(at(picture), palettePng(await page.screenshot()));
      }
      await context.close();
    }
  }
  return failed;
}

/** @returns what went wrong, in one line */
async function take(page: Page, screen: ScreenElsewhere, path: string, shifts: Shift[]): Promise<string | undefined> {
  try {
    await screen.open(page);
    if (options.shifts) return await measure(page, screen.name, shifts);
    await dress(page, options);
    const wide = await tooWide(page);
    return wide.length > 0 ? `is wider than the screen: ${wide.join('; ')}` : undefined;
  } catch (error) {
    return String(error).split('\n')[0];
  } finally {
    if (!options.shifts) await page.screenshot({ path, fullPage: true });
    await undress(page, options);
  }
}

/** How much a screen moves, first as it was come to, then loaded by its own address. */
async function measure(page: Page, name: string, shifts: Shift[]): Promise<string | undefined> {
  const ways = { arrived: [...shifts], loaded: await shiftsOfLoading(page, shifts) };
  let fault: string | undefined;
  for (const [way, found] of Object.entries(ways)) {
    const [sum, ...parts] = toldShifts(found, shiftLimit);
    console.log([`${sum} ${page.viewportSize()?.width} ${name}, ${way}`, ...parts].join('\n'));
    // What comes later than half a second after a person's own click counts in the first figure too; it is told, and no fault.
    if (parts.length > 0 && way === 'loaded') fault = `moves by ${sum} (${way})`;
  }
  return fault;
}

/** The page that checks itself around this certificate, opened from the disk as whoever was sent it does. */
async function selfChecking({ certificate, trust }: Place, folder: string): Promise<ScreenElsewhere> {
  const template = await readFile(join(builtPage(), 'templates', 'chain.html'), 'utf8');
  const path = join(folder, 'certificate.html');
  await writeFile(path, fillTemplate(template, utf8(certificate), trust));
  return {
    name: 'self-checking',
    async open(page) {
      await page.goto(pathToFileURL(path).href);
      await page.getByRole('heading', { level: 1, name: /./ }).waitFor();
    },
  };
}

async function drawSocial(browser: Browser): Promise<void> {
  const page = await browser.newPage({ ...still, viewport: { width: 1200, height: 630 }, colorScheme: 'light' });
  await page.setContent(socialPage(await readFile(at('src/ui/tokens.css'), 'utf8')));
  await writeFile(at('public/social.png'), palettePng(await page.screenshot()));
  await page.close();
}

const usage = `Usage: npm run -s screens -- [--shifts] [--rtl] [--forced] [--german] [--width N]… [--scheme light|dark]… [FOLDER [NAME…]]
  pictures of every screen of the built page, or of those named, in FOLDER (screens), which takes minutes; and, where neither a name
  nor a dress is given, those of the README. npm run build comes first.
  --shifts   measures instead how much each screen moves while it loads
  --rtl, --forced, --german   from right to left, in colours of the system, in German`;
const { positionals, values: options } = toolArguments(
  usage,
  {
    shifts: { type: 'boolean', default: false },
    rtl: { type: 'boolean', default: false },
    forced: { type: 'boolean', default: false },
    german: { type: 'boolean', default: false },
    width: { type: 'string', multiple: true, default: ['1280', '390'] },
    scheme: { type: 'string', multiple: true, default: ['light', 'dark'] },
  },
  Infinity,
);
const widths = options.width.map(Number);
const schemes = options.scheme.map((scheme) => (scheme === 'dark' ? 'dark' : 'light'));
const plainly = !options.shifts && !options.rtl && !options.forced && !options.german;
const [given = 'screens', ...named] = positionals;
const folder = resolve(process.env.INIT_CWD ?? process.cwd(), given);
await mkdir(folder, { recursive: true });
await mkdir(at('public/pictures'), { recursive: true });
const local = await startLocal();
const more = await openMoreScreens(local.page);
try {
  const place = await preparePlace(local);
  const browser = await chromium.launch(await launchOptions());
  if (named.length === 0 && plainly) await drawSocial(browser);
  const all = [
    ...[...screens, ...attestationScreens].map(({ name, open }) => ({ name, open: (page: Page) => open(page, place) })),
    await selfChecking(place, folder),
    ...more.screens,
  ];
  const whole = named.length === 0 && plainly;
  const asked = named.length === 0 ? all : all.filter(({ name }) => named.includes(name));
  const failed = await takeAll(browser, asked, folder, whole);
  for (const line of failed) console.error(line);
  if (failed.length > 0) process.exitCode = 1;
  await browser.close();
} finally {
  await more.close();
  await local.close();
}
