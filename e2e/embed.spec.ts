import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { builtPage } from './builtPage.ts';
import { expectAccessible } from './expectAccessible.ts';
import { expect, test } from './fixtures.ts';
import { serveFolder, type ServedFolder } from './serveFolder.ts';
import { serveHosts, type HostPage, type Hosts } from './serveHosts.ts';
import { serveShared } from './serveShared.ts';

interface Heard {
  readonly type: string;
  readonly verdict: string;
  readonly code: string;
  readonly file: string;
  readonly checks: number;
  /** All of what was told, as JSON. */
  readonly told: string;
}

declare global {
  interface Window {
    heard: Heard[];
  }
}

const { integrity } = JSON.parse(readFileSync(`${builtPage()}/build.json`, 'utf8')) as {
  integrity: Record<string, string>;
};

/** Keeps what the page is told. */
const listener = `
  window.heard = [];
  for (const type of ['affidavit-verdict', 'affidavit-error']) {
    document.addEventListener(type, ({ detail }) =>
      heard.push({ type, verdict: detail.verdict, code: detail.code, file: detail.file, checks: detail.checks?.length, told: JSON.stringify(detail) }));
  }`;

test.describe('the element on a page of another origin', () => {
  // One of the pages names what is not there.
  test.use({ allowedErrors: [/404.*nothing-here/] });
  let site: ServedFolder;
  let hosts: Hosts;
  const pages: Record<string, HostPage> = {};

  test.beforeAll(async () => {
    site = await serveShared(builtPage());
    hosts = await serveHosts(pages);
  });
  test.afterAll(async () => {
    await hosts.close();
    await site.close();
  });

  const sample = (name: string) => `${site.url}/samples/${name}`;
  const program = () =>
    `<script type="module" crossorigin src="${site.url}/embed.js" integrity="${integrity['embed.js']}"></script>`;
  const element = (mode: string, src: string, more = '') =>
    `<affidavit-certificate mode="${mode}" src="${sample(src)}" trust="${sample('trust.json')}" ${more}></affidavit-certificate>`;
  const open = async (page: Page, host: HostPage) => {
    pages['/'] = host;
    await page.goto(hosts.url);
  };
  const heard = (page: Page) => page.evaluate(() => window.heard);
  const first = (page: Page) => page.locator('affidavit-certificate').first();

  test('shows the three outcomes, tells the page, and never what the page made up', async ({ page }) => {
    await open(page, {
      body: `<script>${listener}</script>
        ${element('badge', 'chain.affidavit.json', 'status="verified"')}
        ${element('card', 'tampered.affidavit.json', 'status="verified" lang="de"')}
        ${element('full', 'unpinned.affidavit.json')}
        ${element('badge', 'nothing-here.json')}
        ${program()}`,
    });
    const elements = page.locator('affidavit-certificate');
    await expect(elements.nth(0)).toHaveAttribute('status', 'verified');
    await expect(elements.nth(0)).toContainText('under the trust file of this page');
    await expect(elements.nth(0)).toContainText('Simulated');
    await expect(elements.nth(1)).toHaveAttribute('status', 'rejected');
    await expect(elements.nth(1)).toContainText('Hält nicht stand');
    await expect(elements.nth(2)).toHaveAttribute('status', 'undetermined');
    await expect(elements.nth(2)).toContainText('This certificate says that a record was made');
    await expect(elements.nth(3)).toHaveAttribute('status', 'error');
    await expect(elements.nth(3)).toContainText('the server answered 404');
    const told = await heard(page);
    expect(told.map(({ type, verdict, code }) => `${type} ${verdict ?? code}`).toSorted()).toEqual([
      'affidavit-error EMBED_REFUSED',
      'affidavit-verdict rejected',
      'affidavit-verdict undetermined',
      'affidavit-verdict verified',
    ]);
    expect(told.find(({ verdict }) => verdict === 'verified')).toMatchObject({ file: sample('chain.affidavit.json') });
    expect(page.workers()).toHaveLength(1);

    // The page may write there what it likes.
    await elements.nth(1).evaluate((each) => each.setAttribute('status', 'verified'));
    await expect(elements.nth(1)).toHaveAttribute('status', 'rejected');
    await elements.nth(1).evaluate((each) => each.removeAttribute('status'));
    await expect(elements.nth(1)).toHaveAttribute('status', 'rejected');
    await expectAccessible(page);

    // Other evidence is checked anew, and nothing green stays meanwhile.
    const after = await elements.nth(0).evaluate((each, src) => {
      each.setAttribute('src', src);
      return { status: each.getAttribute('status'), text: each.shadowRoot?.textContent };
    }, sample('tampered.affidavit.json'));
    expect(after.status).toBe('waiting');
    expect(after.text).not.toContain('Holds');
    await expect(elements.nth(0)).toHaveAttribute('status', 'rejected');
  });

  test('takes objects, and opens the tree by its keys', async ({ page }) => {
    const chain = readFileSync(`${builtPage()}/samples/chain.affidavit.json`, 'utf8');
    const trust = readFileSync(`${builtPage()}/samples/trust.json`, 'utf8');
    await open(page, {
      body: `<div dir="rtl"><affidavit-certificate mode="full"></affidavit-certificate></div>
        <script>${listener}
          const element = document.querySelector('affidavit-certificate');
          element.certificate = ${chain};
          element.trustFile = ${trust};
        </script>${program()}`,
    });
    await expect(first(page)).toHaveAttribute('status', 'verified');
    await expect(first(page)).toContainText('Digest of the trust file');
    expect(await heard(page)).toMatchObject([{ verdict: 'verified', file: 'certificate' }]);
    // The page around runs from right to left, the element's languages do not.
    const side = await first(page).evaluate(
      ({ shadowRoot: root }) =>
        Number(root?.querySelector('.sealed')?.getBoundingClientRect().left) -
        Number(root?.querySelector('.said')?.getBoundingClientRect().left),
    );
    expect(side).toBeGreaterThan(0);
    const branch = first(page).locator('summary').first();
    await branch.focus();
    await page.keyboard.press('ArrowRight');
    await expect(first(page).locator('details[open]').first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await expect(first(page).locator('summary').nth(1)).toBeFocused();
  });

  test('fits 200 pixels, and shows nothing before it can be seen', async ({ page }) => {
    await open(page, {
      body: `<script>${listener}</script><div style="width:200px" id="narrow">${element('badge', 'chain.affidavit.json')}</div>
        <div style="height:4000px"></div>${element('card', 'chain.affidavit.json', 'id="below"')}${program()}`,
    });
    await expect(first(page)).toHaveAttribute('status', 'verified');
    const { width, inner } = await first(page).evaluate((each) => ({
      width: each.getBoundingClientRect().width,
      inner:
        Math.max(
          ...[...(each.shadowRoot?.querySelectorAll('.badge *') ?? [])].map((one) => one.getBoundingClientRect().right),
        ) - each.getBoundingClientRect().left,
    }));
    expect(width).toBeLessThanOrEqual(200);
    expect(inner).toBeLessThanOrEqual(200);
    await expect(page.locator('#below')).toHaveAttribute('status', 'waiting');
    await page.locator('#below').scrollIntoViewIfNeeded();
    await expect(page.locator('#below')).toHaveAttribute('status', 'verified');
  });

  test('runs in a frame where the page lets no program of ours run, and hears it alone', async ({ page }) => {
    const policy = `default-src 'none'; script-src 'nonce-own'; frame-src ${site.url}; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'`;
    const parameters = new URLSearchParams({
      src: sample('chain.affidavit.json'),
      trust: sample('trust.json'),
      mode: 'card',
      lang: 'en',
      origin: hosts.url,
    });
    await open(page, {
      policy,
      body: `<script nonce="own">
          window.heard = [];
          addEventListener('message', ({ origin, source, data }) => {
            const frame = document.querySelector('iframe');
            if (origin !== '${site.url}' || source !== frame.contentWindow || data.affidavit !== 'embed/1') return;
            heard.push({ type: data.type, verdict: data.report?.verdict, checks: data.report?.checks.length });
            if (data.type === 'size') frame.height = Math.ceil(data.height);
          });
        </script>
        <iframe title="Certificate" src="${site.url}/embed.html#/?${parameters}" width="600" height="100"></iframe>`,
    });
    const inside = page.frameLocator('iframe');
    await expect(inside.locator('affidavit-certificate')).toHaveAttribute('status', 'verified');
    await expect(inside.locator('affidavit-certificate')).toContainText('Holds');
    await expect.poll(async () => (await heard(page)).map(({ type }) => type)).toContain('verdict');
    expect((await heard(page)).find(({ type }) => type === 'verdict')).toMatchObject({ verdict: 'verified' });
    // Its size is told when it was drawn, after its verdict.
    await expect.poll(async () => (await page.locator('iframe').boundingBox())?.height).toBeGreaterThan(200);
    await expectAccessible(page);
  });

  test('tells nothing to a page of another origin than that named, and takes nothing from it', async ({ page }) => {
    const address = (origin: string) =>
      `${site.url}/embed.html#/?${new URLSearchParams({ src: sample('tampered.affidavit.json'), trust: sample('trust.json'), origin })}`;
    await open(page, {
      body: `<script>window.heard = []; addEventListener('message', ({ data }) => heard.push(data));</script>
        <iframe title="Other" src="${address('https://other.example')}"></iframe>
        <iframe title="Any" src="${address('*')}"></iframe>`,
    });
    for (const index of [0, 1]) {
      const inside = page.frameLocator('iframe').nth(index).locator('affidavit-certificate');
      await expect(inside).toHaveAttribute('status', 'rejected');
      await page.evaluate((each) => {
        frames[each]?.postMessage({ affidavit: 'embed/1', type: 'look', theme: 'dark', lang: 'de' }, '*');
        frames[each]?.postMessage({ affidavit: 'embed/1', type: 'check', certificate: 'x' }, '*');
      }, index);
      await expect(inside).toHaveAttribute('lang', 'en');
      await expect(inside).toHaveAttribute('status', 'rejected');
    }
    expect(await heard(page)).toEqual([]);
  });

  test('puts itself into a frame, and believes no other window', async ({ page }) => {
    const policy = `default-src 'none'; script-src 'nonce-own' ${site.url}; frame-src ${site.url}; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'`;
    await open(page, {
      policy,
      body: `<script nonce="own">${listener}</script>${element('badge', 'tampered.affidavit.json', 'frame')}${program()}`,
    });
    await expect(first(page)).toHaveAttribute('status', 'rejected');
    await expect(page.frameLocator('iframe').locator('affidavit-certificate')).toContainText('Does not hold');
    expect(await heard(page)).toMatchObject([{ type: 'affidavit-verdict', verdict: 'rejected' }]);
    await page.evaluate(() => {
      postMessage({ affidavit: 'embed/1', type: 'status', status: 'verified' }, '*');
    });
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    await expect(first(page)).toHaveAttribute('status', 'rejected');
  });

  test.describe('where the site exchanges programs', () => {
    test.use({ allowedErrors: [/digest|integrity|Integrity|worker-src|violates|Failed to load/] });

    for (const [what, exchanged, workers, status] of [
      ['its heavy part', /^\/assets\/part-/, 'blob:', 'error'],
      ['the worker', /^\/templates\/chain/, 'blob:', 'verified'],
      ['what judges in the page', /^\/assets\/chainSystem-/, `'none'`, 'error'],
    ] as const) {
      test(`runs nothing of ${what}`, async ({ page }) => {
        const asked: string[] = [];
        const changed = await serveFolder(
          builtPage(),
          { 'access-control-allow-origin': '*' },
          {
            change: (bytes, path) => {
              if (!exchanged.test(path)) return bytes;
              asked.push(path);
              return Buffer.from(`globalThis.intruder = true;${bytes.toString()}`);
            },
          },
        );
        await open(page, {
          policy: `script-src 'nonce-own' ${changed.url} 'wasm-unsafe-eval'; worker-src ${workers}`,
          body: `<script nonce="own">${listener}</script>${element('badge', 'chain.affidavit.json')}
            ${program().replace(site.url, changed.url)}`,
        });
        await expect(first(page)).toHaveAttribute('status', status);
        // Where the worker is not what it should be, it is judged in the page.
        expect(page.workers()).toHaveLength(0);
        expect(asked.length).toBeGreaterThan(0);
        expect(await page.evaluate(() => 'intruder' in window)).toBe(false);
        const code = (await heard(page)).map((each) => each.code ?? each.verdict);
        expect(code).toEqual([status === 'error' ? 'EMBED_PART' : 'verified']);
        await changed.close();
      });
    }
  });

  test.describe('where the page forbids workers', () => {
    test.use({ allowedErrors: [/worker-src|violates|trusted|Trusted|content security policy/] });

    test('checks in the page itself, with the reports that a worker gives', async ({ page }) => {
      await page.clock.setFixedTime('2026-11-22T12:00:00Z');
      const policy = `default-src 'none'; script-src 'nonce-own' ${site.url}; connect-src ${site.url}; worker-src 'none'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'`;
      const body = `<script nonce="own">${listener}</script>${element('card', 'chain.affidavit.json')}
        ${element('badge', 'tampered.affidavit.json')}${program()}`;
      const reports: string[][] = [];
      for (const host of [{ policy, body }, { body }]) {
        await open(page, host);
        await expect(first(page)).toHaveAttribute('status', 'verified');
        await expect(page.locator('affidavit-certificate').nth(1)).toHaveAttribute('status', 'rejected');
        expect(page.workers()).toHaveLength('policy' in host ? 0 : 1);
        reports.push((await heard(page)).map(({ told }) => told).toSorted());
      }
      expect(reports[0]).toHaveLength(2);
      expect(reports[0]).toEqual(reports[1]);
    });

    test('says so in words where it forbids everything', async ({ page }) => {
      await open(page, {
        policy: `default-src 'none'; script-src 'nonce-own'; img-src data:`,
        body: `<script nonce="own">${listener}</script>${element('card', 'chain.affidavit.json')}
          <script type="module" nonce="own" crossorigin src="${site.url}/embed.js"></script>`,
      });
      await expect(first(page)).toHaveAttribute('status', 'error');
      await expect(first(page)).toContainText('may forbid it (connect-src)');
      expect(await heard(page)).toMatchObject([{ type: 'affidavit-error', code: 'EMBED_DOWN' }]);
    });
  });

  test('weighs at most 30 kB before a check is asked for', async ({ page }) => {
    const code = readFileSync(`${builtPage()}/embed.js`);
    expect(gzipSync(code).length).toBeLessThan(30_000);
    const before = site.requests.length;
    await open(page, { body: `<div hidden>${element('card', 'chain.affidavit.json')}</div>${program()}` });
    await expect(first(page)).toHaveAttribute('status', 'waiting');
    await page.waitForLoadState('networkidle');
    expect(site.requests.slice(before)).toEqual(['GET /embed.js']);
  });
});
