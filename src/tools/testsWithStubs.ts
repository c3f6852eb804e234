import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What outlives the test that does it, as far as modules and globals are shared. */
const stubs = /\bvi\.(?:mock|doMock|resetModules|stubGlobal|stubEnv|useFakeTimers)\(|\bglobalThis\.\w+ = /;

/** Test files that put something in the place of a module or a global: these do not share a process with others. @returns paths below the root, with slashes */
export function testsWithStubs(root: string): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.test\.tsx?$/.test(path) && stubs.test(readFileSync(join(root, 'src', path), 'utf8')))
    .map((path) => `src/${path.replaceAll('\\', '/')}`);
}
