import { createHash } from 'node:crypto';
import {
  ConsoleStdout,
  Directory,
  File,
  OpenFile,
  PreopenDirectory,
  WASI,
  type Inode,
} from '@bjorn3/browser_wasi_shim';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import type { TaskResult } from './resultFile.ts';

/** What a program may leave behind, standard output and files together; and how many files. */
const maximumOutput = 64 * 1024 * 1024;
const maximumFiles = 10_000;

const notSupported = 58;

/**
 * Runs a WASI command (preview 1, no arguments, no environment). It finds the data set as the file `data` in its folder `/in`, writes to standard output
 * and into its folder `/out`; standard error goes nowhere, and there is no network. All that it could learn beside is made the same in each run: its clocks begin
 * at zero and go on by a millisecond with each look, and its random numbers follow from the data set.
 * @throws AuditorError `source` PROGRAM_FORM, PROGRAM_EXIT, PROGRAM_OUTPUT
 */
export async function runWasiProgram(program: Uint8Array, dataSet: Uint8Array): Promise<TaskResult> {
  const stdout: Uint8Array[] = [];
  let length = 0;
  const take = (bytes: Uint8Array) => {
    length += bytes.length;
    if (length > maximumOutput) throw tooMuch();
    stdout.push(bytes.slice());
  };
  const out = new PreopenDirectory('/out', new Map());
  const wasi = new WASI(
    ['program'],
    [],
    [
      new OpenFile(new File([])),
      new ConsoleStdout(take),
      new ConsoleStdout(() => undefined),
      new PreopenDirectory('/in', new Map([['data', new File(dataSet.slice(), { readonly: true })]])),
      out,
    ],
    { debug: false },
  );
  const imports = { wasi_snapshot_preview1: { ...wasi.wasiImport, ...sameInEachRun(wasi, dataSet) } };
  const instance = await instantiate(program, imports);
  let exit: number;
  try {
    exit = wasi.start(instance);
  } catch (cause) {
    if (cause instanceof AuditorError) throw cause;
    throw new AuditorError('source', 'PROGRAM_EXIT', `The program broke off: ${String(cause)}`, { cause });
  }
  if (exit !== 0) throw new AuditorError('source', 'PROGRAM_EXIT', `The program ended with the exit code ${exit}.`);
  const files = [...filesOf(out.dir)];
  if (length + files.reduce((sum, { bytes }) => sum + bytes.length, 0) > maximumOutput) throw tooMuch();
  return { stdout: new Uint8Array(Buffer.concat(stdout)), files };
}

interface Command extends WebAssembly.Instance {
  readonly exports: { readonly memory: WebAssembly.Memory; readonly _start: () => unknown };
}

async function instantiate(program: Uint8Array, imports: WebAssembly.Imports): Promise<Command> {
  try {
    const { instance } = await WebAssembly.instantiate(program.slice(), imports);
    const { memory, _start } = instance.exports;
    if (!(memory instanceof WebAssembly.Memory) || typeof _start !== 'function') {
      throw new Error('it exports no memory or no _start');
    }
    return instance as Command;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AuditorError('source', 'PROGRAM_FORM', `The program is no WASI command: ${reason}.`, { cause });
  }
}

/** Clocks, random numbers and waiting, as a function of the data set and of how often they were asked for. */
function sameInEachRun(wasi: WASI, dataSet: Uint8Array): Record<string, (...values: never[]) => number> {
  let milliseconds = 0n;
  let blocks = 0;
  const seed = createHash('sha256').update('affidavit/seed/1').update(dataSet).digest();
  const block = () => createHash('sha256').update(seed).update(String(blocks++)).digest();
  const memory = () => wasi.inst.exports.memory.buffer;
  return {
    clock_time_get(_clock: number, _precision: bigint, at: number) {
      new DataView(memory()).setBigUint64(at, milliseconds++ * 1_000_000n, true);
      return 0;
    },
    random_get(at: number, wanted: number) {
      const target = new Uint8Array(memory(), at, wanted);
      for (let done = 0; done < wanted; done += 32) target.set(block().subarray(0, wanted - done), done);
      return 0;
    },
    poll_oneoff: () => notSupported,
  };
}

function* filesOf(folder: Directory): Generator<TaskResult['files'][number]> {
  // Links can make a folder contain itself: each is looked into once.
  const seen = new Set<Inode>([folder]);
  const open: [string, Directory][] = [['', folder]];
  let count = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [prefix, directory] = next;
    for (const [name, entry] of directory.contents) {
      if (seen.has(entry) && entry instanceof Directory) continue;
      seen.add(entry);
      if ((count += 1) > maximumFiles) throw tooMuch();
      if (entry instanceof Directory) open.push([`${prefix}${name}/`, entry]);
      else if (entry instanceof File) yield { path: `${prefix}${name}`, bytes: new Uint8Array(entry.data) };
    }
  }
}

function tooMuch(): AuditorError {
  const words = `The program left behind more than ${maximumOutput} bytes or ${maximumFiles} files.`;
  return new AuditorError('source', 'PROGRAM_OUTPUT', words);
}
