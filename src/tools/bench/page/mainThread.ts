import type { Page } from '@playwright/test';

/** What the main thread of a page did since it was last asked. Milliseconds. */
export interface MainThread {
  /** Tasks of 50 ms and more, as the browser itself reports them, in their order. */
  readonly long: readonly { readonly at: number; readonly milliseconds: number }[];
  /** Times between frames. */
  readonly frames: readonly number[];
}

/** As text: what a loader adds to functions is not there in the page. */
const watch = `
  const watched = (globalThis.watched = { long: [], frames: [] });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watched.long.push({ at: startTime, milliseconds: duration });
  }).observe({ type: 'longtask', buffered: true });
  let last = performance.now();
  requestAnimationFrame(function frame() {
    const now = performance.now();
    watched.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  });
`;

/** Watches every document that this page opens, from its first script on. */
export function watchMainThread(page: Page): Promise<unknown> {
  return page.addInitScript({ content: watch });
}

/** What was watched since the last call. */
export function takeMainThread(page: Page): Promise<MainThread> {
  return page.evaluate(() => {
    const { watched } = globalThis as unknown as {
      watched: { long: { at: number; milliseconds: number }[]; frames: number[] };
    };
    return { long: watched.long.splice(0), frames: watched.frames.splice(0) };
  });
}
