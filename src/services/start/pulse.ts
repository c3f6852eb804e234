import { utf8 } from '../../core/bytes/bytes.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import { digestTransaction, seedFiles } from './seedFiles.ts';
import type { Stack } from './startStack.ts';

export interface PulseOptions {
  readonly stack: Pick<Stack, 'pending' | 'write'>;
  /** The project, whose files are the seeds. */
  readonly root: string;
  /** Milliseconds between blocks. */
  readonly interval: number;
  readonly onTrouble: (words: string) => void;
  /** Milliseconds since 1970; default the system's clock. */
  readonly clock?: () => number;
}

/** Digests of files in each block, while there are some. */
const filesPerBlock = 4;
/** A chain that nobody writes to beats in each interval for half an hour, then once a minute, so as not to fill the disk overnight. */
const lively = 30 * 60_000;
const calm = 60_000;

/**
 * Keeps a local chain growing: in each interval in which nobody else has written, a few of the project's own files (their digests), each
 * once; then a short note with the time, which is different each time.
 */
export async function startPulse(options: PulseOptions): Promise<{ stop(): void }> {
  const { stack, root, interval, onTrouble, clock = Date.now } = options;
  const files = [...(await seedFiles(root))];
  const startedAt = clock();
  let lastBeat = 0;
  let number = 0;
  let beating = false;

  async function beat(): Promise<void> {
    const now = clock();
    if (beating || stack.pending > 0 || now - lastBeat < interval / 2) return;
    if (files.length === 0 && now - startedAt > lively && now - lastBeat < calm) return;
    beating = true;
    lastBeat = now;
    try {
      const seeds = files.splice(0, filesPerBlock);
      if (seeds.length > 0) {
        const transactions = await Promise.all(seeds.map((path) => digestTransaction(root, path)));
        await Promise.all(transactions.map((transaction) => stack.write(transaction)));
      } else {
        number += 1;
        const time = new Date(now).toISOString();
        await stack.write(utf8(canonicalJson({ affidavit: 'heartbeat/1', number, time })));
      }
    } catch (error) {
      onTrouble(`Nothing was written of its own accord: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      beating = false;
    }
  }

  void beat();
  // Asked four times an interval: the write must be there before the writer's next look, whenever the last block was done.
  const timer = setInterval(() => void beat(), interval / 4);
  return { stop: () => clearInterval(timer) };
}
