import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build } from 'vite';
import { launchOptions } from '../../../../e2e/launchOptions.ts';
import { cpuSeconds } from './cpuSeconds.ts';
import { peakMemory } from './peakMemory.ts';
import type { PageBench } from './page/page.ts';

/** What a page lets the bench call, by name: parameters and answers are plain JSON. */
type Methods<Bench> = { readonly [Name in keyof Bench]: (...parameters: never[]) => unknown };
type Answer<Method> = Method extends (...parameters: never[]) => infer Result ? Awaited<Result> : never;
type Given<Method> = Method extends (...parameters: infer List) => unknown ? List : never;

/** The bench's page in a browser of its own. */
export interface OpenPage<Bench extends Methods<Bench> = PageBench> {
  /** Calls one of the page's functions. */
  call<Name extends keyof Bench>(name: Name, ...parameters: Given<Bench[Name]>): Promise<Answer<Bench[Name]>>;
  /** Seconds of processor time that the page's process, workers included, has had so far. */
  cpu(): Promise<number>;
  /** Bytes that the page's process, workers included, held at most so far; undefined where the system does not tell. */
  peak(): Promise<number | undefined>;
  close(): Promise<void>;
}

export interface Pages<Bench extends Methods<Bench> = PageBench> {
  /** @param folder of the fixture */
  open(folder: string): Promise<OpenPage<Bench>>;
  close(): Promise<void>;
}

const chainPage = new URL('page/', import.meta.url);
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
};

/** Builds a bench's page (the chain's, unless another is named) as the product is built, into a temporary folder. */
export async function buildPages<Bench extends Methods<Bench> = PageBench>(source = chainPage): Promise<Pages<Bench>> {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-bench-page-'));
  await build({
    configFile: false,
    root: fileURLToPath(source),
    base: './',
    logLevel: 'warn',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, target: 'esnext' },
  });
  return {
    open: (fixture) => openPage(folder, fixture),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function openPage<Bench extends Methods<Bench>>(folder: string, fixture: string): Promise<OpenPage<Bench>> {
  const server = await serve(folder, fixture);
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch(await launchOptions());
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(`The bench's page: ${error.message}`));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`);
    await page.waitForFunction(() => 'bench' in globalThis);
    return opened(browser, page, server);
  } catch (error) {
    await browser?.close();
    server.close();
    throw error;
  }
}

function opened<Bench extends Methods<Bench>>(browser: Browser, page: Page, server: Server): OpenPage<Bench> {
  return {
    async call<Name extends keyof Bench>(name: Name, ...parameters: Given<Bench[Name]>): Promise<Answer<Bench[Name]>> {
      const called: unknown = await page.evaluate(
        ([method, values]) => {
          const { bench } = globalThis as unknown as { bench: Record<string, (...list: unknown[]) => unknown> };
          return bench[method]?.(...values);
        },
        [name as string, parameters as unknown[]] as const,
      );
      return called as Answer<Bench[Name]>;
    },
    cpu: () => cpuSeconds(browser),
    peak: () => peakMemory(browser),
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Page and fixture under one origin that is isolated, so that the page's clock counts in 5 microseconds instead of 100. */
async function serve(folder: string, fixture: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const file = path.startsWith('/fixture/') ? join(fixture, path.slice('/fixture/'.length)) : join(folder, path);
    readFile(file).then(
      (bytes) =>
        response
          .writeHead(200, {
            'content-type': types[extname(file)] ?? 'application/octet-stream',
            'cross-origin-opener-policy': 'same-origin',
            'cross-origin-embedder-policy': 'require-corp',
            'cross-origin-resource-policy': 'same-origin',
          })
          .end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
