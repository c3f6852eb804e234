import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const circuits = fileURLToPath(new URL('../../circuits', import.meta.url));
const run = promisify(execFile);

/** What the compiler makes of a circuit. */
export interface CompiledCircuit {
  /** Constraints, for the setup. */
  readonly constraints: string;
  /** Witness calculator in WebAssembly. */
  readonly program: string;
  /** Names of signals. */
  readonly names: string;
}

/**
 * Compiles `src/circuits/<name>.circom` into a folder; the same source always gives the same bytes. Linear constraints stay as they are written (`--O1`):
 * put into each other they would fill the proving key.
 */
export async function compileCircuit(name: string, folder: string): Promise<CompiledCircuit> {
  const compiler = createRequire(import.meta.url).resolve('circom2/cli.js');
  // It runs as WebAssembly under a shim that knows relative paths alone.
  const args = [compiler, `${name}.circom`, '--r1cs', '--wasm', '--sym', '--O1', '-o', relative(circuits, folder)];
  try {
    await run(process.execPath, args, { cwd: circuits });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${name}.circom does not compile:\n${stdout}${stderr}`, { cause: error });
  }
  const [constraints, names] = ['r1cs', 'sym'].map((ending) => join(folder, `${name}.${ending}`)) as [string, string];
  return { constraints, names, program: join(folder, `${name}_js`, `${name}.wasm`) };
}
