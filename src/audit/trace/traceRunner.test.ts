import { afterEach, expect, test } from 'vitest';
import { assemble } from '../../core/trace/assemble.fixture.ts';
import { zeroDigest } from '../../core/trace/metadata.ts';
import { makePolicy } from '../../core/trace/policy.ts';
import { makeInputs } from '../../core/trace/run/inputs.ts';
import { trappingProgram } from '../../core/trace/run/programs.fixture.ts';
import { serveTrace } from '../../core/trace/run/serveTrace.ts';
import { FakeWorker } from '../pool/fakeWorker.fixture.ts';
import { TraceRunner } from './traceRunner.ts';

const policy = makePolicy({ kinds: ['call', 'host'] });
const source = { inputs: makeInputs() };
let runner: TraceRunner;
let worker: FakeWorker;
const open = () => (runner = new TraceRunner(() => (worker = new FakeWorker(serveTrace))));
afterEach(() => runner.close());

test('a program is looked at, counted, run, traced and run again through the worker', async () => {
  open();
  const module = await assemble(trappingProgram);
  expect((await runner.inspect(module)).isCommand).toBe(true);
  const trap = { kind: 'trap', trap: 'memory out of bounds' };
  expect((await runner.plain(module, source)).end).toEqual(trap);
  expect((await runner.estimate(module, policy, source)).result.events).toBe(8);
  const bundles: number[] = [];
  const stages: string[] = [];
  const traced = await runner.trace(
    { module, policy, source, leafEncoding: 'rec16', eventsPerLeaf: 1 },
    {
      onBundle: (index, records) => bundles.push(index, records.length / 16),
      onProgress: ({ stage }) => stages.push(stage),
    },
  );
  expect(traced.result.end).toEqual(trap);
  expect(bundles).toEqual([0, traced.metadata!.records]);
  expect(stages).toEqual(['instrumented', 'running', 'committing']);
  const claim = { ...traced.metadata!, selection: zeroDigest, vm: zeroDigest, time: 1, previous: zeroDigest };
  const again = await runner.reexecute({ claim, module, policy, source });
  expect(again.outcome).toBe('same');
  expect(again.comparisons.map(({ outcome }) => outcome)).not.toContain('different');
}, 600_000);

test('what cannot be traced is refused through the worker; a cancel is the reason that was given', async () => {
  open();
  await expect(runner.inspect(new Uint8Array(9))).rejects.toMatchObject({ kind: 'usage', code: 'PROGRAM_NOT_WASM' });
  const reason = new Error('enough');
  const running = runner.plain(await assemble(trappingProgram), source, AbortSignal.abort(reason));
  await expect(running).rejects.toBe(reason);
  expect(worker.terminated).toBe(false);
}, 600_000);
