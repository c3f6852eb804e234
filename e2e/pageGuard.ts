import type { ConsoleMessage, Page } from '@playwright/test';

/** Watches a page: what a person would never see but that is wrong all the same. */
export class PageGuard {
  readonly #faults: string[] = [];

  /** Starts watching; `allowed` are console errors that the test provokes on purpose, such as a bucket that is down. */
  static async over(page: Page, allowed: readonly RegExp[]): Promise<PageGuard> {
    const guard = new PageGuard();
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() !== 'error') return;
      const text = `${message.text()} (${message.location().url})`;
      if (!allowed.some((pattern) => pattern.test(text))) guard.#faults.push(`console: ${text}`);
    });
    page.on('pageerror', (error) => void guard.#faults.push(`thrown: ${error.stack ?? error.message}`));
    page.on('crash', () => void guard.#faults.push('the page crashed'));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
        console.error(`content security policy: ${effectiveDirective} refused ${blockedURI}`);
      });
    });
    return guard;
  }

  /** What was wrong so far. */
  get faults(): readonly string[] {
    return this.#faults;
  }
}
