import { test as base, expect } from '@playwright/test';
import { PageGuard } from './pageGuard.ts';

interface Options {
  /** Console errors that a test provokes on purpose; every other one fails it. */
  allowedErrors: readonly RegExp[];
}

/** The test function of every spec: `page` fails a test on any console error, thrown error or breach of the page's content security policy. */
export const test = base.extend<Options>({
  allowedErrors: [[], { option: true }],
  page: async ({ page, allowedErrors }, use) => {
    const guard = await PageGuard.over(page, allowedErrors);
    await use(page);
    expect(guard.faults, 'what the page complained of').toEqual([]);
  },
});

export { expect };
