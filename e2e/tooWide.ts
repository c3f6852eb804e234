import type { Page } from '@playwright/test';

/** The innermost parts that make the page scroll sideways; none where it does not. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    // Where text runs from right to left, what is too wide sticks out on the left.
    const wide = [...document.querySelectorAll('body *')].filter((each) => {
      const { left, right } = each.getBoundingClientRect();
      return right > clientWidth + 1 || left < -1;
    });
    const innermost = wide.filter((each) => !wide.some((other) => other !== each && each.contains(other)));
    return innermost
      .slice(0, 5)
      .map((each) => `${each.tagName.toLowerCase()}: ${each.textContent?.trim().slice(0, 60)}`);
  });
}
