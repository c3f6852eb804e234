import type { BrowserContext, Page } from '@playwright/test';
import { untilQuiet } from './untilQuiet.ts';

/** One movement of what was already drawn (Layout Instability, W3C), and what moved. */
export interface Shift {
  readonly value: number;
  readonly parts: readonly string[];
}

/** As browsers report it; TypeScript's own types do not have it. */
interface LayoutShift {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRect;
    readonly currentRect: DOMRect;
  }[];
}

/** Listens on every page of a context. What a person's own click moves within half a second counts for nothing. */
export async function watchShifts(context: BrowserContext): Promise<Shift[]> {
  const shifts: Shift[] = [];
  await context.exposeBinding('affidavitShift', (_, shift: Shift) => void shifts.push(shift));
  // No function in it has a name: what runs this file would add a call of its own to each, which pages do not have.
  await context.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as readonly LayoutShift[]) {
        if (entry.hadRecentInput) continue;
        const parts = entry.sources.map(({ node, previousRect: before, currentRect: after }) => {
          const element = node instanceof Element ? node : node?.parentElement;
          const name = element ? `<${element.tagName.toLowerCase()} ${String(element.className)}>` : 'gone';
          const text = element?.textContent?.trim().slice(0, 40) ?? '';
          return `${name} ${text}: ${before.x},${before.y},${before.height} to ${after.x},${after.y},${after.height}`;
        });
        (window as unknown as { affidavitShift(shift: Shift): void }).affidavitShift({ value: entry.value, parts });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return shifts;
}

/**
 * Loads the page that is open once more, over a line of 150 ms and 1.6 Mbit/s so that every state on the way is drawn, and waits until nothing has
 * changed for a second.
 * @returns every movement from the first paint on
 */
export async function shiftsOfLoading(page: Page, shifts: Shift[]): Promise<readonly Shift[]> {
  const session = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 100_000 };
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slow);
  shifts.length = 0;
  await page.reload();
  await untilQuiet(page);
  await session.detach();
  return [...shifts];
}

/** The movements of one screen in figures, the worst first where there is something to mend. */
export function toldShifts(shifts: readonly Shift[], limit: number): readonly string[] {
  const sum = shifts.reduce((total, { value }) => total + value, 0);
  if (sum < limit) return [sum.toFixed(3)];
  const worst = shifts.toSorted((one, other) => other.value - one.value).slice(0, 4);
  return [
    sum.toFixed(3),
    ...worst.flatMap(({ value, parts }) => [`  ${value.toFixed(3)}`, ...parts.map((part) => `    ${part}`)]),
  ];
}
