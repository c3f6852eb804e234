import { beforeAll, describe, expect, test } from 'vitest';
import { assemble, everything, show, trace, type Traced } from '../assemble.fixture.ts';
import { makePolicy } from '../policy.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { decodeInputs, encodeInputs, makeInputs } from './inputs.ts';
import { copyingProgram, floatProgram } from './programs.fixture.ts';
import { runPlain } from './runPlain.ts';
import { decodeTape, encodeTape, type Tape } from './tape.ts';
import type { ProgramInputs } from './types.ts';

const calls = makePolicy({ kinds: ['call'] });
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const bytes = (content: string) => new TextEncoder().encode(content);
const inputs: Partial<ProgramInputs> = {
  args: ['program', 'größer'],
  files: [{ path: 'in', bytes: bytes('from the file') }],
  stdin: bytes('from standard input'),
};

let copying: Uint8Array<ArrayBuffer>;
let floating: Uint8Array<ArrayBuffer>;
let run: Traced;
beforeAll(async () => {
  copying = await assemble(copyingProgram);
  floating = await assemble(floatProgram);
  run = await trace(copying, everything, inputs);
}, 600_000);

describe('a WASI host that knows nothing but the inputs', () => {
  test('files, standard streams, arguments, the exit code', () => {
    expect(run.end).toEqual({ kind: 'exit', code: 2 });
    expect(text(run.stderr)).toBe('from standard input');
    expect(run.files.map(({ path, bytes: content }) => [path, text(content)])).toEqual([
      ['in', 'from the file'],
      ['out', 'from the file'],
    ]);
    expect(run.list.slice(-2).map(show)).toEqual([expect.stringMatching(/^openCall 4 .*\(i32:2\)$/), 'trap 9 0 2']);
  });

  test('the same run again, and untraced, whatever ran before', async () => {
    const again = await trace(copying, everything, inputs);
    expect(again.stream).toEqual(run.stream);
    expect(again.tape).toEqual(run.tape);
    const plain = await runPlain(copying, { inputs: makeInputs(inputs) });
    const { end, stdout, stderr, files, hostCalls } = run;
    expect(plain).toEqual({ end, stdout, stderr, files, hostCalls });
  });

  test('random numbers follow from the seed, the clock from its start', async () => {
    const base = await trace(floating, calls, {});
    const same = await trace(floating, calls, {});
    const seeded = await trace(floating, calls, { seed: new Uint8Array(32).fill(1) });
    const later = await trace(floating, calls, { clock: { start: 5n, step: 1n } });
    expect(same.stream).toEqual(base.stream);
    expect(seeded.stream).not.toEqual(base.stream);
    expect(new DataView(base.stdout.buffer).getBigUint64(0, true)).toBe(0n);
    expect(new DataView(later.stdout.buffer).getBigUint64(0, true)).toBe(5n);
  });

  test('waiting goes on with the clock instead of with time; broken addresses are answered', async () => {
    const module = await assemble(`(module
      (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "clock_time_get" (func $clock (param i32 i64 i32) (result i32)))
      (import "wasi_snapshot_preview1" "fd_filestat_set_size" (func $size (param i32 i64) (result i32)))
      (memory (export "memory") 1)
      (func (export "_start")
        (i64.store (i32.const 24) (i64.const 3600000000000))
        (i32.store (i32.const 200) (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))
        (drop (call $clock (i32.const 0) (i64.const 0) (i32.const 136)))
        (i32.store (i32.const 204) (call $clock (i32.const 0) (i64.const 0) (i32.const -4)))
        (i32.store (i32.const 208) (call $size (i32.const 0) (i64.const 1099511627776)))
        (drop (i64.load (i32.const 136)))))`);
    const { list } = await trace(module, makePolicy({ kinds: ['store', 'load'] }));
    const stored = list.filter(({ kind, a }) => kind === 'store' && a >= 200).map(({ v }) => v);
    expect(stored).toEqual([0n, 21n, 22n]);
    expect(list.find(({ kind }) => kind === 'load')?.v).toBe(3_600_000_000_000n);
  });

  test('inputs have one form', () => {
    const made = makeInputs(inputs);
    expect(decodeInputs(encodeInputs(made))).toEqual(made);
    const broken: Partial<ProgramInputs>[] = [
      { args: ['a\0b'] },
      { files: [{ path: '../up', bytes: new Uint8Array() }] },
      { files: [{ path: '/in', bytes: new Uint8Array() }] },
      {
        files: [
          { path: 'a', bytes: new Uint8Array() },
          { path: 'a', bytes: new Uint8Array() },
        ],
      },
      { seed: new Uint8Array(31) },
      { clock: { start: -1n, step: 0n } },
      { calls: [{ name: 'f', values: ['0x1'] }] },
    ];
    for (const wrong of broken) expect(() => makeInputs(wrong)).toThrow(FormatError);
  });
});

describe('the tape', () => {
  test('answers like the host, without the inputs', async () => {
    const replayed = await trace(copying, everything, { tape: run.tape });
    expect(replayed.end).toEqual(run.end);
    expect(replayed.stream).toEqual(run.stream);
    expect(text(replayed.stderr)).toBe('from standard input');
    expect(run.tape.length).toBeLessThan(2000);
  });

  test('is read back as it was written, and nothing else is', () => {
    expect(encodeTape(decodeTape(run.tape))).toEqual(run.tape);
    for (const wrong of [new Uint8Array(), bytes('tape'), run.tape.subarray(1), run.tape.slice(0, -1)]) {
      expect(() => decodeTape(wrong)).toThrow(FormatError);
    }
  });

  const forged: readonly [name: string, change: (tape: Tape) => unknown, reason: RegExp][] = [
    ['another function', (tape) => edit(tape, 0, { function: 1 }), /path_open was called, the tape has function 1/],
    ['other arguments', (tape) => edit(tape, 1, { args: new Uint8Array(72) }), /with other arguments/],
    ['other bytes asked', (tape) => edit(tape, 3, { asked: new Uint8Array(32) }), /with other bytes in memory/],
    ['a write elsewhere', (tape) => edit(tape, 0, { writes: [[500, bytes('evil')]] }), /write where it cannot/],
    ['an exit that is none', (tape) => edit(tape, 0, { answer: 2 ** 32 }), /never return/],
    ['an end too early', (tape) => ({ ...tape, hostCalls: tape.hostCalls.slice(0, 3) }), /the tape has ended/],
    ['more than was asked', (tape) => ({ ...tape, hostCalls: [...tape.hostCalls, tape.hostCalls[0]] }), /1 more calls/],
  ];
  test.each(forged)('%s is found out', async (_name, change, reason) => {
    const tape = encodeTape(change(decodeTape(run.tape)) as Tape);
    const { end } = await trace(copying, everything, { tape });
    expect(end).toMatchObject({ kind: 'diverged', reason: expect.stringMatching(reason) });
  });

  test('another answer that the program takes gives another trace', async () => {
    const tape = decodeTape(run.tape);
    const read = tape.hostCalls[2]!;
    const writes = read.writes.map(
      ([at, content], index) => [at, index === 0 ? bytes('from nowhere!') : content] as const,
    );
    const { end, stream } = await trace(copying, everything, { tape: encodeTape(edit(tape, 2, { writes }) as Tape) });
    // What the program then writes is not what the tape was asked.
    expect(end).toMatchObject({ kind: 'diverged', call: 3 });
    expect(stream).not.toEqual(run.stream);
  });
});

function edit(tape: Tape, call: number, change: object): unknown {
  return { ...tape, hostCalls: tape.hostCalls.map((item, index) => (index === call ? { ...item, ...change } : item)) };
}
