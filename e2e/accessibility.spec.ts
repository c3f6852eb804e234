import type { Page } from '@playwright/test';
import { attestationScreens } from './attestationScreens.ts';
import { accessibilityFaults, colours } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { preparePlace, screens, type Place, type Screen } from './screens.ts';
import { tooWide } from './tooWide.ts';

test.describe('every screen is accessible and does not scroll sideways', () => {
  let place: Place;
  test.beforeAll(async ({ local }) => {
    place = await preparePlace(local);
  });

  for (const width of [1280, 390]) {
    test.describe(`${width} pixels wide`, () => {
      test.use({ viewport: { width, height: 844 }, contextOptions: { reducedMotion: 'reduce' } });

      test('from the first visit on', async ({ page }) => {
        for (const screen of screens) await look(page, screen, place, width);
      });

      test('with every kind of attestation', async ({ page }) => {
        for (const screen of attestationScreens) await look(page, screen, place, width);
      });
    });
  }
});

/**
 * By day with every rule, by night, where nothing but the colours is another, with those about colours. On a narrow screen the colours are those of the wide one; attestations have the same parts there in one
 * column, so that only their sizes are looked at.
 */
function look(page: Page, screen: Screen, place: Place, width: number): Promise<void> {
  const isNarrow = width < 600;
  return test.step(screen.name, async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await screen.open(page, place);
    const sizes = { only: ['target-size', 'meta-viewport'] };
    const asked = !isNarrow ? undefined : attestationScreens.includes(screen) ? sizes : { without: colours };
    expect.soft(await accessibilityFaults(page, asked), `faults that axe-core finds on ${screen.name}`).toEqual([]);
    expect.soft(await tooWide(page), `what is wider than the screen of ${screen.name}`).toEqual([]);
    if (isNarrow) return;
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await accessibilityFaults(page, { only: colours });
    expect.soft(dark, `faults that axe-core finds on ${screen.name} by night`).toEqual([]);
  });
}
