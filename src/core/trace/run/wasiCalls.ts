/** Bytes `[address, length]` of the program's memory. */
export type Region = readonly [address: number, length: number];

type Arguments = readonly (number | bigint)[];

/** What a host function takes, and which bytes it reads and writes. */
export interface HostCallShape {
  /** `i` for an i32, `I` for an i64. */
  readonly parameters: string;
  readonly hasResult: boolean;
  readonly reads: (args: Arguments, memory: DataView) => readonly Region[];
  /** Looked up before the call; those that the answer did not reach still hold what the program had there, which does no harm. */
  readonly writes: (args: Arguments, memory: DataView) => readonly Region[];
  /** Number of the argument with the address of the length that was written: bytes of all other regions behind it stay as they were. */
  readonly lengthAt?: number;
}

/** Sizes that `args_get` and `environ_get` write, which only the host knows. */
export interface TextSizes {
  readonly count: number;
  readonly bytes: number;
}

const none = (): readonly Region[] => [];
const at = (args: Arguments, index: number): number => Number(args[index] ?? 0) >>> 0;

/** The buffers that a list of (address, length) pairs names. */
function vectors(memory: DataView, address: number, count: number): Region[] {
  const regions: Region[] = [];
  for (let entry = address; regions.length < count && entry + 8 <= memory.byteLength; entry += 8) {
    regions.push([memory.getUint32(entry, true), memory.getUint32(entry + 4, true)]);
  }
  return regions;
}

type Slot = readonly [address: number, length: number | `@${number}`];

/** Regions by the numbers of the arguments that hold their addresses; a length is fixed, or `@n`: held by argument n. */
const slots =
  (...list: readonly Slot[]) =>
  (args: Arguments): readonly Region[] =>
    list.map(([address, length]) => [
      at(args, address),
      typeof length === 'number' ? length : at(args, Number(length.slice(1))),
    ]);

const list = (args: Arguments): Region => [at(args, 1), at(args, 2) * 8];

/** WASI preview 1: its functions with what they do to memory. */
export function wasiCalls(args: TextSizes, env: TextSizes): Readonly<Record<string, HostCallShape>> {
  const shape = (
    parameters: string,
    reads: HostCallShape['reads'] = none,
    writes: HostCallShape['writes'] = none,
    hasResult = true,
  ): HostCallShape => ({ parameters, reads, writes, hasResult });
  const texts = (sizes: TextSizes) =>
    shape('ii', none, (given) => [
      [at(given, 0), sizes.count * 4],
      [at(given, 1), sizes.bytes],
    ]);
  const path = (parameters: string, index: number, writes: HostCallShape['writes'] = none) =>
    shape(parameters, slots([index, `@${index + 1}`]), writes);
  const twoPaths = (parameters: string, one: number, other: number) =>
    shape(parameters, slots([one, `@${one + 1}`], [other, `@${other + 1}`]));
  const reading = (parameters: string, count: number) => ({
    ...shape(
      parameters,
      (given) => [list(given)],
      (given, memory) => [...vectors(memory, at(given, 1), at(given, 2)), [at(given, count), 4]],
    ),
    lengthAt: count,
  });
  const writing = (parameters: string, count: number) =>
    shape(
      parameters,
      (given, memory) => [list(given), ...vectors(memory, at(given, 1), at(given, 2))],
      slots([count, 4]),
    );
  return {
    args_get: texts(args),
    args_sizes_get: shape('ii', none, slots([0, 4], [1, 4])),
    environ_get: texts(env),
    environ_sizes_get: shape('ii', none, slots([0, 4], [1, 4])),
    clock_res_get: shape('ii', none, slots([1, 8])),
    clock_time_get: shape('iIi', none, slots([2, 8])),
    fd_advise: shape('iIIi'),
    fd_allocate: shape('iII'),
    fd_close: shape('i'),
    fd_datasync: shape('i'),
    fd_fdstat_get: shape('ii', none, slots([1, 24])),
    fd_fdstat_set_flags: shape('ii'),
    fd_fdstat_set_rights: shape('iII'),
    fd_filestat_get: shape('ii', none, slots([1, 64])),
    fd_filestat_set_size: shape('iI'),
    fd_filestat_set_times: shape('iIIi'),
    fd_pread: reading('iiiIi', 4),
    fd_prestat_get: shape('ii', none, slots([1, 8])),
    fd_prestat_dir_name: shape('iii', none, slots([1, '@2'])),
    fd_pwrite: writing('iiiIi', 4),
    fd_read: reading('iiii', 3),
    fd_readdir: { ...shape('iiiIi', none, slots([1, '@2'], [4, 4])), lengthAt: 4 },
    fd_renumber: shape('ii'),
    fd_seek: shape('iIii', none, slots([3, 8])),
    fd_sync: shape('i'),
    fd_tell: shape('ii', none, slots([1, 8])),
    fd_write: writing('iiii', 3),
    path_create_directory: path('iii', 1),
    path_filestat_get: path('iiiii', 2, slots([4, 64])),
    path_filestat_set_times: path('iiiiIIi', 2),
    path_link: twoPaths('iiiiiii', 2, 5),
    path_open: path('iiiiiIIii', 2, slots([8, 4])),
    path_readlink: { ...path('iiiiii', 1, slots([3, '@4'], [5, 4])), lengthAt: 5 },
    path_remove_directory: path('iii', 1),
    path_rename: twoPaths('iiiiii', 1, 4),
    path_symlink: twoPaths('iiiii', 0, 3),
    path_unlink_file: path('iii', 1),
    poll_oneoff: shape(
      'iiii',
      (given) => [[at(given, 0), at(given, 2) * 48]],
      (given) => [
        [at(given, 1), at(given, 2) * 32],
        [at(given, 3), 4],
      ],
    ),
    proc_exit: shape('i', none, none, false),
    proc_raise: shape('i'),
    random_get: shape('ii', none, slots([0, '@1'])),
    sched_yield: shape(''),
    sock_accept: shape('iii'),
    sock_recv: shape('iiiiii'),
    sock_send: shape('iiiii'),
    sock_shutdown: shape('ii'),
  };
}
