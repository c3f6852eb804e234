import { execFile } from 'node:child_process';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';

const project = fileURLToPath(new URL('../../..', import.meta.url));
const target = join(project, 'lib');
const workerImport = /import (\w+) from '([^']+)\?worker&url';/;

/**
 * Builds what the package holds: every file of the core and the audit side as a module with its types, and the auditor's commands, in `lib/`. Workers, which the
 * page's bundler makes of an address, become one self-contained file each, which every bundler copies as it is and every browser loads without one.
 * @throws Error with the compiler's words
 */
export async function buildLibrary(): Promise<void> {
  await rm(target, { recursive: true, force: true });
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const config = fileURLToPath(new URL('tsconfig.json', import.meta.url));
  await promisify(execFile)(process.execPath, [tsc, '-p', config]).catch((error: { stdout?: string }) => {
    throw new Error(`The library does not compile:\n${error.stdout ?? String(error)}`);
  });
  const workers = new Map<string, string>();
  for (const file of await filesBelow(target)) {
    if (file.endsWith('.d.ts')) await writeFile(file, typesOf(await readFile(file, 'utf8')));
    else if (file.endsWith('.js')) {
      const code = await readFile(file, 'utf8');
      const found = workerImport.exec(code);
      if (!found) continue;
      const source = resolve(project, relative(target, dirname(file)), found[2] as string);
      const name = `${relative(project, source)
        .replaceAll(/[/\\]/g, '-')
        .replace(/^(workers|src-audit)-|\.ts$/g, '')}.js`;
      workers.set(source, name);
      const path = relative(dirname(file), join(target, 'workers', name)).replaceAll('\\', '/');
      await writeFile(file, code.replace(workerImport, `const $1 = new URL('${path}', import.meta.url).href;`));
    }
  }
  for (const [source, name] of workers) await bundle(source, name);
}

/** One file with everything that it imports, lazily or not. */
async function bundle(source: string, name: string): Promise<void> {
  await build({
    root: project,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    // Workers of workers are found from where the file lies.
    base: './',
    worker: {
      format: 'es',
      rolldownOptions: { output: { entryFileNames: '[name]-[hash].js', codeSplitting: false } },
    },
    build: {
      outDir: join(target, 'workers'),
      emptyOutDir: false,
      target: 'es2023',
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: source,
        output: { entryFileNames: name, assetFileNames: '[name]-[hash][extname]', codeSplitting: false },
      },
    },
  });
}

/** Types name each other as their sources do, which whoever compiles against them need not have allowed. */
function typesOf(code: string): string {
  return code.replaceAll(/((?:from|import\()\s*'\.[^']*)\.ts'/g, "$1.js'");
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
