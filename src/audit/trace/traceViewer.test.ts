import { expect, test } from 'vitest';
import { toHex } from '../../core/bytes/hex.ts';
import { decodeEvents, eventKinds } from '../../core/trace/event.ts';
import { assemble } from '../../core/trace/assemble.fixture.ts';
import { countedRoot } from '../../core/trace/countedRoot.ts';
import { parseTraceProof } from '../../core/trace/traceProof.ts';
import { judgeTraceProof } from '../../core/trace/checkProof.ts';
import { noDomain, zeroDigest, type TraceMetadata } from '../../core/trace/metadata.ts';
import { encodePolicy, makePolicy, policyKinds } from '../../core/trace/policy.ts';
import { encodeInputs, makeInputs } from '../../core/trace/run/inputs.ts';
import { floatProgram, trappingProgram } from '../../core/trace/run/programs.fixture.ts';
import { traceProgram } from '../../core/trace/run/traceProgram.ts';
import { rootFromInclusion } from '../../core/merkle/inclusion.ts';
import { keccak256 } from '../../core/bytes/hash.ts';
import { fromHex } from '../../core/bytes/hex.ts';
import { serveTraceView } from '../../core/trace/view/serveTraceView.ts';
import { TraceReader } from '../../core/trace/traceReader.ts';
import { FakeWorker } from '../pool/fakeWorker.fixture.ts';
import { TraceViewer } from './traceViewer.ts';

const policy = makePolicy({ kinds: policyKinds });
const inputs = makeInputs();

async function view(text: string, leafEncoding: 'rec16' | 'fields') {
  const viewer = new TraceViewer(
    () => new FakeWorker((post: (reply: never) => void) => serveTraceView(post as never, () => undefined)),
  );
  const saltKey = new Uint8Array(32).fill(7);
  const all: Uint8Array[] = [];
  const { committed, program, result } = await traceProgram(
    { module: await assemble(text), policy, source: { inputs }, leafEncoding, eventsPerLeaf: 1, saltKey },
    {
      onBundle: (index, records) => {
        all.push(records.slice());
        viewer.add(index, records);
      },
    },
  );
  const metadata: TraceMetadata = { ...committed!.metadata, vm: zeroDigest, time: 1, previous: zeroDigest };
  const { symbols } = program;
  const { tape } = result;
  const rest = { policy: encodePolicy(policy), symbols, tape, inputs: encodeInputs(inputs), saltKey };
  const timeline = await viewer.open({ metadata, domain: noDomain, ...rest });
  const events = all.flatMap((records) => decodeEvents(records));
  return { viewer, metadata, timeline, events, symbols };
}

test('rows, searches, paths, proofs and the file of a trace come from the worker that keeps it', async () => {
  const { viewer, metadata, timeline, events, symbols } = await view(floatProgram, 'rec16');
  expect(Object.values(timeline.kinds).reduce((sum, each) => sum + each, 0)).toBe(metadata.count);

  const wanted = [0, 300, metadata.count - 1, metadata.count];
  const rows = await viewer.rows(wanted);
  expect(rows.map(({ number, kind }) => [number, kind])).toEqual(
    wanted.slice(0, 3).map((number) => [number, events[number]!.kind]),
  );

  for (const kind of eventKinds) {
    const found = await viewer.filter({ kinds: [kind] });
    expect([...found]).toEqual(events.flatMap((event, number) => (event.kind === kind ? [number] : [])));
  }
  const step = symbols.functions.find(({ name }) => name === 'step')!;
  const calls = await viewer.filter({ kinds: ['call'], text: 'STE' });
  expect(calls).toHaveLength(1000);
  expect(await viewer.filter({ kinds: ['call'], function: step.index })).toEqual(calls);
  // The program stores at addresses that it names.
  const stores = await viewer.filter({ kinds: ['store'], text: '80' });
  expect([...stores].map((number) => events[number]!.a)).toEqual([80]);
  expect(await viewer.filter({ text: 'nowhere to be found' })).toHaveLength(0);

  const { leaf, index, leaves, path } = await viewer.path(300);
  const root = rootFromInclusion(fromHex(leaf), index, leaves, path.map(fromHex), keccak256);
  expect(toHex(root)).toBe(metadata.root);
  const { details } = await judgeTraceProof(await viewer.proof([300]), { trust: {} });
  expect(details?.events.map((event) => event.index)).toEqual([300]);

  // How often a function was called, by the way of its entry to the signed index.
  const entry = await viewer.functionPath(step.index);
  const indexRoot = rootFromInclusion(
    fromHex(entry.leaf),
    entry.index,
    entry.leaves,
    entry.path.map(fromHex),
    keccak256,
  );
  expect(toHex(countedRoot(symbols.functions.length, indexRoot))).toBe(metadata.functionIndex);
  await expect(viewer.functionPath(symbols.functions.length)).rejects.toMatchObject({ code: 'TRACE_FUNCTION' });
  const shownCalls = await judgeTraceProof(await viewer.proof([], undefined, [step.index]), { trust: {} });
  expect(shownCalls.details?.functions).toMatchObject([{ name: 'step', count: 1000, isTraced: true }]);
  expect(parseTraceProof(await viewer.whole())).toMatchObject({ metadata: { root: metadata.root }, leaves: [] });

  const whole = await TraceReader.open(await viewer.file({ private: true }));
  expect((await whole.commit()).metadata.root).toBe(metadata.root);
  const open = await TraceReader.open(await viewer.file({ private: false }));
  expect([open.file.saltKey, open.file.inputs, open.file.tape]).toEqual([undefined, undefined, undefined]);
  viewer.close();
}, 600_000);

test('a proof shows the fields that were chosen and no other, under what was signed last', async () => {
  const { viewer, metadata, events } = await view(trappingProgram, 'fields');
  const number = events.findIndex(({ kind, values }) => kind === 'openCall' && values.length === 1);
  await viewer.sign({ metadata: { ...metadata, time: 99 }, domain: noDomain });
  const { details } = await judgeTraceProof(await viewer.proof([number], [0, 3]), { trust: {} });
  expect(details?.proof.metadata.time).toBe(99);
  expect(Object.keys(details!.events[0]!.event).toSorted()).toEqual(['args', 'event', 'func', 'func_name']);
  viewer.close();
}, 600_000);
