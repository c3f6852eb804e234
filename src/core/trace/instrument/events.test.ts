import { beforeAll, describe, expect, test } from 'vitest';
import { assemble, show, trace } from '../assemble.fixture.ts';
import { makePolicy, policyKinds, type PolicyKind } from '../policy.ts';
import type { ProgramInputs } from '../run/types.ts';

/** Events of a module under a policy of these kinds, without the last one, which says how it ended. */
async function events(text: string, kinds: readonly PolicyKind[], inputs: Partial<ProgramInputs> = {}) {
  const { list, end } = await trace(await assemble(text), makePolicy({ kinds }), inputs);
  expect(end).toEqual({ kind: 'exit', code: 0 });
  expect(show(list.at(-1)!)).toBe('trap 9 0 0');
  return list.slice(0, -1).map(show);
}

const start = (body: string) => `(func (export "_start") ${body})`;

describe('calls', () => {
  test('arguments of every type, several results, order and depth', async () => {
    const found = await events(
      `(module
        (func $pair (param i32 i64 f32 f64) (result i32 i64) (local.get 0) (local.get 1))
        (func $outer (call $pair (i32.const -1) (i64.const -2) (f32.const 1.5) (f64.const -0)) (drop) (drop) (call $empty))
        (func $empty)
        ${start('(call $outer)')})`,
      ['call'],
    );
    const result = 'i32:4294967295 i64:18446744073709551614';
    expect(found).toEqual([
      `call 0 2 2 (i32:4294967295 i64:18446744073709551614 f32:1069547520 f64:9223372036854775808) = ${result}`,
      'call 2 2 3',
      'call 1 1 1',
      'call 3 0 0',
    ]);
  });

  test('returns from within blocks, also with several values', async () => {
    const found = await events(
      `(module
        (func $early (param i32) (result i32 i32)
          (block (loop (br_if 1 (local.get 0)) (return (i32.const 1) (i32.const 2))))
          (return (i32.const 3) (i32.const 4)))
        ${start('(call $early (i32.const 0)) (drop) (drop) (call $early (i32.const 1)) (drop) (drop)')})`,
      ['call'],
    );
    expect(found.slice(0, 2)).toEqual(['call 0 1 1 (i32:0) = i32:1 i32:2', 'call 0 1 2 (i32:1) = i32:3 i32:4']);
  });

  test('more than four parameters, and branches to the outermost label', async () => {
    const found = await events(
      `(module
        (func $sum (param i32 i32 i32 i32 i32 i64) (result i32)
          (br_if 0 (i32.const 7) (local.get 4)) (drop) (i32.const 8))
        ${start('(drop (call $sum (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5) (i64.const 6)))')})`,
      ['call'],
    );
    expect(found[0]).toBe('call 0 1 1 (i32:1 i32:2 i32:3 i32:4 i32:5 i64:6) = i32:7');
  });

  test('indirect calls, calls from the host and references to functions', async () => {
    const text = `(module
      (type $t (func (param i32) (result i32)))
      (table 2 funcref) (elem (i32.const 0) $double $triple)
      (func $double (type $t) (i32.mul (local.get 0) (i32.const 2)))
      (func $triple (type $t) (i32.mul (local.get 0) (i32.const 3)))
      (func (export "apply") (param i32 i32) (result i32) (call_indirect (type $t) (local.get 0) (local.get 1))))`;
    const found = await events(text, ['call'], {
      calls: [
        { name: 'apply', values: [5, 0] },
        { name: 'apply', values: [5, 1] },
      ],
    });
    expect(found).toEqual([
      'call 0 1 1 (i32:5) = i32:10',
      'call 2 0 0 (i32:5 i32:0) = i32:10',
      'call 1 1 3 (i32:5) = i32:15',
      'call 2 0 2 (i32:5 i32:1) = i32:15',
    ]);
  });

  test('vectors and references as arguments and results', async () => {
    const found = await events(
      `(module
        (func $vector (param i32 v128 f32) (result v128) (local.get 1))
        (func $reference (param externref funcref) (result funcref) (local.get 1))
        (elem declare func $vector)
        ${start(`(drop (call $vector (i32.const 1) (v128.const i64x2 2 3) (f32.const 0)))
          (drop (call $reference (ref.null extern) (ref.func $vector)))`)})`,
      ['call'],
    );
    const wide = (1n << 65n) + (1n << 64n) + 2n;
    expect(found.slice(0, 2)).toEqual([
      `call 0 1 1 (i32:1 v128:${wide} f32:0) = v128:${wide}`,
      'call 1 1 2 (externref:0 funcref:1) = funcref:1',
    ]);
  });

  test('host calls, also through tables; a start function', async () => {
    const found = await events(
      `(module
        (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
        (memory (export "memory") 1)
        (type $t (func (result i32)))
        (table 1 funcref) (elem (i32.const 0) $yield)
        (func $begin (drop (call $yield)))
        (start $begin)
        ${start('(drop (call_indirect (type $t) (i32.const 0)))')})`,
      ['call', 'host'],
    );
    expect(found).toEqual(['hostCall 0 1 1 = i32:0', 'call 1 0 0', 'hostCall 0 1 3 = i32:0', 'call 2 0 2']);
  });

  test('every NaN is written as one, in calls and in memory', async () => {
    const found = await events(
      `(module (memory 1)
        (func $take (param f32 f64))
        ${start(`(call $take (f32.reinterpret_i32 (i32.const 0x7fa00001)) (f64.reinterpret_i64 (i64.const -1)))
          (f32.store (i32.const 0) (f32.reinterpret_i32 (i32.const 0xffc00000)))`)})`,
      ['call', 'store'],
    );
    expect(found.slice(0, 2)).toEqual([
      `call 0 1 1 (f32:${0x7fc00000} f64:${0x7ff8n << 48n})`,
      `store 0 0 ${0x7fc00000}`,
    ]);
  });
});

