import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../../core/trace/event.ts';
import type { LeafEncoding } from '../../core/trace/metadata.ts';
import { madeEvents } from '../../core/trace/trace.fixture.ts';
import { encodeTraceFile } from '../../core/trace/traceFile.ts';
import { makeTrace } from '../../core/trace/traceFile.fixture.ts';
import { compareTraces } from './compareTraces.ts';

const events = madeEvents(300);
const at = 270;
const changed = events.with(at, { ...(events[at] as TraceEvent), v: (events[at] as TraceEvent).v ^ 1n });
const keyOf = (byte: number) => new Uint8Array(32).fill(byte);

interface Kept {
  readonly key?: number;
  readonly leafEncoding?: LeafEncoding;
  readonly eventsPerLeaf?: number;
  readonly isOpen?: boolean;
}

/** The file of a run, with its salt key or without. */
async function fileOf(run: readonly TraceEvent[], { key = 1, isOpen = false, ...rest }: Kept = {}) {
  const { file } = await makeTrace(run, { key: keyOf(key), ...rest });
  return { bytes: encodeTraceFile(isOpen ? { ...file, saltKey: undefined } : file) };
}

describe('traces in files', () => {
  it.each<readonly [string, Kept, Kept, readonly (boolean | undefined)[]]>([
    ['with one salt key', {}, {}, [true, true]],
    ['with two salt keys', { key: 1 }, { key: 2 }, [true, true]],
    ['of which one has no key with it', { isOpen: true }, { key: 2 }, [undefined, true]],
    ['without their keys', { isOpen: true }, { key: 2, isOpen: true }, [undefined, undefined]],
    ['of fields, without a key', { leafEncoding: 'fields', isOpen: true }, { key: 2 }, [undefined, true]],
    ['of several events a leaf', { eventsPerLeaf: 3 }, { eventsPerLeaf: 3, key: 2 }, [true, true]],
  ])('%s are compared event by event', async (_, left, right, holds) => {
    const [one, other, same] = [await fileOf(events, left), await fileOf(changed, right), await fileOf(events, right)];
    const found = await compareTraces(one, other);
    expect(found).toMatchObject({ holds, isSameProgram: true, divergence: { index: at } });
    expect(found.divergence?.left.event).toEqual(events[at]);
    expect(found.divergence?.right.event).toEqual(changed[at]);
    expect((await compareTraces(one, same)).divergence).toBeUndefined();
  });

  it('that were altered are told, whatever the salts', async () => {
    const { file } = await makeTrace(events, { key: keyOf(1) });
    const { file: altered } = await makeTrace(changed, { key: keyOf(1) });
    const forged = { bytes: encodeTraceFile({ ...file, bundles: altered.bundles }) };
    for (const key of [1, 2]) {
      expect((await compareTraces(forged, await fileOf(events, { key }))).holds).toEqual([false, true]);
    }
  });

  it('with other numbers of events in a leaf are refused', async () => {
    const [one, other] = [await fileOf(events), await fileOf(events, { eventsPerLeaf: 2 })];
    await expect(compareTraces(one, other)).rejects.toMatchObject({ kind: 'usage', code: 'TRACE_COMPARE' });
  });

  it('are not compared with tiles by leaves that cannot be made', async () => {
    const open = await fileOf(events, { isOpen: true });
    const address = { address: 'https://traces.invalid/a/' };
    await expect(compareTraces(open, address)).rejects.toMatchObject({ kind: 'usage', code: 'TRACE_SALT_KEY' });
  });
});
