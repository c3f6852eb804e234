import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'rolldown';

/** How `node` runs a program of this project that is written in TypeScript. */
export interface Program {
  /** Comes before the file. */
  readonly loader: readonly string[];
  readonly file: string;
}

const kept = fileURLToPath(new URL('../../../node_modules/.cache/affidavit/', import.meta.url));
const opened = new Map<string, Promise<Program>>();

/**
 * The program put together in one file, which starts in a fraction of the time that its hundreds of modules take: made at the first call and kept beside the packages for as
 * long as none of its files has changed. Where it cannot be made or kept, the modules themselves.
 * @param script absolute path of its first file
 */
export function openProgram(script: string): Promise<Program> {
  const open = opened.get(script) ?? oneFile(script).catch(() => fromModules(script));
  opened.set(script, open);
  return open;
}

/** Module by module, each translated when it is loaded. */
function fromModules(script: string): Program {
  return { loader: ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href], file: script };
}

/** In one file, made anew where one of its files has changed. @throws Error where it cannot be made or kept */
export async function oneFile(script: string): Promise<Program> {
  const key = createHash('sha256').update(`${script}\n${process.version}`).digest('hex').slice(0, 16);
  const file = join(kept, key, `${basename(script, '.ts')}.mjs`);
  if (!(await isCurrent(file))) await build(script, file);
  return { loader: [], file };
}

/** The time of a file's last change, and its size; null where it may have changed while it was read. */
type Stamp = readonly [path: string, changed: number | null, size: number];

const mark = '// made of ';

async function isCurrent(file: string): Promise<boolean> {
  try {
    const text = await readFile(file, 'utf8');
    if (!text.startsWith(mark)) return false;
    const stamps = JSON.parse(text.slice(mark.length, text.indexOf('\n'))) as readonly Stamp[];
    const found = await Promise.all(stamps.map(([path]) => stat(path)));
    return stamps.every(([, changed, size], at) => found[at]?.mtimeMs === changed && found[at].size === size);
  } catch {
    return false;
  }
}

async function build(script: string, file: string): Promise<void> {
  const { rolldown } = await import('rolldown');
  const begun = Date.now();
  const bundle = await rolldown({
    input: script,
    platform: 'node',
    plugins: [inPlace],
    onLog: () => undefined,
  });
  try {
    const { output } = await bundle.generate({ format: 'esm', codeSplitting: false });
    const [chunk] = output;
    const paths = [...new Set(chunk.moduleIds.map((id) => id.split('?')[0] ?? id))].filter(
      (id) => !id.startsWith('\0'),
    );
    const stamps = await Promise.all(
      paths.map(async (path): Promise<Stamp> => {
        const { mtimeMs, size } = await stat(path);
        return [path, mtimeMs < begun ? mtimeMs : null, size];
      }),
    );
    await mkdir(dirname(file), { recursive: true });
    const made = `${file}.${randomUUID()}`;
    try {
      await writeFile(made, `${mark}${JSON.stringify(stamps)}\n${chunk.code}`);
      await rename(made, file);
    } finally {
      await rm(made, { force: true });
    }
  } finally {
    await bundle.close();
  }
}

/** Modules find what lies beside them as if they were still there; packages that are no modules stay where they are. */
const inPlace: Plugin = {
  name: 'in-place',
  async resolveId(source, importer, options) {
    if (importer === undefined || source.startsWith('node:')) return null;
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    if (!found || found.external || !found.id.includes('node_modules')) return found;
    return (await isModule(found.id)) ? found : { id: pathToFileURL(found.id).href, external: true };
  },
  transform: {
    filter: { code: /import\.meta\.url/ },
    handler: (code, id) => ({ code: code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)) }),
  },
};

const moduleFolders = new Map<string, Promise<boolean>>();

async function isModule(path: string): Promise<boolean> {
  if (path.endsWith('.mjs')) return true;
  return path.endsWith('.js') && isModuleFolder(dirname(path));
}

/** What Node goes by: the nearest package.json says it. */
function isModuleFolder(folder: string): Promise<boolean> {
  const known = moduleFolders.get(folder);
  if (known) return known;
  const found = readFile(join(folder, 'package.json'), 'utf8').then(
    (text) => (JSON.parse(text) as { readonly type?: string }).type === 'module',
    () => (dirname(folder) === folder ? false : isModuleFolder(dirname(folder))),
  );
  moduleFolders.set(folder, found);
  return found;
}
