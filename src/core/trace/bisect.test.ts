import { describe, expect, it } from 'vitest';
import { AuditorError, FormatError } from '../verdict/auditorError.ts';
import { bisect } from './bisect.ts';
import type { TraceEvent } from './event.ts';
import { openStoredTrace, storeTrace } from './tileStore.ts';
import { i32, i64, madeEvents } from './trace.fixture.ts';
import { makeTrace, saltKey } from './traceFile.fixture.ts';
import { TraceReader, type TraceSide } from './traceReader.ts';

const plain = new Uint8Array(0);

async function sideOf(events: readonly TraceEvent[], eventsPerLeaf = 1, key = saltKey): Promise<TraceSide> {
  const { bytes, committed } = await makeTrace(events, { eventsPerLeaf, key });
  return (await TraceReader.open(bytes)).side(committed);
}

const events = madeEvents(1200);
const other = (event: TraceEvent): TraceEvent => ({ ...event, v: event.v ^ 1n });

describe('two traces', () => {
  it.each([
    ['the first event', 0],
    ['within the first tile', 200],
    ['the last of a tile', 255],
    ['the first of another', 256],
    ['far on', 3900],
    ['the last event', events.length - 1],
  ])('are told apart at %s', async (_, index) => {
    const changed = events.with(index, other(events[index] as TraceEvent));
    for (const perLeaf of [1, 3]) {
      const found = await bisect(await sideOf(events, perLeaf), await sideOf(changed, perLeaf));
      expect(found.divergence?.index).toBe(index);
      expect(found.divergence?.left.event).toEqual(events[index]);
      expect(found.divergence?.right.event).toEqual(changed[index]);
      expect(found.divergence?.before).toEqual(events.slice(Math.max(0, index - 16), index));
      expect(found.hashesFetched).toBeLessThanOrEqual(4 * 2 * 256);
    }
  });

  it('that are the same have no difference', async () => {
    const found = await bisect(await sideOf(events), await sideOf(events));
    expect(found.divergence).toBeUndefined();
  });

  it('of which one is a prefix differ where it ends', async () => {
    for (const length of [0, 1, 255, 256, 257, 700]) {
      const { divergence } = await bisect(await sideOf(events.slice(0, length)), await sideOf(events));
      expect(divergence).toMatchObject({ index: length, left: { event: undefined }, right: { event: events[length] } });
    }
  });

  it('with other salts or leaves are not compared', async () => {
    const cases = [
      [await sideOf(events), await sideOf(events, 1, plain)],
      [await sideOf(events, 1, plain), await sideOf(events, 2, plain)],
    ] as const;
    for (const [one, two] of cases)
      await expect(bisect(one, two)).rejects.toMatchObject({ kind: 'usage', code: 'TRACE_COMPARE' });
  });
});