describe('memory', () => {
  test('loads and stores with width, address and value', async () => {
    const found = await events(
      `(module (memory 1)
        ${start(`(i32.store offset=4 (i32.const 8) (i32.const -2))
          (drop (i32.load8_s offset=4 (i32.const 8)))
          (drop (i64.load32_u offset=65000 (i32.const 12)))
          (f64.store (i32.const 16) (f64.const 0.5))
          (drop (f64.load (i32.const 16)))
          (i64.store8 (i32.const 3) (i64.const 258))`)})`,
      ['load', 'store'],
    );
    expect(found).toEqual([
      'store 0 12 4294967294',
      'load 1 12 4294967294',
      'load 2 65012 0',
      `store 3 16 ${0x3fen << 52n}`,
      `load 4 16 ${0x3fen << 52n}`,
      'store 5 3 258',
    ]);
  });

  test('vectors, lanes', async () => {
    const found = await events(
      `(module (memory 1)
        ${start(`(v128.store (i32.const 16) (v128.const i64x2 5 6))
          (drop (v128.load32_zero (i32.const 16)))
          (drop (v128.load64_lane 1 (i32.const 24) (v128.const i64x2 1 2)))
          (v128.store8_lane 3 (i32.const 0) (v128.const i64x2 9 9))`)})`,
      ['load', 'store'],
    );
    const wide = (high: bigint, low: bigint) => (high << 64n) + low;
    expect(found).toEqual([
      `store 0 16 0 (v128:${wide(6n, 5n)})`,
      `load 1 16 0 (v128:5)`,
      `load 2 24 0 (v128:${wide(6n, 1n)})`,
      `store 3 0 0 (v128:${wide(9n, 9n)})`,
    ]);
  });

  test('growing, copying, filling, initialising', async () => {
    const found = await events(
      `(module (memory 1 3) (data $d "hello")
        ${start(`(drop (memory.grow (i32.const 1))) (drop (memory.grow (i32.const 9)))
          (memory.init $d (i32.const 10) (i32.const 1) (i32.const 4)) (data.drop $d)
          (memory.copy (i32.const 20) (i32.const 10) (i32.const 4))
          (memory.fill (i32.const 30) (i32.const 7) (i32.const 2))`)})`,
      ['memory'],
    );
    expect(found).toEqual([
      'memoryGrow 0 1 1',
      'memoryGrow 1 9 4294967295',
      'memoryInit 2 0 0 (i32:10 i32:1 i32:4)',
      'memoryCopy 3 0 0 (i32:20 i32:10 i32:4)',
      'memoryFill 4 0 0 (i32:30 i32:7 i32:2)',
    ]);
  });
});

test('tables', async () => {
  const found = await events(
    `(module (table $t 3 10 funcref) (elem $e func $f $f) (func $f)
      ${start(`(table.init $t $e (i32.const 0) (i32.const 0) (i32.const 2))
        (drop (table.get $t (i32.const 1))) (table.set $t (i32.const 2) (ref.func $f))
        (table.set $t (i32.const 2) (ref.null func))
        (drop (table.grow $t (ref.null func) (i32.const 2)))
        (table.fill $t (i32.const 3) (ref.func $f) (i32.const 1))
        (table.copy $t $t (i32.const 4) (i32.const 0) (i32.const 1)) (elem.drop $e)`)})`,
    ['table'],
  );
  expect(found).toEqual([
    'tableInit 0 0 0 (i32:0 i32:0 i32:2)',
    'tableGet 1 1 1',
    'tableSet 2 2 1',
    'tableSet 3 2 0',
    'tableGrow 4 2 3',
    'tableFill 5 0 0 (i32:3 funcref:1 i32:1)',
    'tableCopy 6 0 0 (i32:4 i32:0 i32:1)',
  ]);
});

