import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AuditorError } from '../../verdict/auditorError.ts';
import { assemble, everything, trace } from '../assemble.fixture.ts';
import { makePolicy } from '../policy.ts';
import { copyingProgram, floatProgram } from '../run/programs.fixture.ts';
import { makeInputs } from '../run/inputs.ts';
import { runTraced } from '../run/runTraced.ts';
import { inspectProgram } from './inspectProgram.ts';
import { instrument } from './instrument.ts';

const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const type = [1, 4, 1, 0x60, 0, 0];
const code = (...body: number[]) => [3, 2, 1, 0, 10, body.length + 4, 1, body.length + 2, 0, ...body, 0x0b];
const bytes = (...parts: (readonly number[])[]) => Uint8Array.from(parts.flat());

describe('what cannot be traced is refused by name', () => {
  const refused: readonly [code: string, module: Uint8Array][] = [
    ['PROGRAM_NOT_WASM', new TextEncoder().encode('#!/bin/sh\necho no')],
    ['PROGRAM_NOT_WASM', new Uint8Array()],
    ['PROGRAM_COMPONENT', bytes([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0])],
    ['PROGRAM_FORM', bytes([0, 0x61, 0x73, 0x6d, 2, 0, 0, 0])],
    ['PROGRAM_FORM', bytes(magic, [1, 200, 1])],
    ['PROGRAM_FORM', bytes(magic, type, [3, 2, 1, 0])],
    ['PROGRAM_FORM', bytes(magic, type, code(0x6a))],
    ['PROGRAM_THREADS', bytes(magic, type, code(0xfe, 0x03, 0x00))],
    ['PROGRAM_SHARED_MEMORY', bytes(magic, [5, 4, 1, 3, 1, 1])],
    ['PROGRAM_MEMORY64', bytes(magic, [5, 3, 1, 4, 1])],
    ['PROGRAM_MEMORIES', bytes(magic, [5, 5, 2, 0, 1, 0, 1])],
    ['PROGRAM_RELAXED_SIMD', bytes(magic, type, code(0xfd, 0x80, 0x02))],
    ['PROGRAM_GC', bytes(magic, [1, 3, 1, 0x5f, 0])],
    ['PROGRAM_GC', bytes(magic, type, code(0xfb, 0x00, 0x00))],
    ['PROGRAM_EXCEPTIONS', bytes(magic, type, [13, 3, 1, 0, 0])],
    ['PROGRAM_EXCEPTIONS', bytes(magic, type, code(0x06, 0x40, 0x0b))],
    ['PROGRAM_TAIL_CALLS', bytes(magic, type, code(0x12, 0x00))],
    ['PROGRAM_INSTRUCTION', bytes(magic, type, code(0x27))],
    ['PROGRAM_INSTRUCTION', bytes(magic, type, code(0xfc, 0x30))],
    ['PROGRAM_MEMORY', bytes(magic, [5, 4, 1, 0, 0x81, 0x20])],
    ['PROGRAM_MEMORY', bytes(magic, [4, 6, 1, 0x70, 0, 0x81, 0x89, 0x7a])],
  ];
  test.each(refused)('%s', (name, module) => {
    expect(() => instrument(module, everything)).toThrow(expect.objectContaining({ kind: 'usage', code: name }));
  });

  const started: readonly [code: string, text: string, words: RegExp][] = [
    ['PROGRAM_IMPORT', '(module (import "env" "magic" (func)) (func (export "_start")))', /env\.magic \(function\)/],
    ['PROGRAM_IMPORT', '(module (import "env" "g" (global i32)) (func (export "_start")))', /env\.g \(global\)/],
    [
      'PROGRAM_IMPORT',
      '(module (import "wasi_unstable" "fd_close" (func (param i32) (result i32))) (func (export "_start")))',
      /successor of wasi_unstable/,
    ],
    [
      'PROGRAM_IMPORT',
      '(module (import "wasi_snapshot_preview1" "fd_close" (func (param i64) (result i32))) (func (export "_start")))',
      /fd_close as \(i64\)/,
    ],
    ['PROGRAM_START', '(module (func (export "main")))', /no _start/],
    ['PROGRAM_START', '(module (func (export "_initialize")))', /it is a library/],
  ];
  test.each(started)('%s: %s', async (name, text, words) => {
    const running = trace(await assemble(text));
    await expect(running).rejects.toMatchObject({ code: name, message: expect.stringMatching(words) });
  });
});

test('memories and tables from outside are given, empty', async () => {
  const module = await assemble(`(module (import "env" "memory" (memory 1)) (import "env" "table" (table 2 funcref))
    (func (export "_start") (i32.store (i32.const 8) (i32.load (i32.const 4)))))`);
  const { end, events } = await trace(module, makePolicy({ kinds: ['store'] }));
  expect(end).toEqual({ kind: 'exit', code: 0 });
  expect(events).toBe(2);
});

test('a program is described before it is run', async () => {
  const { functions, memory, isCommand } = inspectProgram(await assemble(copyingProgram));
  expect(functions.map(({ name }) => name)).toContain('wasi_snapshot_preview1.fd_read');
  expect({ memory, isCommand }).toEqual({ memory: { minimum: 1, maximum: undefined }, isCommand: true });
});

test('the same module and policy give the same bytes, another policy others', async () => {
  for (const text of [copyingProgram, floatProgram]) {
    const module = await assemble(text);
    const one = instrument(module, everything);
    expect(instrument(module.slice(), everything).module).toEqual(one.module);
    expect(instrument(module, { ...everything, pages: 3 }).module).not.toEqual(one.module);
    expect(instrument(module, makePolicy({ kinds: [] })).figures.sites).toBe(0);
  }
});

test('no edit of a module brings the host down: refused by name, or run to one of its ends', async () => {
  const module = await assemble(floatProgram);
  const bounded = { ...everything, steps: 2000, budget: 2000, pages: 4, depth: 50 };
  const source = { inputs: makeInputs() };
  let ran = 0;
  const edit = fc.record({
    at: fc.integer({ min: 8, max: module.length - 1 }),
    value: fc.integer({ min: 0, max: 255 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 2 }), async (edits) => {
      const edited = module.slice();
      for (const { at, value } of edits) edited[at] = value;
      try {
        const program = instrument(edited, bounded);
        await runTraced({ program, policy: bounded, source, onRecords: () => undefined });
        ran++;
      } catch (error) {
        expect(error).toBeInstanceOf(AuditorError);
        expect((error as AuditorError).kind).toBe('usage');
      }
    }),
    { numRuns: 120, seed: 5 },
  );
  expect(ran).toBeGreaterThan(0);
});
