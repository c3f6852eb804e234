import { chromium } from '@playwright/test';
import { builtPage } from '../../../e2e/builtPage.ts';
import { launchOptions } from '../../../e2e/launchOptions.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { openFixture } from './chain/openFixture.ts';
import { peakMemory } from './chain/peakMemory.ts';
import { atLeast, atMost, figure, type Bench } from './figure.ts';
import { takeMainThread, watchMainThread } from './page/mainThread.ts';
import { pageMemory } from './page/pageMemory.ts';
import { scrollThrough } from './page/scrolling.ts';
import { serveChain } from './page/serveChain.ts';
import { serveProduct } from './page/serveProduct.ts';

const usualBlocks = 10_000;
const mebibyte = 2 ** 20;
const patience = { timeout: 3_600_000 };
/** After the verdict is on the screen, so long it is watched what its showing still costs. */
const afterwards = 3_000;

/** The product's own page on a chain that is served to it: whether it stays smooth, and what it holds. */
export const pageBench: Bench = {
  name: 'page',
  about: `the built chain page on ${usualBlocks} blocks (--blocks N): its longest task, its memory, scrolling`,
  async run({ blocks = usualBlocks, say, emit }) {
    const fixture = await openFixture(blocks, say);
    const chain = fixture.chain(blocks);
    const [product, served] = [await serveProduct(builtPage()), await serveChain(chain)];
    const browser = await chromium.launch(await launchOptions());
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      page.on('pageerror', (error) => console.error(`The page: ${error.message}`));
      await watchMainThread(page);
      const pin = { ...chain.pin, buckets: served.urls.map((url) => ({ url })) };
      await page.addInitScript(
        (trust) => localStorage.setItem('affidavit/trust', trust),
        serializeTrust({ chains: [pin] }),
      );
      const start = performance.now();
      await page.goto(`${product.url}/#/chain/${pin.name}`);
      await page.getByRole('heading', { level: 1, name: /Every block of/ }).waitFor(patience);
      const seconds = (performance.now() - start) / 1000;
      await page.waitForTimeout(afterwards);
      const { long, frames } = await takeMainThread(page);
      for (const { at, milliseconds } of long)
        say(`a task of ${milliseconds.toFixed(0)} ms after ${(at / 1000).toFixed(1)} s`);
      const ends = long.filter(({ at }) => at > seconds * 1000 - 1000);
      emit([
        figure('page.audit.rate', blocks / seconds, 'blocks/s'),
        atMost('page.longestTask', longestOf(long), 'ms', 50),
        figure('page.longestTask.atEnd', longestOf(ends), 'ms'),
        figure('page.longTasks', long.length, 'tasks'),
        figure('page.frames.over50', frames.filter((each) => each > 50).length, 'frames'),
      ]);
      const scrolling = await scrollThrough(page);
      emit([
        atLeast('page.scroll.fps', scrolling.fps, 'frames/s', 50),
        figure('page.scroll.longestTask', scrolling.longest, 'ms'),
      ]);
      const held = await pageMemory(page);
      const peak = await peakMemory(browser);
      emit([
        ...(held === undefined ? [] : [figure('page.memory.held', held / mebibyte, 'MiB')]),
        ...(peak === undefined ? [] : [atMost('page.memory', peak / mebibyte, 'MiB', 1024)]),
      ]);
    } finally {
      await browser.close();
      product.close();
      served.close();
    }
  },
};

function longestOf(tasks: readonly { readonly milliseconds: number }[]): number {
  return Math.max(0, ...tasks.map(({ milliseconds }) => milliseconds));
}
