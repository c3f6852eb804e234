import { expect, test } from 'vitest';
import type { FunctionSymbol } from '../../../core/trace/symbols.ts';
import { budgetOf, callsOf, firstOptions, inputsOf, mostEvents, policyOf } from './runOptions.ts';

test('a policy is what was chosen, and an estimate never goes beyond the person’s own limit', () => {
  const options = {
    ...firstOptions,
    kinds: ['store', 'call'] as const,
    functions: 'chosen' as const,
    chosen: [7, 3],
    inside: [4],
    memory: [
      { from: '0x100', to: '0x200' },
      { from: '0', to: '16' },
    ],
    budget: '5,000',
  };
  const policy = policyOf(options);
  expect(policy.kinds).toEqual(['call', 'store']);
  expect(policy.functions).toEqual({ names: [], indices: [3, 7], exports: [] });
  expect(policy.inside?.indices).toEqual([4]);
  expect(policy.select).toBeUndefined();
  expect(policy.memory).toEqual([
    { from: 0, to: 16 },
    { from: 256, to: 512 },
  ]);
  expect(policy.budget).toBe(5000);
  expect(policyOf(options, { budget: 100, steps: 9 })).toMatchObject({ budget: 100, steps: 9 });
  expect(policyOf(options, { budget: 1e9 }).budget).toBe(5000);
});

test('what makes no sense is said in words', () => {
  const choose = (change: object) => () => policyOf({ ...firstOptions, ...change });
  expect(choose({ kinds: [] })).toThrow('at least one thing');
  expect(choose({ functions: 'chosen' })).toThrow('at least one function');
  for (const [from, to] of [
    ['9', '8'],
    ['a', '8'],
    ['0', '4294967297'],
  ]) {
    expect(choose({ memory: [{ from, to }] })).toThrow('from one address to a higher one');
  }
  for (const budget of ['', '0', '1.5', 'many', String(mostEvents + 1)])
    expect(() => budgetOf(budget)).toThrow('5,000,000');
});

test('inputs are lines as they were typed, with the circumstances of the program', () => {
  const given = { ...firstOptions, args: 'a b\n\n-c', env: 'X=1', stdin: 'in' };
  const inputs = inputsOf('p.wasm', given, { seed: new Uint8Array(32).fill(5), clock: 2000 }, undefined);
  expect(inputs.args).toEqual(['p.wasm', 'a b', '-c']);
  expect(inputs.env).toEqual(['X=1']);
  expect(inputs.clock.start).toBe(2_000_000_000n);
  expect(inputs.seed[31]).toBe(5);
});

test('calls of a library are read by the types of its functions', () => {
  const parameters = ['i32', 'i64', 'f32', 'f64'] as const;
  const compute = { index: 0, name: 'c', exports: ['compute'], imported: null, parameters, results: [] };
  const functions: FunctionSymbol[] = [compute];
  expect(callsOf('compute(4294967295, -6, 0.5, 1)\n', functions)).toEqual([
    { name: 'compute', values: [-1, '-6', '0x3f000000', '0x3ff0000000000000'] },
  ]);
  expect(() => callsOf('other 1', functions)).toThrow('“other”');
  expect(() => callsOf('compute 1 2', functions)).toThrow('takes 4 numbers');
  expect(() => callsOf('compute 1.5 2 3 4', functions)).toThrow('“1.5” is no i32');
});
