import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { browserCandidates } from './browserCandidates.ts';

/** The last release of the package that runs on Node 20. */
const packedBrowser = '@sparticuz/chromium@143.0.4';

/**
 * The path of a Chromium, the cheapest way first: `CHROME_PATH`, Playwright's own download, an installed browser; only where none of these is
 * there, Playwright's installer and then a browser from the package registry (Linux on x64). The answer is kept in `CHROME_PATH`, so that
 * worker processes do not search again.
 * @throws Error where none can be had.
 */
export async function ensureBrowser(): Promise<string> {
  const path = await findBrowser();
  process.env.CHROME_PATH = path;
  return path;
}

async function findBrowser(): Promise<string> {
  const given = process.env.CHROME_PATH;
  if (given && existsSync(given)) return given;
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  const installed = browserCandidates(process.platform, process.env).find((path) => existsSync(path));
  if (installed !== undefined) return installed;
  console.error('No Chromium is installed here: fetching one.');
  if (await succeeds('npx', ['playwright', 'install', 'chromium'])) {
    if (existsSync(chromium.executablePath())) return chromium.executablePath();
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    const packed = await unpackBrowser();
    if (packed !== undefined) return packed;
  }
  throw new Error('No Chromium found: install Chrome or Chromium, or set CHROME_PATH to one.');
}

/** A Chromium with its shared libraries, in a folder of its own, so that package.json and node_modules stay as they are. */
async function unpackBrowser(): Promise<string | undefined> {
  const folder = join(tmpdir(), 'affidavit-chromium');
  if (!(await succeeds('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, packedBrowser])))
    return undefined;
  // Asks the package to unpack the libraries too, and lets the browser find them where it unpacks them.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
  process.env.LD_LIBRARY_PATH ??= join(tmpdir(), 'al2023/lib');
  const entry = join(folder, 'node_modules/@sparticuz/chromium/build/esm/index.js');
  const packed = (await import(pathToFileURL(entry).href)) as { default: { executablePath(): Promise<string> } };
  return packed.default.executablePath();
}

/** Runs a command with its output shown. Windows finds `npm` and `npx` through a shell only; nothing here comes from outside. */
function succeeds(command: string, parameters: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
