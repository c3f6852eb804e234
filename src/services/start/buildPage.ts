import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditorError } from '../../core/verdict/auditorError.ts';

/**
 * Builds the page into `<root>/dist`.
 * @returns that folder
 * @throws AuditorError `source` PAGE_BUILD
 */
export async function buildPage(root: string): Promise<string> {
  const folder = join(root, 'dist');
  try {
    const { build } = await import('vite');
    await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AuditorError(
      'source',
      'PAGE_BUILD',
      `The page could not be built: ${reason}. Run npm ci, then try again.`,
      {
        cause,
      },
    );
  }
  return folder;
}

/** The page as it was built before. @throws AuditorError `usage` PAGE_MISSING */
export async function builtPage(root: string): Promise<string> {
  const folder = join(root, 'dist');
  if (!(await stat(join(folder, 'index.html')).catch(() => undefined))?.isFile()) {
    throw new AuditorError('usage', 'PAGE_MISSING', `There is no built page in ${folder}. Leave out --no-build.`);
  }
  return folder;
}