test('locals and globals', async () => {
  const found = await events(
    `(module (global $g (mut f32) (f32.const 2)) (global $h (mut v128) (v128.const i64x2 1 0))
      (func $f (param i64) (local f64)
        (local.set 1 (f64.const 1)) (drop (local.tee 0 (i64.const 9))) (drop (local.get 0)))
      ${start(`(call $f (i64.const 1)) (global.set $g (f32.const 1)) (drop (global.get $g)) (drop (global.get $h))`)})`,
    ['local.get', 'local.set', 'global.get', 'global.set'],
  );
  expect(found).toEqual([
    `localSet 0 1 ${0x3ffn << 52n}`,
    'localSet 1 0 9',
    'localGet 2 0 9',
    `globalSet 3 0 ${0x3f800000}`,
    `globalGet 4 0 ${0x3f800000}`,
    'globalGet 5 1 0 (v128:1)',
  ]);
});

test('blocks, rounds of loops, branches', async () => {
  const found = await events(
    `(module (func $f (param i32) (result i32)
        (block $a (block $b (block $c (br_table $a $b $c (local.get 0))) (return (i32.const 1))) (br 0))
        (if (result i32) (local.get 0) (then (i32.const 2)) (else (i32.const 3))))
      (func $twice (local i32)
        (loop (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 2)))))
      ${start('(drop (call $f (i32.const 1))) (call $twice)')})`,
    ['block', 'branch'],
  );
  expect(found).toEqual([
    'block 0 0 0',
    'block 1 0 0',
    'block 2 0 0',
    'branchTable 3 0 1',
    'branch 5 0 0',
    'branchIf 6 0 1',
    'block 7 0 0',
    'branchIf 8 0 1',
    'block 7 0 0',
    'branchIf 8 0 0',
  ]);
});

describe('selection', () => {
  const text = `(module (memory (export "memory") 1)
    (func $leaf (param i32) (i32.store (local.get 0) (i32.const 1)))
    (func $middle (param i32) (call $leaf (local.get 0)))
    (func $other (export "other") (call $leaf (i32.const 100)))
    ${start('(call $middle (i32.const 8)) (call $other) (call $leaf (i32.const 200))')})`;
  let module: Uint8Array;
  beforeAll(async () => {
    module = await assemble(text);
  }, 600_000);
  const under = async (choice: Parameters<typeof makePolicy>[0]) =>
    (await trace(module, makePolicy(choice))).list.slice(0, -1).map(show);

  test('functions by name, index and export', async () => {
    const all = ['call 0 1 1 (i32:8)', 'call 1 0 0 (i32:8)', 'call 0 0 2 (i32:100)', 'call 0 0 3 (i32:200)'];
    expect(await under({ kinds: ['call'], functions: { names: ['middle', 'leaf'] } })).toEqual(all);
    expect(await under({ kinds: ['call'], functions: { indices: [1] } })).toEqual(['call 1 0 0 (i32:8)']);
    expect(await under({ kinds: ['call', 'store'], functions: { exports: ['other'] } })).toEqual(['call 2 0 0']);
    expect(await under({ kinds: ['call'], functions: { exports: 'all' } })).toEqual(['call 2 1 1', 'call 3 0 0']);
  });

  test('only while a chosen function is open', async () => {
    const inside = { names: ['middle'] };
    expect(await under({ kinds: ['call', 'store'], inside })).toEqual([
      'store 0 8 1',
      'call 0 1 1 (i32:8)',
      'call 1 0 0 (i32:8)',
    ]);
  });

  test('only in ranges of memory, where accesses that reach into them count', async () => {
    const memory = [
      { from: 11, to: 12 },
      { from: 200, to: 300 },
    ];
    expect(await under({ kinds: ['store'], memory })).toEqual(['store 0 8 1', 'store 0 200 1']);
  });

  test('what a policy names must be there', async () => {
    const named = (functions: object) => under({ kinds: ['call'], functions });
    for (const functions of [{ names: ['nobody'] }, { indices: [4] }, { exports: ['leaf'] }]) {
      await expect(named(functions)).rejects.toMatchObject({ code: 'POLICY_FUNCTION' });
    }
  });
});

test('sites say where in the module they are, and functions what they are called', async () => {
  const module = await assemble(`(module (memory 1)
    (func $compute (export "compute") (export "too") (param i32 i64) (result f32)
      (i32.store (local.get 0) (i32.const 1)) (f32.const 0))
    ${start('')})`);
  const { program } = await trace(module, makePolicy({ kinds: policyKinds.filter((kind) => kind === 'store') }));
  expect(program.symbols.functions[0]).toEqual({
    index: 0,
    name: 'compute',
    exports: ['compute', 'too'],
    imported: null,
    parameters: ['i32', 'i64'],
    results: ['f32'],
  });
  const [site] = program.symbols.sites;
  expect(site).toMatchObject({ site: 0, function: 0, operation: 'i32.store', type: 'i32', object: 0 });
  expect(module[site!.offset]).toBe(0x36);
});
