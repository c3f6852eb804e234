import { test as base, expect } from '@playwright/test';
import type { StackOptions } from '../src/services/start/startStack.ts';
import { builtPage } from './builtPage.ts';
import { PageGuard } from './pageGuard.ts';
import { serveFolder, type ServedFolder } from './serveFolder.ts';
import { startLocal, type LocalStack } from './startLocal.ts';

interface Tests {
  /** Console errors that a test provokes on purpose; every other one fails it. */
  allowedErrors: readonly RegExp[];
  /** Starts a stack for this test alone, which may break what it likes of it. */
  openLocal: (options?: StackOptions) => Promise<LocalStack>;
}

interface Workers {
  /** The built page on a plain static host, with no services in sight. */
  site: ServedFolder;
  /** A stack that tests share: they write to it, and leave the rest of it alone. */
  local: LocalStack;
}

/** The test function of every spec: `page` fails a test on any console error, thrown error or breach of the page's content security policy. */
export const test = base.extend<Tests, Workers>({
  allowedErrors: [[], { option: true }],
  page: async ({ page, allowedErrors }, use) => {
    const guard = await PageGuard.over(page, allowedErrors);
    await use(page);
    expect(guard.faults, 'what the page complained of').toEqual([]);
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to learn what the fixture needs
  openLocal: async ({}, use) => {
    const opened: LocalStack[] = [];
    await use(async (options) => {
      const local = await startLocal(options);
      opened.push(local);
      return local;
    });
    for (const local of opened) await local.close();
  },
  site: [
    // oxlint-disable-next-line no-empty-pattern -- see above
    async ({}, use) => {
      const site = await serveFolder(builtPage());
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  local: [
    // oxlint-disable-next-line no-empty-pattern -- see above
    async ({}, use) => {
      const local = await startLocal();
      await use(local);
      await local.close();
    },
    { scope: 'worker' },
  ],
});

export { expect };
