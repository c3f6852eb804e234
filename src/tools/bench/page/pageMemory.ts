import type { Page } from '@playwright/test';

/** Bytes that a page and its workers hold after a collection, as the browser tells the page; undefined where it does not. */
export function pageMemory(page: Page): Promise<number | undefined> {
  return page.evaluate(async () => {
    const { measureUserAgentSpecificMemory: measure } = performance as Performance & {
      measureUserAgentSpecificMemory?: () => Promise<{ readonly bytes: number }>;
    };
    if (!measure || !crossOriginIsolated) return undefined;
    const deadline = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 90_000));
    // The browser answers at its next collection, unless it is started to answer at once.
    return Promise.race([measure.call(performance).then(({ bytes }) => bytes), deadline]);
  });
}
