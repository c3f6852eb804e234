import { ConsoleStdout, Directory, File, Inode, OpenFile, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { sha3 } from '../../bytes/hash.ts';
import type { TextSizes } from './wasiCalls.ts';
import type { ProgramFile, ProgramInputs } from './types.ts';

type HostFunction = (...args: never[]) => unknown;

/** A WASI host that knows nothing but the inputs. */
export interface WasiHost {
  readonly functions: Readonly<Record<string, HostFunction>>;
  readonly args: TextSizes;
  readonly env: TextSizes;
  readonly stdout: () => Uint8Array;
  readonly stderr: () => Uint8Array;
  readonly files: () => readonly ProgramFile[];
}

/** What a program may write in all, per stream and per file, in bytes. Above, it is told that there is no more room. */
export const maximumWritten = 64 * 1024 * 1024;

/** Descriptors of one program; buffers of one call. */
const maximumOpen = 65_536;
const maximumVectors = 1024;

const success = 0;
const tooMany = 33;
const tooBig = 22;
const invalid = 28;
const noSpace = 51;
const notSupported = 58;

/** Thrown by `proc_exit`. */
export class ProgramLeft extends Error {
  readonly exit: number;
  constructor(exit: number) {
    super(`The program left with ${exit}.`);
    this.exit = exit;
  }
}

/** A standard stream that is kept and has an end. */
class KeptStream extends ConsoleStdout {
  readonly parts: Uint8Array[] = [];
  #length = 0;

  constructor() {
    super(() => undefined);
  }

  override fd_write(data: Uint8Array): { ret: number; nwritten: number } {
    if (this.#length + data.length > maximumWritten) return { ret: noSpace, nwritten: 0 };
    this.#length += data.length;
    this.parts.push(data.slice());
    return { ret: success, nwritten: data.length };
  }
}

/** `memory` is asked at each call: it is there only once the program is. */
export function makeWasiHost(inputs: ProgramInputs, memory: () => WebAssembly.Memory): WasiHost {
  // Numbers of files are visible to the program and are given out from one counter for all hosts of this process.
  (Inode as unknown as { next_ino: bigint }).next_ino = 1n;
  const [stdout, stderr] = [new KeptStream(), new KeptStream()];
  const root = new PreopenDirectory('/', new Map());
  for (const file of inputs.files) addFile(root.dir, file);
  const wasi = new WASI(
    [...inputs.args],
    [...inputs.env],
    [new OpenFile(new File(inputs.stdin.slice())), stdout, stderr, root],
    { debug: false },
  );
  wasi.inst = {
    exports: {
      get memory() {
        return memory();
      },
    },
  };
  const view = () => new DataView(memory().buffer);
  const [args, env] = [sizes(inputs.args), sizes(inputs.env)];
  return {
    functions: {
      ...wasi.wasiImport,
      ...bounded(wasi),
      ...virtualTime(inputs, view),
      random_get: seededRandom(inputs.seed, memory),
      // The shim counts characters where bytes are meant.
      args_sizes_get: (count: number, length: number) => {
        view().setUint32(count, args.count, true);
        view().setUint32(length, args.bytes, true);
        return success;
      },
      sched_yield: () => success,
      proc_exit: (code: number) => {
        throw new ProgramLeft(code >>> 0);
      },
    },
    args,
    env,
    stdout: () => concatBytes(...stdout.parts),
    stderr: () => concatBytes(...stderr.parts),
    files: () => [...filesOf(root.dir)].sort((one, other) => (one.path < other.path ? -1 : 1)),
  };
}

function sizes(texts: readonly string[]): TextSizes {
  return { count: texts.length, bytes: texts.reduce((sum, text) => sum + utf8(text).length + 1, 0) };
}

function addFile(root: Directory, { path, bytes }: ProgramFile): void {
  const parts = path.split('/');
  const last = parts.pop() as string;
  let folder = root;
  for (const part of parts) {
    const known = folder.contents.get(part);
    const next = known instanceof Directory ? known : new Directory(new Map());
    folder.contents.set(part, next);
    folder = next;
  }
  if (last !== '') folder.contents.set(last, new File(bytes.slice()));
}

/** Files grow only up to their bound: without it one call could ask for more than there is, which every engine answers differently. */
function bounded(wasi: WASI): Record<string, HostFunction> {
  const shim = wasi.wasiImport as Record<string, (...args: unknown[]) => unknown>;
  const within = (name: string, end: (args: readonly (number | bigint)[]) => bigint) => {
    const original = shim[name] as (...args: unknown[]) => unknown;
    return (...args: (number | bigint)[]) => (end(args) > BigInt(maximumWritten) ? tooBig : original(...args));
  };
  const vectored = (call: (...args: (number | bigint)[]) => unknown): HostFunction => {
    const checked = (...args: (number | bigint)[]) =>
      Number(args[2]) >>> 0 > maximumVectors ? invalid : call(...args);
    return checked as HostFunction;
  };
  const length = (args: readonly (number | bigint)[]) => {
    const memory = new DataView(wasi.inst.exports.memory.buffer);
    let sum = 0n;
    const [from, count] = [Number(args[1]) >>> 0, Number(args[2]) >>> 0];
    for (let entry = 0; entry < count; entry++) sum += BigInt(memory.getUint32(from + entry * 8 + 4, true));
    return sum;
  };
  const unsigned = (value: number | bigint | undefined) => BigInt.asUintN(64, BigInt(value ?? 0));
  const position = (fd: number | bigint | undefined) => {
    const open = wasi.fds[Number(fd)];
    return open instanceof OpenFile ? open.file_pos : 0n;
  };
  return {
    fd_allocate: within('fd_allocate', (args) => unsigned(args[1]) + unsigned(args[2])),
    fd_filestat_set_size: within('fd_filestat_set_size', (args) => unsigned(args[1])),
    fd_write: vectored(within('fd_write', (args) => position(args[0]) + length(args))),
    fd_pwrite: vectored(within('fd_pwrite', (args) => unsigned(args[3]) + length(args))),
    fd_read: vectored(shim['fd_read'] as () => unknown),
    fd_pread: vectored(shim['fd_pread'] as () => unknown),
    path_open: (...args: unknown[]) => (wasi.fds.length >= maximumOpen ? tooMany : shim['path_open']?.(...args)),
  };
}

/** All clocks are one, which goes on with each look and while the program waits. */
function virtualTime({ clock }: ProgramInputs, view: () => DataView): Record<string, HostFunction> {
  let now = clock.start;
  return {
    clock_time_get(_clock: number, _precision: bigint, address: number) {
      view().setBigUint64(address, BigInt.asUintN(64, now), true);
      now += clock.step;
      return success;
    },
    poll_oneoff(from: number, to: number, count: number, ready: number) {
      if (count === 0) return invalid;
      if (count >>> 0 > 1024) return notSupported;
      const memory = view();
      const waits = Array.from({ length: count }, (_, index) => {
        const address = (from >>> 0) + index * 48;
        const isClock = memory.getUint8(address + 8) === 0;
        const timeout = memory.getBigUint64(address + 24, true);
        const isAbsolute = (memory.getUint16(address + 40, true) & 1) !== 0;
        const until = isAbsolute ? timeout : now + timeout;
        return { user: memory.getBigUint64(address, true), type: memory.getUint8(address + 8), until, isClock };
      });
      // Files are ready at once; else the first clock to ring ends the wait.
      const files = waits.filter(({ isClock }) => !isClock);
      const first = waits.reduce((least, { until }) => (until < least ? until : least), waits[0]?.until ?? now);
      const done = files.length > 0 ? files : waits.filter(({ until }) => until === first);
      if (files.length === 0 && first > now) now = first;
      for (const [index, { user, type }] of done.entries()) {
        const address = (to >>> 0) + index * 32;
        for (let offset = 0; offset < 32; offset += 8) memory.setBigUint64(address + offset, 0n, true);
        memory.setBigUint64(address, user, true);
        memory.setUint8(address + 10, type);
      }
      memory.setUint32(ready >>> 0, done.length, true);
      return success;
    },
  };
}

/** Block `n` of the random numbers is H("affidavit/random/1" ‖ seed ‖ n as 8 bytes, big endian); each call begins with a new block. */
function seededRandom(seed: Uint8Array, memory: () => WebAssembly.Memory): HostFunction {
  const label = utf8('affidavit/random/1');
  let blocks = 0;
  return (address: number, length: number) => {
    const target = new Uint8Array(memory().buffer, address >>> 0, length >>> 0);
    for (let done = 0; done < target.length; done += 32) {
      const number = new Uint8Array(8);
      new DataView(number.buffer).setBigUint64(0, BigInt(blocks++));
      target.set(sha3(concatBytes(label, seed, number)).subarray(0, target.length - done), done);
    }
    return success;
  };
}

const maximumFiles = 10_000;

function* filesOf(folder: Directory): Generator<ProgramFile> {
  // Links can make a folder contain itself: each is looked into once.
  const seen = new Set<Inode>([folder]);
  const open: [string, Directory][] = [['', folder]];
  let count = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [prefix, directory] = next;
    if (prefix !== '' && directory.contents.size === 0) yield { path: prefix, bytes: new Uint8Array() };
    for (const [name, entry] of directory.contents) {
      if ((count += 1) > maximumFiles) return;
      if (entry instanceof File) yield { path: `${prefix}${name}`, bytes: new Uint8Array(entry.data) };
      if (!(entry instanceof Directory) || seen.has(entry)) continue;
      seen.add(entry);
      open.push([`${prefix}${name}/`, entry]);
    }
  }
}
