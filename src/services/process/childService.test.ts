import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { startChild, untilReady, type ChildService } from './childService.ts';

const folder = await mkdtemp(join(tmpdir(), 'affidavit-child-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const logFile = join(folder, 'child.log');

async function run(script: string, onLine?: (line: string) => void): Promise<ChildService> {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.cjs`);
  await writeFile(path, script);
  return startChild({ name: 'the example', args: [path], logFile, ...(onLine ? { onLine } : {}) });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a child service', () => {
  it('is ready when it says so, logs without colours, and stops when asked', async () => {
    const lines: string[] = [];
    const child = await run(
      "console.log('\\x1b[32mready\\x1b[0m'); console.error('a fault'); setInterval(() => {}, 1000);",
      (line) => lines.push(line),
    );
    await untilReady(child, async () => lines.length > 0 && child.log.tail().includes('a fault'));
    expect(child.exit).toBeUndefined();
    expect(await child.stop()).toEqual({ code: null, signal: 'SIGTERM' });
    expect(await child.stop()).toEqual({ code: null, signal: 'SIGTERM' });
    const log = await readFile(logFile, 'utf8');
    expect(log.trim().split('\n').toSorted()).toEqual(['a fault', 'ready']);
  });

  it('is ended when it does not stop by itself', async () => {
    const lines: string[] = [];
    const child = await run(
      "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000);",
      (line) => lines.push(line),
    );
    await untilReady(child, async () => lines.length > 0);
    expect(await child.stop(50)).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('tells its last words when it ends before it was ready', async () => {
    const child = await run("console.error('no such thing'); process.exit(3);");
    await expect(untilReady(child, async () => false)).rejects.toMatchObject({
      code: 'CHILD_ENDED',
      message: expect.stringMatching(/the example.*exit code 3.*no such thing/s),
    });
  });

  it('is not waited for without end', async () => {
    const child = await run('setInterval(() => {}, 1000);');
    await expect(untilReady(child, async () => false, 0.1)).rejects.toMatchObject({ code: 'CHILD_SILENT' });
    await child.stop();
  });

  it('does not outlive its parent, even when that one is killed outright', async () => {
    const grandchild = join(folder, 'grandchild.cjs');
    await writeFile(grandchild, "console.log('up'); setInterval(() => {}, 1000);");
    const parent = join(folder, 'parent.mjs');
    const module = pathToFileURL(fileURLToPath(new URL('childService.ts', import.meta.url))).href;
    await writeFile(
      parent,
      `import { startChild } from ${JSON.stringify(module)};
       const child = await startChild({ name: 'x', args: [${JSON.stringify(grandchild)}], logFile: ${JSON.stringify(join(folder, 'g.log'))},
         onLine: () => console.log(child.pid) });`,
    );
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const process_ = spawn(process.execPath, ['--import', tsx, parent], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) =>
      process_.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))),
    );
    expect(isAlive(pid)).toBe(true);
    process_.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 60_000 }).toBe(false);
  });
});
