import { tmpdir } from 'node:os';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '../../core/bytes/bytes.ts';
import { sha3 } from '../../core/bytes/hash.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { leb, name, section, signedLeb, sized, type Code } from '../../core/bytes/wasmCode.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { createNsmSimulator } from '../sequencer/nsmSimulator.ts';
import type { Nsm } from '../sequencer/nsm.ts';
import type { TaskStore } from './taskStore.ts';

const i32 = 0x7f;
const i64 = 0x7e;
const constant = (value: number): Code => [0x41, ...signedLeb(value)];
const long = (value: number): Code => [0x42, ...signedLeb(value)];
const load = (address: number): Code => [...constant(address), 0x28, 2, 0];
const get = (local: number): Code => [0x20, local];
const set = (local: number): Code => [0x21, local];
const called = (index: number): Code => [0x10, index, 0x1a];
const end = 0x0b;

const fields = { data: 0, sum: 8, file: 16, count: 20, readInto: 24, writeFrom: 32, value: 48, buffer: 64 };
const little = (value: number): Code => [value & 255, (value >> 8) & 255, 0, 0];

/** A command with these instructions behind the imports path_open (0), fd_read (1), fd_write (2). */
function command(body: Code): Uint8Array<ArrayBuffer> {
  const types: Code[] = [
    [0x60, 9, i32, i32, i32, i32, i32, i64, i64, i32, i32, 1, i32],
    [0x60, 4, i32, i32, i32, i32, 1, i32],
    [0x60, 0, 0],
  ];
  const imports = [
    ['path_open', 0],
    ['fd_read', 1],
    ['fd_write', 1],
  ] as const;
  const memory = [
    ...utf8('data\0\0\0\0sum\0\0\0\0\0'),
    ...new Uint8Array(8),
    ...little(fields.buffer),
    ...little(4096),
    ...little(fields.value),
    ...little(4),
  ];
  return Uint8Array.from([
    ...utf8('\0asm'),
    1,
    0,
    0,
    0,
    ...section(1, [...leb(types.length), ...types.flat()]),
    ...section(2, [
      ...leb(imports.length),
      ...imports.flatMap(([what, type]) => [...name('wasi_snapshot_preview1'), ...name(what), 0, type]),
    ]),
    ...section(3, [1, 2]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...name('memory'), 2, 0, ...name('_start'), 0, 3]),
    ...section(10, [1, ...sized([1, 2, i32, ...body, end])]),
    ...section(11, [1, 0, ...constant(0), end, ...sized(memory)]),
  ]);
}

const [index, sum] = [0, 1];
const addUp: Code = [
  0x02,
  0x40,
  0x03,
  0x40,
  ...load(fields.file),
  ...constant(fields.readInto),
  ...constant(1),
  ...constant(fields.count),
  ...called(1),
  ...load(fields.count),
  0x45,
  0x0d,
  1,
  ...constant(0),
  ...set(index),
  0x03,
  0x40,
  ...get(sum),
  ...get(index),
  0x2d,
  0,
  fields.buffer,
  0x6a,
  ...set(sum),
  ...get(index),
  ...constant(1),
  0x6a,
  0x22,
  index,
  ...load(fields.count),
  0x49,
  0x0d,
  0,
  end,
  0x0c,
  0,
  end,
  end,
];
const openFile = (folder: number, path: number, length: number, flags: number, rights: number): Code => [
  ...constant(folder),
  ...constant(0),
  ...constant(path),
  ...constant(length),
  ...constant(flags),
  ...long(rights),
  ...long(0),
  ...constant(0),
  ...constant(fields.file),
  ...called(0),
];
const writeSum = (file: Code): Code => [
  ...file,
  ...constant(fields.writeFrom),
  ...constant(1),
  ...constant(fields.count),
  ...called(2),
];

/** Adds up the bytes of its data set; the sum goes to standard output and into the file `sum`, four bytes, little-endian. */
export const summingProgram = command([
  ...openFile(3, fields.data, 4, 0, 2),
  ...addUp,
  ...constant(fields.value),
  ...get(sum),
  0x36,
  2,
  0,
  ...writeSum(constant(1)),
  ...openFile(4, fields.sum, 3, 1, 64),
  ...writeSum(load(fields.file)),
]);

const store = (address: number, value: Code): Code => [...constant(address), ...value, 0x36, 2, 0];
/** For ever. */
const loop = (body: Code): Code => [0x03, 0x40, ...body, 0x0c, 0, end];

/** Writes its memory to standard output again and again. */
export const floodingProgram = command([
  ...store(fields.writeFrom, constant(0)),
  ...store(fields.writeFrom + 4, constant(65_536)),
  ...loop(writeSum(constant(1))),
]);

/** Letters from A on, by five bits of the index. */
const letter = (shift: number): Code => [
  ...get(index),
  ...constant(shift),
  0x76,
  ...constant(31),
  0x71,
  ...constant(65),
  0x6a,
];
const count = (files: number): Code => [
  ...get(index),
  ...constant(1),
  0x6a,
  0x22,
  index,
  ...constant(files),
  0x49,
  0x0d,
  0,
];

/** Leaves so many empty files. */
const filesProgram = (files: number): Uint8Array<ArrayBuffer> =>
  command([
    0x03,
    0x40,
    ...[0, 5, 10].flatMap((shift, at): Code => [...constant(fields.sum + at), ...letter(shift), 0x3a, 0, 0]),
    ...openFile(4, fields.sum, 3, 1, 64),
    ...count(files),
    end,
  ]);
/** One file more than may be left, and as many as may. */
export const litteringProgram = filesProgram(10_001);
export const tidyProgram = filesProgram(10_000);

export const endlessProgram = command([0x03, 0x40, 0x0c, 0, end]);
export const trappingProgram = command([0x00]);

export const dataSet = Uint8Array.from({ length: 10_000 }, (_, at) => at % 251);
export const sumOfDataSet = Uint8Array.from(
  little(0).map((_, at) => (dataSet.reduce((total, byte) => total + byte, 0) >> (8 * at)) & 255),
);

/** A store in memory that remembers what it was asked for, and can be made to lie. */
export class MemoryStore implements TaskStore {
  readonly files = new Map<string, Uint8Array>();
  readonly asked: string[] = [];

  async read(digest: Uint8Array): Promise<Uint8Array> {
    this.asked.push(toHex(digest));
    const bytes = this.files.get(toHex(digest));
    if (!bytes) throw new AuditorError('source', 'STORE_MISSING', 'It is not there.');
    return bytes;
  }

  async write(bytes: Uint8Array): Promise<Uint8Array> {
    const digest = sha3(bytes);
    this.files.set(toHex(digest), bytes);
    return digest;
  }
}

export async function temporary(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'affidavit-processor-'));
}

/** A simulated security module around an enclave with this measurement. */
export async function simulatedModule(stateFolder: string, measured = 7): Promise<Nsm> {
  const register = () => new Uint8Array(48).fill(measured);
  return createNsmSimulator({ stateFolder, measurement: [register(), register(), register()] });
}
