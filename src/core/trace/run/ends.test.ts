import { describe, expect, test } from 'vitest';
import { assemble, show, trace } from '../assemble.fixture.ts';
import { trapNames } from '../event.ts';
import { makePolicy } from '../policy.ts';
import { nameError } from './nameEnd.ts';
import { trappingProgram } from './programs.fixture.ts';

const calls = makePolicy({ kinds: ['call'] });
const start = (body: string, more = '') =>
  `(module (memory (export "memory") 1 10) ${more} (func $start (export "_start") ${body}))`;

describe('traps are named', () => {
  const traps: readonly [name: string, body: string, more?: string][] = [
    ['unreachable', '(unreachable)'],
    ['memory out of bounds', '(drop (i32.load (i32.const 65533)))'],
    ['memory out of bounds', '(i64.store offset=4294967295 (i32.const 1) (i64.const 0))'],
    ['memory out of bounds', '(memory.fill (i32.const 65530) (i32.const 0) (i32.const 7))'],
    ['table out of bounds', '(drop (table.get $t (i32.const 2)))', '(table $t 2 funcref)'],
    ['table out of bounds', '(table.fill $t (i32.const 1) (ref.null func) (i32.const 2))', '(table $t 2 funcref)'],
    ['table out of bounds', '(call_indirect (i32.const 7))', '(table $t 2 funcref)'],
    ['indirect call type mismatch', '(call_indirect (i32.const 0))', '(table $t 2 funcref)'],
    [
      'indirect call type mismatch',
      '(call_indirect (i32.const 0))',
      '(table $t 1 funcref) (elem (i32.const 0) $other) (func $other (param i32))',
    ],
    ['integer divide by zero', '(drop (i32.div_u (i32.const 1) (i32.const 0)))'],
    ['integer divide by zero', '(drop (i64.rem_s (i64.const 1) (i64.const 0)))'],
    ['integer overflow', '(drop (i32.div_s (i32.const -2147483648) (i32.const -1)))'],
    ['integer overflow', '(drop (i64.div_s (i64.const -9223372036854775808) (i64.const -1)))'],
    ['invalid conversion to integer', '(drop (i32.trunc_f64_s (f64.const nan)))'],
    ['invalid conversion to integer', '(drop (i64.trunc_f32_u (f32.const 1e30)))'],
  ];
  test.each(traps)('%s: %s', async (name, body, more = '') => {
    const { end, list } = await trace(await assemble(start(body, more)), calls);
    expect(end).toEqual({ kind: 'trap', trap: name });
    const inner = more.includes('$other') ? 1 : 0;
    expect(list.map(show)).toEqual([`openCall ${inner} 0 0`, `trap ${trapNames.indexOf(name)} 0 0`]);
  });

  test('a quotient that is not out of range is none', async () => {
    const { end } = await trace(
      await assemble(start('(drop (i32.div_s (i32.const -2147483648) (i32.const -2)))')),
      calls,
    );
    expect(end).toEqual({ kind: 'exit', code: 0 });
  });

  test('the words of other engines say the same', () => {
    const said = (words: string, isTable = false) => {
      const meaning = nameError(new WebAssembly.RuntimeError(words), isTable);
      return meaning && 'trap' in meaning ? trapNames[meaning.trap] : meaning?.exhausted;
    };
    expect(said('index out of bounds')).toBe('memory out of bounds');
    expect(said('index out of bounds', true)).toBe('table out of bounds');
    expect(said('Out of bounds memory access')).toBe('memory out of bounds');
    expect(said('Unreachable code should not be executed')).toBe('unreachable');
    expect(said('Division by zero')).toBe('integer divide by zero');
    expect(said('Out of bounds Trunc operation')).toBe('invalid conversion to integer');
    expect(said('integer overflow')).toBe('invalid conversion to integer');
    expect(said('indirect call signature mismatch')).toBe('indirect call type mismatch');
    expect(said('call_indirect to a null table entry')).toBe('indirect call type mismatch');
    expect(nameError(new Error('too much recursion'), false)).toEqual({ exhausted: 'stack' });
    expect(nameError(new TypeError('x is not a function'), false)).toBeUndefined();
  });
});

