import { chromium, type Page } from '@playwright/test';
import { builtPage } from '../../../e2e/builtPage.ts';
import { launchOptions } from '../../../e2e/launchOptions.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { openFixture } from './chain/openFixture.ts';
import { peakMemory } from './chain/peakMemory.ts';
import { atLeast, atMost, figure, type Bench, type Figure } from './figure.ts';
import { takeMainThread, watchMainThread } from './page/mainThread.ts';
import { pageMemory } from './page/pageMemory.ts';
import { traceProcessorTime } from './page/processorTime.ts';
import { scrollThrough } from './page/scrolling.ts';
import { serveChain } from './page/serveChain.ts';
import { serveProduct } from './page/serveProduct.ts';

const usualBlocks = 10_000;
const mebibyte = 2 ** 20;
/** An audit of the longest chain takes as long as it takes. */
const patience = { timeout: 0 };
/** After the verdict is on the screen, so long it is watched what its showing still costs, in milliseconds. */
const afterwards = 3_000;
/** So many blocks before the end the trace begins. */
const traced = 500;

/** The product's own page on a chain that is served to it: whether it stays smooth, and what it holds. */
export const pageBench: Bench = {
  name: 'page',
  about: `the built chain page on ${usualBlocks} blocks (--blocks N): its longest task, its memory, scrolling`,
  async run({ blocks = usualBlocks, say, emit }) {
    const fixture = await openFixture(blocks, say);
    const chain = fixture.chain(blocks);
    const product = await serveProduct(builtPage());
    const served = await serveChain(chain);
    const browser = await chromium.launch(await launchOptions());
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      page.on('pageerror', (error) => console.error(`The page: ${error.message}`));
      await watchMainThread(page);
      const pin = { ...chain.pin, buckets: served.urls.map((url) => ({ url })) };
      const trust = serializeTrust({ chains: [pin] });
      await page.addInitScript((text) => localStorage.setItem('affidavit/trust', text), trust);
      await page.goto(`${product.url}/#/chain/${pin.name}`);
      await readUpTo(page, 1);
      const opening = await takeMainThread(page);
      const start = performance.now();
      await readUpTo(page, blocks - traced);
      const stopTrace = await traceProcessorTime(browser);
      await page.getByRole('heading', { level: 1, name: /Every block of/ }).waitFor(patience);
      const seconds = (performance.now() - start) / 1000;
      await page.waitForTimeout(afterwards);
      const cpu = await stopTrace();
      const { long, frames } = await takeMainThread(page);
      for (const { at, milliseconds } of long) say(`${milliseconds.toFixed(0)} ms after ${(at / 1000).toFixed(1)} s`);
      emit([
        figure('page.audit.rate', blocks / seconds, 'blocks/s'),
        atMost('page.longestTask', longestOf(long), 'ms', 50),
        atMost('page.longestTask.cpu', cpu, 'ms', 50),
        figure('page.longestTask.opening', longestOf(opening.long), 'ms'),
        figure('page.longTasks', long.length, 'tasks'),
        figure('page.frames.over50', frames.filter((each) => each > 50).length, 'frames'),
      ]);
      const scrolling = await scrollThrough(page);
      emit([
        atLeast('page.scroll.fps', scrolling.fps, 'frames/s', 50),
        figure('page.scroll.longestTask', scrolling.longest, 'ms'),
      ]);
      emit(await memoryFigures(page));
    } finally {
      await browser.close();
      product.close();
      served.close();
    }
  },
};

/** Waits until so many blocks are verified, or the audit is over. */
async function readUpTo(page: Page, blocks: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const bar = document.querySelector('[role="progressbar"]');
      return document.querySelector('[data-verdict]') || Number(bar?.getAttribute('aria-valuenow') ?? 0) >= wanted;
    },
    blocks,
    { ...patience, polling: 500 },
  );
}

async function memoryFigures(page: Page): Promise<readonly Figure[]> {
  const browser = page.context().browser();
  const held = await pageMemory(page);
  const peak = browser ? await peakMemory(browser) : undefined;
  return [
    ...(held === undefined ? [] : [figure('page.memory.held', held / mebibyte, 'MiB')]),
    ...(peak === undefined ? [] : [atMost('page.memory', peak / mebibyte, 'MiB', 1024)]),
  ];
}

function longestOf(tasks: readonly { readonly milliseconds: number }[]): number {
  return Math.max(0, ...tasks.map(({ milliseconds }) => milliseconds));
}
