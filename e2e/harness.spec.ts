import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { PageGuard } from './pageGuard.ts';

/** A page of this body, under a policy that allows inline scripts and nothing else. */
const html = (body: string) => `<!doctype html><html lang="en"><head><title>A page</title>
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'"></head><body>${body}</body></html>`;

test.describe('the harness itself', () => {
  for (const [name, script, fault] of [
    ['a console error', `console.error('left behind')`, /^console: left behind/],
    ['a thrown error', `setTimeout(() => { throw new Error('broken') })`, /^thrown: .*broken/s],
    ['a rejected promise', `Promise.reject(new Error('unhandled'))`, /^thrown: .*unhandled/s],
    [
      'a refused connection',
      `fetch('https://tracker.example/').catch(() => {})`,
      /content security policy: connect-src/,
    ],
  ] as const) {
    test(`notices ${name}`, async ({ browser }) => {
      const page = await browser.newPage();
      const guard = await PageGuard.over(page, []);
      await page.route('https://page.example/', (route) =>
        route.fulfill({ contentType: 'text/html', body: html(`<script>${script}</script>`) }),
      );
      await page.goto('https://page.example/');
      await expect.poll(() => guard.faults.join('\n')).toMatch(fault);
      await page.close();
    });
  }

  test('passes what a test allows, and nothing else', async ({ browser }) => {
    const page = await browser.newPage();
    const guard = await PageGuard.over(page, [/on purpose/]);
    await page.setContent(html(`<script>console.error('on purpose'); console.error('by mistake')</script>`));
    await expect.poll(() => guard.faults).toHaveLength(1);
    expect(guard.faults[0]).toContain('by mistake');
    await page.close();
  });

  test('finds what a person with a screen reader would stumble over', async ({ page }) => {
    await page.setContent(html('<main><h1>Fine</h1><button>Name</button></main>'));
    await expectAccessible(page);
    await page.setContent(html('<main><h1>Not fine</h1><button></button></main>'));
    await expect(expectAccessible(page)).rejects.toThrow(/button-name/);
  });
});