test('calls that were open when the program trapped are written outermost first, with their arguments', async () => {
  const { end, list, stdout } = await trace(await assemble(trappingProgram), calls);
  expect(end).toEqual({ kind: 'trap', trap: 'memory out of bounds' });
  expect(new TextDecoder().decode(stdout)).toBe('before');
  expect(list.map(show)).toEqual([
    'call 3 1 1 (i32:128 i32:6)',
    'openCall 5 0 0',
    'openCall 4 1 2 (i32:3)',
    'openCall 4 2 3 (i32:2)',
    'openCall 4 3 4 (i32:1)',
    'openCall 4 4 5 (i32:0)',
    'trap 2 0 0',
  ]);
});

describe('bounds of a policy end a run the same way everywhere', () => {
  const endless = start('(loop (call $nothing) (br 0))', '(func $nothing)');
  test('events', async () => {
    const { end, list, events } = await trace(await assemble(endless), makePolicy({ kinds: ['call'], budget: 3 }));
    expect(end).toEqual({ kind: 'budget', spent: 'events' });
    expect(list.map(show)).toEqual([
      'call 0 1 1',
      'call 0 1 2',
      'call 0 1 3',
      'openCall 1 0 0',
      'openCall 0 1 4',
      'budget 0 0 0',
    ]);
    expect(events).toBe(6);
  });

  test('steps, also where nothing is recorded', async () => {
    const { end, list } = await trace(
      await assemble(start('(loop (br 0))')),
      makePolicy({ kinds: [], steps: 100_000 }),
    );
    expect(end).toEqual({ kind: 'budget', spent: 'steps' });
    expect(list.map(show)).toEqual(['budget 0 0 1']);
  });

  test('depth', async () => {
    const recursion = start('(call $start)');
    const { end, list } = await trace(await assemble(recursion), makePolicy({ kinds: ['call'], depth: 3 }));
    expect(end).toEqual({ kind: 'budget', spent: 'depth' });
    expect(list.map(show)).toEqual(['openCall 0 0 0', 'openCall 0 1 1', 'openCall 0 2 2', 'budget 0 0 2']);
  });

  test('pages: growing fails at the limit, and says so to the program alone', async () => {
    const module = await assemble(start('(drop (memory.grow (i32.const 2))) (drop (memory.grow (i32.const 1)))'));
    const { end, list } = await trace(module, makePolicy({ kinds: ['memory'], pages: 2 }));
    expect(end).toEqual({ kind: 'exit', code: 0 });
    expect(list.slice(0, 2).map(show)).toEqual(['memoryGrow 0 2 4294967295', 'memoryGrow 1 1 1']);
  });
});

test('a stack that is used up is no event and no trap', async () => {
  const { end, list } = await trace(await assemble(start('(call $start)')), makePolicy({ kinds: [] }));
  expect(end).toEqual({ kind: 'exhausted', what: 'stack' });
  expect(list).toEqual([]);
});

test('NaN that an operation makes has one form in the program itself, unless the policy leaves it to the engine', async () => {
  const body = `(i64.store (i32.const 0) (i64.reinterpret_f64 (f64.div (f64.const 0) (f64.const 0))))
    (i32.store (i32.const 8) (i32.reinterpret_f32 (f32.add (f32.reinterpret_i32 (i32.const 0xffc12345)) (f32.const 1))))
    (v128.store (i32.const 16) (f32x4.sqrt (v128.const f32x4 -1 4 -1 9)))
    (v128.store (i32.const 32) (f64x2.div (v128.const f64x2 0 1) (v128.const f64x2 0 2)))`;
  const { list } = await trace(await assemble(start(body)), makePolicy({ kinds: ['store'] }));
  const lane = 0x7fc00000n;
  const sqrt = lane | (0x40000000n << 32n) | (lane << 64n) | (0x40400000n << 96n);
  expect(list.slice(0, 4).map(show)).toEqual([
    `store 0 0 ${0x7ff8n << 48n}`,
    `store 1 8 ${lane}`,
    `store 2 16 0 (v128:${sqrt})`,
    `store 3 32 0 (v128:${(0x7ff8n << 48n) | (0x3fen << 116n)})`,
  ]);
  const alone = await trace(await assemble(start(body)), makePolicy({ kinds: ['store'], floats: 'engine' }));
  expect(alone.list[1]?.v).toBe(0xffc12345n);
});
