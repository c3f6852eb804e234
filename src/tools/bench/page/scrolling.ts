import type { Page } from '@playwright/test';
import { median } from '../sideBySide.ts';
import { takeMainThread } from './mainThread.ts';

export interface Scrolling {
  /** Median frames a second over all distances. */
  readonly fps: number;
  readonly longest: number;
}

/** Distances of one frame in pixels: a slow wheel, a fast one, and a bar that is dragged through the whole chain in a second or two. */
const distances = [40, 600, 20_000];
const framesOfEach = 90;

/** Scrolls the zipper through the chain as a person does, one step a frame, so that every frame has new rows to show. */
export async function scrollThrough(page: Page): Promise<Scrolling> {
  await takeMainThread(page);
  await page.getByRole('region', { name: /^Blocks of/ }).evaluate(
    async (element, [steps, frames]) => {
      for (const step of steps) {
        element.scrollTop = 0;
        for (let frame = 0; frame < frames; frame++) {
          const down = element.scrollTop + step < element.scrollHeight - element.clientHeight;
          element.scrollTop = down ? element.scrollTop + step : 0;
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      }
    },
    [distances, framesOfEach] as const,
  );
  const { frames, long } = await takeMainThread(page);
  return { fps: 1000 / median(frames), longest: Math.max(0, ...long.map(({ milliseconds }) => milliseconds)) };
}
