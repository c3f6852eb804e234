import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test as base, expect } from '@playwright/test';
import { PageGuard } from './pageGuard.ts';
import { serveFolder, type ServedFolder } from './serveFolder.ts';

interface Options {
  /** Console errors that a test provokes on purpose; every other one fails it. */
  allowedErrors: readonly RegExp[];
}

interface Workers {
  /** The built page on a plain static host. */
  site: ServedFolder;
}

const dist = process.env.AFFIDAVIT_DIST ?? fileURLToPath(new URL('../dist', import.meta.url));

/** The test function of every spec: `page` fails a test on any console error, thrown error or breach of the page's content security policy. */
export const test = base.extend<Options, Workers>({
  allowedErrors: [[], { option: true }],
  page: async ({ page, allowedErrors }, use) => {
    const guard = await PageGuard.over(page, allowedErrors);
    await use(page);
    expect(guard.faults, 'what the page complained of').toEqual([]);
  },
  site: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to learn what the fixture needs
    async ({}, use) => {
      if (!existsSync(`${dist}/index.html`))
        throw new Error(`There is no built page in ${dist}: run npm run build first.`);
      const site = await serveFolder(dist);
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
});

export { expect };
