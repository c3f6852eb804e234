import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { AuditorError } from '../../core/verdict/auditorError.ts';

/**
 * Builds the page into `<root>/dist`, in a process of its own: here it would keep the services from answering one another for seconds.
 * @returns that folder
 * @throws AuditorError `source` PAGE_BUILD
 */
export async function buildPage(root: string): Promise<string> {
  const folder = join(root, 'dist');
  const reason = await runBuild(root, folder).catch((error: unknown) => String(error));
  if (reason === undefined) return folder;
  throw new AuditorError('source', 'PAGE_BUILD', `The page could not be built: ${reason} Run npm ci, then try again.`);
}

/** @returns what it said, where it failed */
function runBuild(root: string, folder: string): Promise<string | undefined> {
  const vite = join(dirname(createRequire(join(root, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js');
  return new Promise((resolve, reject) => {
    const parameters = ['build', '--logLevel', 'error', '--outDir', folder, '--emptyOutDir'];
    const child = spawn(process.execPath, [vite, ...parameters], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    const said: Buffer[] = [];
    child.stderr.on('data', (part: Buffer) => void said.push(part));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const words = stripVTControlCharacters(Buffer.concat(said).toString('utf8')).trim();
      resolve(code === 0 ? undefined : words || `it ended with ${signal ?? code}.`);
    });
  });
}

/** The page as it was built before. @throws AuditorError `usage` PAGE_MISSING */
export async function builtPage(root: string): Promise<string> {
  const folder = join(root, 'dist');
  if (!(await stat(join(folder, 'index.html')).catch(() => undefined))?.isFile()) {
    throw new AuditorError('usage', 'PAGE_MISSING', `There is no built page in ${folder}. Leave out --no-build.`);
  }
  return folder;
}
