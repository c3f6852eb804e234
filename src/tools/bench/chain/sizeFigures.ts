import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { atMost, figure, type Emit, type Say } from '../figure.ts';
import type { Fixture } from './openFixture.ts';
import type { Pages } from './openPage.ts';

const workers = 2;
const linear = 11;
const gibibyte = 2 ** 30;
const mebibyte = 2 ** 20;

/** A chain ten times as long, read as a stream in a fresh browser each, and what the page's process held at most. */
export async function memoryFigures(
  pages: Pages,
  fixture: Fixture,
  sizes: readonly [number, number],
  say: Say,
  emit: Emit,
): Promise<void> {
  const seconds: number[] = [];
  for (const blocks of sizes) {
    const page = await pages.open(fixture.folder);
    try {
      await page.call('open', blocks, false);
      const run = await page.call('audit', workers);
      seconds.push(run.seconds);
      const peak = await page.peak();
      emit([
        figure(`chain.stream.${blocks}.seconds`, run.seconds, 's'),
        figure(`chain.stream.${blocks}.longestTask`, run.longest, 'ms'),
        ...(peak === undefined
          ? []
          : [atMost(`chain.stream.${blocks}.memory`, peak / mebibyte, 'MiB', gibibyte / mebibyte)]),
      ]);
    } finally {
      await page.close();
    }
  }
  say('sizes in Node');
  emit([atMost('chain.stream.scale', (seconds[1] as number) / (seconds[0] as number), 'ratio', linear)]);
}

/** The same in Node, in a process of its own each. */
export async function nodeFigures(sizes: readonly [number, number], say: Say, emit: Emit): Promise<void> {
  const seconds: number[] = [];
  for (const blocks of sizes) {
    const run = await auditInNode(blocks, sizes[1]);
    seconds.push(run.seconds);
    emit([
      figure(`chain.node.${blocks}.rate`, blocks / run.seconds, 'blocks/s'),
      atMost(`chain.node.${blocks}.memory`, run.peak / mebibyte, 'MiB', gibibyte / mebibyte),
    ]);
  }
  say('certificate');
  emit([atMost('chain.node.scale', (seconds[1] as number) / (seconds[0] as number), 'ratio', linear)]);
}

async function auditInNode(blocks: number, made: number): Promise<{ readonly seconds: number; readonly peak: number }> {
  const script = fileURLToPath(new URL('nodeAudit.ts', import.meta.url));
  const loader = createRequire(import.meta.url).resolve('tsx');
  const child = spawn(process.execPath, ['--import', loader, script, String(blocks), String(made)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString('utf8')));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`The audit of ${blocks} blocks in Node ended with ${String(code)}.`);
  return JSON.parse(text) as { seconds: number; peak: number };
}
