import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';

const trustFile = (text: string) => ({ name: 'trust.json', mimeType: 'application/json', buffer: Buffer.from(text) });
const plain = '{"affidavit":"trust/1","issuers":["https://issuer.example"]}';

test.describe('the check page keeps its promise', () => {
  test.use({ allowedErrors: [/connect-src|img-src|Refused to|violates the following/] });

  test('neither the page nor its workers can connect to anything', async ({ page, site }) => {
    await page.goto(`${site.url}/check.html`);
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    expect(policy).toContain("connect-src 'none'");
    expect(policy).toContain("default-src 'none'");

    await page.locator('input[type=file]').setInputFiles(trustFile(plain));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect.poll(() => page.workers().length).toBeGreaterThan(0);
    const tryFetch = async (url: string) =>
      fetch(url).then(
        () => 'connected',
        () => 'refused',
      );
    for (const url of [`${site.url}/build.json?probe`, `${site.url}/probe`, 'https://tracker.example/']) {
      expect(await page.evaluate(tryFetch, url), `the page, ${url}`).toBe('refused');
      for (const worker of page.workers())
        expect(await worker.evaluate(tryFetch, url), `a worker, ${url}`).toBe('refused');
    }
    const ways = await page.evaluate(async (url) => {
      const told = <T>(connect: (done: (how: string) => void) => T) =>
        new Promise<string>((resolve) => void connect(resolve));
      return {
        beacon: String(navigator.sendBeacon(`${url}/probe-beacon`, 'x')),
        request: await told((done) => {
          const request = new XMLHttpRequest();
          request.onload = () => done('connected');
          request.onerror = () => done('refused');
          request.open('GET', `${url}/probe-xhr`);
          request.send();
        }),
        events: await told((done) => {
          const source = new EventSource(`${url}/probe-events`);
          source.onopen = () => done('connected');
          source.onerror = () => done('refused');
        }),
        image: await told((done) => {
          const image = new Image();
          image.onload = () => done('connected');
          image.onerror = () => done('refused');
          image.src = 'https://tracker.example/pixel.png';
        }),
      };
    }, site.url);
    expect(ways).toMatchObject({ request: 'refused', events: 'refused', image: 'refused' });
    // The browser's own offline worker fetches the page's files for later, and nothing that anybody names to it.
    expect(site.requests.filter((request) => request.includes('probe'))).toEqual([]);
  });
});

test('a well-formed trust file holds, one with a fault does not, in words that name the place', async ({
  page,
  site,
}) => {
  await page.goto(`${site.url}/check.html`);
  await expectAccessible(page);
  await page.locator('input[type=file]').setInputFiles(trustFile(plain));
  await expect(page.getByText('Holds').first()).toBeVisible();
  await expectAccessible(page);
  await page.locator('input[type=file]').setInputFiles(trustFile(plain.replace('issuers', 'isuers')));
  await expect(page.getByText('Does not hold').first()).toBeVisible();
  await expect(page.getByText('$.isuers').first()).toBeVisible();
});
