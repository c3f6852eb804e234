import type { Page } from '@playwright/test';
import { attestationScreens } from './attestationScreens.ts';
import { accessibilityFaults } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { preparePlace, screens, type Place, type Screen } from './screens.ts';

test.describe('every screen is accessible and does not scroll sideways', () => {
  let place: Place;
  test.beforeAll(async ({ local }) => {
    place = await preparePlace(local);
  });

  for (const width of [1280, 390]) {
    test.describe(`${width} pixels wide`, () => {
      test.use({ viewport: { width, height: 844 }, contextOptions: { reducedMotion: 'reduce' } });

      test('from the first visit on', async ({ page }) => {
        for (const screen of screens) await look(page, screen, place);
      });

      test('with every kind of attestation', async ({ page }) => {
        for (const screen of attestationScreens) await look(page, screen, place);
      });
    });
  }
});

/** By day with every rule; by night, where nothing but the colours is another, with those about colours. */
function look(page: Page, screen: Screen, place: Place): Promise<void> {
  return test.step(screen.name, async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await screen.open(page, place);
    expect.soft(await accessibilityFaults(page), `faults that axe-core finds on ${screen.name}`).toEqual([]);
    expect.soft(await tooWide(page), `what is wider than the screen of ${screen.name}`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await accessibilityFaults(page, ['color-contrast', 'link-in-text-block']);
    expect.soft(dark, `faults that axe-core finds on ${screen.name} by night`).toEqual([]);
  });
}

/** The innermost parts that make the page scroll sideways; none where it does not. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter(
      (each) => each.getBoundingClientRect().right > clientWidth + 1,
    );
    const innermost = wide.filter((each) => !wide.some((other) => other !== each && each.contains(other)));
    return innermost
      .slice(0, 5)
      .map((each) => `${each.tagName.toLowerCase()}: ${each.textContent?.trim().slice(0, 60)}`);
  });
}
