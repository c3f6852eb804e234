import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { build } from 'vite';
import { assemble } from '../src/core/trace/assemble.fixture.ts';
import { makePolicy } from '../src/core/trace/policy.ts';
import { makeInputs } from '../src/core/trace/run/inputs.ts';
import { circuit, floatProgram, trappingProgram } from '../src/core/trace/run/programs.fixture.ts';
import type { TraceReply } from '../src/core/trace/run/protocol.ts';
import { traceProgram, type TraceOrder } from '../src/core/trace/run/traceProgram.ts';
import { expect, test } from './fixtures.ts';
import { serveFolder } from './serveFolder.ts';

const require = createRequire(import.meta.url);
const policy = makePolicy({ kinds: ['call', 'host'] });

test('the worker comes to the same roots in the browser as Node, and refuses by name', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      minify: false,
      lib: { entry: join(import.meta.dirname, '../workers/trace.ts'), formats: ['es'], fileName: 'trace' },
    },
  });
  await writeFile(join(folder, 'index.html'), '<!doctype html><link rel="icon" href="data:,"><title>worker</title>');
  const compiler = require.resolve('circom2/circom.wasm');
  await copyFile(compiler, join(folder, 'compiler.wasm'));
  await writeFile(join(folder, 'floats.wasm'), await assemble(floatProgram));
  await writeFile(join(folder, 'trap.wasm'), await assemble(trappingProgram));
  const site = await serveFolder(folder);
  try {
    await page.goto(site.url);
    const inputs = makeInputs();
    const compile = makeInputs({
      args: ['circom', 'm.circom', '--r1cs', '-o', '.'],
      files: [{ path: 'm.circom', bytes: new TextEncoder().encode(circuit) }],
    });
    for (const [name, given, seen] of [
      ['floats', inputs, 'exit 0'],
      ['trap', inputs, 'trap memory out of bounds'],
      ['compiler', compile, 'exit 0'],
    ] as const) {
      const module = new Uint8Array(await readFile(join(folder, `${name}.wasm`)));
      const order = { policy, source: { inputs: given }, leafEncoding: 'rec16', eventsPerLeaf: 64 } as const;
      const { committed } = await traceProgram({ ...order, module });
      const found = await page.evaluate(runInWorker, { name, order });
      expect(found).toEqual({ end: seen, ...committed!.metadata });
    }
    const order = { policy, source: { inputs }, leafEncoding: 'rec16', eventsPerLeaf: 1 } as const;
    expect(await page.evaluate(runInWorker, { name: 'index.html', order })).toEqual({ code: 'PROGRAM_NOT_WASM' });
  } finally {
    await site.close();
    await rm(folder, { recursive: true });
  }
});

/** Runs in the page: gives the order to a worker, returns how the program ended and what was committed to. */
async function runInWorker({ name, order }: { name: string; order: Omit<TraceOrder, 'module'> }): Promise<unknown> {
  const response = await fetch(name.includes('.') ? name : `${name}.wasm`);
  const module = new Uint8Array(await response.arrayBuffer());
  const worker = new Worker('trace.js', { type: 'module' });
  const reply = await new Promise<TraceReply>((resolve, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
    worker.addEventListener('message', ({ data }: MessageEvent<TraceReply>) => {
      if (data.type !== 'progress') resolve(data);
    });
    worker.postMessage({ type: 'trace', id: 1, order: { ...order, module }, wantsBundles: false });
  });
  worker.terminate();
  if (reply.type === 'error') return { code: reply.code };
  if (reply.type !== 'traced') return reply;
  const { result, metadata } = reply.traced;
  const end =
    result.end.kind === 'exit'
      ? `exit ${result.end.code}`
      : result.end.kind === 'trap'
        ? `trap ${result.end.trap}`
        : '';
  return { end, ...metadata };
}
