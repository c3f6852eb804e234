import binaryen from 'binaryen';
import { expect, test } from 'vitest';
import { assemble, trace } from '../assemble.fixture.ts';
import { makePolicy, policyKinds } from '../policy.ts';
import { floatProgram } from '../run/programs.fixture.ts';
import { makeWasiHost } from '../run/wasiHost.ts';
import { makeInputs } from '../run/inputs.ts';

test('loads and stores are those that the pass of binaryen sees', async () => {
  const bytes = await assemble(floatProgram);
  const module = binaryen.readBinary(bytes);
  module.runPasses(['instrument-memory']);
  const seen: string[] = [];
  const value = (_site: number, bits: number | bigint) => (seen.push(String(bits)), bits);
  const memory = new Proxy(
    {
      load_ptr: (_site: number, _bytes: number, offset: number, address: number) => {
        seen.push(`load ${offset + address}`);
        return address;
      },
      store_ptr: (_site: number, _bytes: number, offset: number, address: number) => {
        seen.push(`store ${offset + address}`);
        return address;
      },
    } as Record<string, unknown>,
    { get: (known, name: string) => known[name] ?? value },
  );
  const compiled = new WebAssembly.Module(module.emitBinary() as Uint8Array<ArrayBuffer>);
  const env: Record<string, unknown> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(compiled)) {
    if (from === 'env') env[name] = memory[name];
  }
  let instance: WebAssembly.Instance | undefined;
  const host = makeWasiHost(makeInputs(), () => instance?.exports['memory'] as WebAssembly.Memory);
  instance = new WebAssembly.Instance(compiled, {
    wasi_snapshot_preview1: host.functions,
    env,
  } as unknown as WebAssembly.Imports);
  (instance.exports['_start'] as () => void)();

  const { list } = await trace(bytes, makePolicy({ kinds: ['load', 'store'] }));
  const accesses = list.filter(({ kind }) => kind === 'load' || kind === 'store').map(({ kind, a }) => `${kind} ${a}`);
  // The pass tells of a store before the value that is stored is known, so only the order among themselves is the same.
  for (const kind of ['load', 'store']) {
    const ofKind = (line: string) => line.startsWith(kind);
    expect(accesses.filter(ofKind)).toEqual(seen.filter(ofKind));
  }
  expect(accesses.length).toBeGreaterThan(5);
});

test('random programs compute the same with and without tracing', async () => {
  const policy = makePolicy({ kinds: policyKinds, steps: 10_000, budget: 2000, floats: 'engine' });
  let compared = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const bytes = randomModule(seed);
    for (const type of ['i32', 'i64', 'f32', 'f64'] as const) {
      const name = `run_${type}`;
      const { list, end, program } = await trace(bytes, policy, { calls: [{ name, values: [] }] });
      if (end.kind === 'budget') continue;
      const outer = program.symbols.functions.find(({ exports }) => exports[0] === name)?.index;
      const found = list.find(({ kind, site, a }) => kind === 'call' && site === outer && a === 0)?.results[0]?.bits;
      expect(found).toBe(plainResult(bytes, name, type));
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(8);
});

/** Bits of what the untouched program gives; undefined where it traps. */
function plainResult(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  type: 'i32' | 'i64' | 'f32' | 'f64',
): bigint | undefined {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  let value: number | bigint;
  try {
    value = (exports[name] as () => number | bigint)();
  } catch {
    return undefined;
  }
  const view = new DataView(new ArrayBuffer(8));
  if (typeof value === 'bigint') return BigInt.asUintN(64, value);
  if (type === 'i32') return BigInt(value >>> 0);
  if (Number.isNaN(value)) return type === 'f32' ? 0x7fc00000n : 0x7ff8n << 48n;
  if (type === 'f32') view.setFloat32(4, value);
  else view.setFloat64(0, value);
  return view.getBigUint64(0);
}

/** A module out of numbers that follow from the seed: arithmetic, memory, locals, branches and calls of one another, all valid. */
function randomModule(seed: number): Uint8Array<ArrayBuffer> {
  let state = seed * 2654435761;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const types = ['i32', 'i64', 'f32', 'f64'] as const;
  type Type = (typeof types)[number];
  const expression = (type: Type, depth: number): string => {
    const inner = (of: Type = type) => expression(of, depth - 1);
    if (depth === 0) return next(2) ? `(${type}.const ${next(1000)})` : `(local.get $${type})`;
    switch (next(9)) {
      case 0:
        return `(${type}.${type.startsWith('f') ? 'div' : 'rem_u'} ${inner()} ${inner()})`;
      case 1:
        return `(${type}.add ${inner()} ${inner()})`;
      case 2:
        return `(${type}.load offset=${next(64)} (i32.and ${inner('i32')} (i32.const 65535)))`;
      case 3:
        return `(local.tee $${type} ${inner()})`;
      case 4:
        return `(if (result ${type}) ${inner('i32')} (then ${inner()}) (else ${inner()}))`;
      case 5:
        return `(block (result ${type}) (br_if 0 ${inner()} ${inner('i32')}))`;
      case 6:
        return `(call $f_${type} ${inner()})`;
      case 7:
        return `(block (result ${type}) (${type}.store (i32.and ${inner('i32')} (i32.const 65535)) ${inner()}) ${inner()})`;
      default:
        return type === 'i32' ? `(i32.trunc_f64_s ${inner('f64')})` : `(${type}.mul ${inner()} ${inner()})`;
    }
  };
  const locals = types.map((type) => `(local $${type} ${type})`).join(' ');
  const functions = types.map(
    (type) => `(func $f_${type} (param ${type}) (result ${type}) ${locals}
      (local.set $${type} (local.get 0)) ${expression(type, 4)})`,
  );
  const starts = types.map((type) => `(func (export "run_${type}") (result ${type}) ${locals} ${expression(type, 5)})`);
  const module = binaryen.parseText(`(module (memory 1) ${functions.join('\n')} ${starts.join('\n')})`);
  const bytes = module.emitBinary() as Uint8Array<ArrayBuffer>;
  module.dispose();
  return bytes;
}
