import { writeFile } from 'node:fs/promises';
import { assembleProgram, programFile, programNames } from './assemblePrograms.ts';

/** Assembles the programs that the page offers to try. */
for (const name of programNames) {
  const bytes = await assembleProgram(name);
  await writeFile(programFile(name), bytes);
  console.error(`${name}.wasm has ${bytes.length} bytes.`);
}
