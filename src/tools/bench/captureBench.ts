import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { instrument } from '../../core/trace/instrument/instrument.ts';
import { makePolicy, policyKinds } from '../../core/trace/policy.ts';
import { makeInputs } from '../../core/trace/run/inputs.ts';
import { runPlain } from '../../core/trace/run/runPlain.ts';
import { runTraced } from '../../core/trace/run/runTraced.ts';
import { atLeast, figure, type Bench } from './figure.ts';
import { measuredProgram } from './trace/measuredProgram.ts';

/** Policies by what they record; `none` is what instrumenting alone costs. */
const policies = {
  none: makePolicy({ kinds: [] }),
  exports: makePolicy({ kinds: ['call'], functions: { exports: 'all' } }),
  calls: makePolicy({ kinds: ['call', 'host'] }),
  stores: makePolicy({ kinds: ['store'] }),
  memory: makePolicy({ kinds: ['load', 'store'] }),
  // A range that nothing touches: what looking costs.
  range: makePolicy({ kinds: ['load', 'store'], memory: [{ from: 0, to: 16 }] }),
  branches: makePolicy({ kinds: ['block', 'branch'] }),
  locals: makePolicy({ kinds: ['local.get', 'local.set'] }),
  everything: makePolicy({ kinds: policyKinds }),
};

const rounds = 3;

/** What tracing costs a program, by policy, beside the same program untraced; records are counted and dropped. */
export const captureBench: Bench = {
  name: 'capture',
  about: 'overhead of tracing by policy, events captured a second, time of instrumenting',
  async run({ emit, say }) {
    const { default: binaryen } = await import('binaryen');
    const module = binaryen.parseText(measuredProgram);
    const program = module.emitBinary() as Uint8Array<ArrayBuffer>;
    module.dispose();
    const source = { inputs: makeInputs() };
    for (const [name, policy] of Object.entries(policies)) {
      const instrumented = instrument(program, policy);
      const traced: number[] = [];
      const plain: number[] = [];
      let events = 0;
      // In turn, so that other programs on the machine take from both alike.
      for (let round = 0; round < rounds; round++) {
        plain.push(await timed(() => runPlain(program, source)));
        const run = { program: instrumented, policy, source, onRecords: () => undefined };
        traced.push(await timed(async () => void ({ events } = await runTraced(run))));
      }
      const [least, base] = [Math.min(...traced), Math.min(...plain)];
      emit([
        figure(`capture.${name}.overhead`, least / base, '× plain'),
        figure(`capture.${name}.events`, events, 'events'),
      ]);
      if (events > 100_000) emit([atLeast(`capture.${name}.rate`, events / (least / 1000), 'events/s', 40e6)]);
    }
    say('circom compiler, 9 MB');
    const compiler = new Uint8Array(await readFile(createRequire(import.meta.url).resolve('circom2/circom.wasm')));
    for (const name of ['calls', 'memory'] as const) {
      const time = await timed(() => Promise.resolve(instrument(compiler, policies[name])));
      emit([figure(`capture.instrument.${name}`, compiler.length / 1e6 / (time / 1000), 'MB/s')]);
    }
  },
};

async function timed(action: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await action();
  return performance.now() - before;
}
