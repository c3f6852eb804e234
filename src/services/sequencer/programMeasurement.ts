import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ioFault } from '../process/ioFault.ts';

export interface ProgramMeasurement {
  /** PCR 0, 1 and 2, 48 bytes each. */
  readonly pcrs: readonly [Uint8Array, Uint8Array, Uint8Array];
  /** Paths below `src/`, with `/`, sorted: what was measured. */
  readonly files: readonly string[];
}

const sourceFolder = fileURLToPath(new URL('../../', import.meta.url));
const imports =
  /(?:^|[\s;}])(?:import|export)\s[^'"`;]*?\bfrom\s*'(\.{1,2}\/[^']+)'|\bimport\s*\(?\s*'(\.{1,2}\/[^']+)'/g;

/**
 * The simulated measurement of a program: SHA-384 over its own source files, found by following its relative imports. PCR 0 covers all
 * of them, PCR 1 what it takes from other folders of the project, PCR 2 the files of its own folder: a changed program has
 * another measurement, anyone with the same sources gets the same one. Packages and the runtime are not measured; in a real enclave
 * the hypervisor measures the whole image, and this function is not used.
 * @param entry absolute path of the program's first file
 */
export async function programMeasurement(entry: string): Promise<ProgramMeasurement> {
  const contents = new Map<string, Uint8Array>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const name = relative(sourceFolder, path).split(sep).join('/');
    if (contents.has(name)) continue;
    const text = await readSource(path);
    contents.set(name, Buffer.from(text));
    for (const match of text.matchAll(imports)) {
      const target = match[1] ?? match[2];
      if (target !== undefined) open.push(resolve(dirname(path), target));
    }
  }
  const files = [...contents.keys()].toSorted();
  const own = `${relative(sourceFolder, dirname(entry)).split(sep).join('/')}/`;
  const measure = (chosen: readonly string[]) => hashFiles(chosen, contents);
  return {
    pcrs: [
      measure(files),
      measure(files.filter((name) => !name.startsWith(own))),
      measure(files.filter((name) => name.startsWith(own))),
    ],
    files,
  };
}

/** Line ends are made equal, so that a checkout on Windows measures the same. */
async function readSource(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
  } catch (error) {
    throw ioFault(`The source file ${path} cannot be measured`, error);
  }
}

/** Names and contents are framed by their lengths, so that no two sets of files read the same. */
function hashFiles(names: readonly string[], contents: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const hash = createHash('sha384').update('affidavit/measurement/1');
  for (const name of names) {
    const content = contents.get(name) ?? new Uint8Array(0);
    hash.update(`\n${Buffer.byteLength(name)} ${content.length} ${name}\n`).update(content);
  }
  return new Uint8Array(hash.digest());
}
