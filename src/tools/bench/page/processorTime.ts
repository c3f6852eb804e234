import type { Browser } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of processor time. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const categories = ['disabled-by-default-devtools.timeline', '__metadata'];

/**
 * Traces every task of a browser's pages from now on. Other programs on the machine make a task longer by the clock, hardly in processor time; but
 * a trace takes much memory, so only a part of an audit is traced.
 * @returns ends it: milliseconds of processor time of the longest task of a main thread
 */
export async function traceProcessorTime(browser: Browser): Promise<() => Promise<number>> {
  const session = await browser.newBrowserCDPSession();
  const mains = new Set<string>();
  const longest = new Map<string, number>();
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const { name, ph, pid, tid, tdur = 0, args } of value as unknown as TraceEvent[]) {
      const thread = `${pid} ${tid}`;
      if (ph === 'M' && name === 'thread_name' && args.name === 'CrRendererMain') mains.add(thread);
      if (ph === 'X' && name === 'RunTask') longest.set(thread, Math.max(longest.get(thread) ?? 0, tdur));
    }
  });
  await session.send('Tracing.start', {
    traceConfig: { recordMode: 'recordUntilFull', includedCategories: categories },
    transferMode: 'ReportEvents',
  });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    return Math.max(0, ...[...mains].map((thread) => longest.get(thread) ?? 0)) / 1000;
  };
}