describe('the place of a difference', () => {
  const call = (site: number, depth: number, span: bigint, args: TraceEvent['values'] = []): TraceEvent => {
    const results = site === 1 ? [i64(1n)] : [];
    return { kind: 'call', site, a: depth, v: span, values: args, results };
  };
  const load = (v: bigint): TraceEvent => ({ kind: 'load', site: 0, a: 8, v, values: [], results: [] });
  const host = (span: bigint): TraceEvent => ({
    kind: 'hostCall',
    site: 0,
    a: 2,
    v: span,
    values: [i32(1), i32(2)],
    results: [i32(0)],
  });
  const compute = (depth: number, span: bigint): TraceEvent => call(1, depth, span, [i32(1), i64(2n)]);
  const open = (event: TraceEvent): TraceEvent => ({ ...event, kind: 'openCall', results: [] });
  // main(0) → host(1), compute(2) → [load] never(3); compute(4)
  const run = (v: bigint): TraceEvent[] => [
    host(1n),
    load(v),
    call(4, 3, 3n, [i32(5)]),
    compute(2, 2n),
    compute(2, 4n),
    call(3, 1, 0n),
  ];

  it('has the calls that were open, without what began after it, and the host call before it', async () => {
    const { divergence } = await bisect(await sideOf(run(1n)), await sideOf(run(2n)));
    expect(divergence?.index).toBe(1);
    // `never` was called after the load and by the same function as the load is in.
    expect(divergence?.left.stack.map((each) => [each.function, each.span])).toEqual([
      [1, 2n],
      [3, 0n],
    ]);
    expect(divergence?.left.isStackWhole).toBe(true);
    expect(divergence?.right.hostCall).toMatchObject({ index: 0, event: { kind: 'hostCall' } });
  });

  it('has the calls that a trap left open', async () => {
    const trap: TraceEvent = { kind: 'trap', site: 1, a: 0, v: 0n, values: [], results: [] };
    const left = (v: bigint) => [load(v), open(call(3, 1, 0n)), open(compute(2, 1n)), trap];
    const { divergence } = await bisect(await sideOf(left(1n)), await sideOf(left(2n)));
    expect(divergence?.left.stack.map((each) => each.function)).toEqual([1, 3]);
  });

  it('says where only a part was looked through', async () => {
    const changed = events.with(3, other(events[3] as TraceEvent));
    const { divergence } = await bisect(await sideOf(events), await sideOf(changed), { bundles: 2 });
    expect(divergence?.left.isStackWhole).toBe(false);
  });
});

describe('a trace at an address', () => {
  async function stored(list: readonly TraceEvent[]) {
    const { bytes, committed } = await makeTrace(list);
    const objects = new Map<string, Uint8Array>();
    for await (const { address, bytes: object } of storeTrace(await TraceReader.open(bytes), committed))
      objects.set(address, object);
    const asked: string[] = [];
    const read = async (address: string): Promise<Uint8Array> => {
      asked.push(address);
      const found = objects.get(address);
      if (!found) throw new AuditorError('source', 'NOT_THERE', `There is no ${address}.`);
      return found;
    };
    return { objects, read, asked };
  }

  it('is compared by a few tiles and one bundle of each', async () => {
    const [one, two] = [await stored(events), await stored(events.with(3000, other(events[3000] as TraceEvent)))];
    const found = await bisect(await openStoredTrace(one.read), await openStoredTrace(two.read), { bundles: 0 });
    expect(found.divergence?.index).toBe(3000);
    expect(new Set(one.asked.filter((address) => /^tile\/\d/.test(address))).size).toBeLessThanOrEqual(4);
    expect(one.asked.filter((address) => address.startsWith('tile/entries/')).length).toBeLessThanOrEqual(3);
  });

  it('with tiles that were cut, exchanged or bombs is named', async () => {
    const { objects, read } = await stored(events);
    const edge = [...objects.keys()].find(
      (address) => address.startsWith('tile/0/') && address.includes('.p/'),
    ) as string;
    const tile = objects.get(edge) as Uint8Array;
    objects.set(edge, tile.subarray(1));
    await expect(openStoredTrace(read)).rejects.toMatchObject({ code: 'TRACE_TILE' });
    objects.set(edge, tile.with(0, (tile[0] as number) ^ 1));
    await expect(openStoredTrace(read)).rejects.toMatchObject({ code: 'TRACE_TILE' });
    objects.set(edge, new Uint8Array(8193));
    await expect(openStoredTrace(read)).rejects.toThrow(FormatError);
    objects.set(edge, tile);
    const side = await openStoredTrace(read);
    const entry = objects.get('tile/entries/000') as Uint8Array;
    // A length that the compressed bytes cannot have.
    objects.set('tile/entries/000', Uint8Array.from([0x83, 0x1a, 0x01, 0xff, 0xff, 0xff, 0x01, 0x43, 1, 2, 3]));
    await expect(side.bundle(0)).rejects.toThrow('cannot hold');
    objects.set('tile/entries/000', entry.subarray(0, -1));
    await expect(side.bundle(0)).rejects.toThrow(FormatError);
    objects.delete('tile/entries/000');
    await expect(side.bundle(0)).rejects.toMatchObject({ code: 'NOT_THERE' });
  });
});
