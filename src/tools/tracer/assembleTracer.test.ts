import { expect, test } from 'vitest';
import { assembleTracer } from './assembleTracer.ts';
import { tracerFunctions } from '../../core/trace/instrument/tracerImports.ts';
import { tracerModule } from '../../core/trace/tracer/tracerModule.ts';

test('the tracer that is imported is what its source gives', async () => {
  expect(Buffer.from(tracerModule()).equals(Buffer.from(await assembleTracer()))).toBe(true);
});

test('the tracer has what instrumented programs import, and asks for nothing but to be emptied', () => {
  const module = new WebAssembly.Module(tracerModule());
  const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
  expect(exported).toEqual(expect.arrayContaining(Object.keys(tracerFunctions)));
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'host', name: 'flush', kind: 'function' }]);
});
