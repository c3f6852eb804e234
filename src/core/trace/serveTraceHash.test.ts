import { describe, expect, it } from 'vitest';
import { concatBytes } from '../bytes/bytes.ts';
import { Commitment } from './commitment.ts';
import { encodeEvent } from './event.ts';
import { isTraceHashReply, type TraceHashReply } from './hashProtocol.ts';
import type { HashLeaves } from './leafHasher.ts';
import { serveTraceHash } from './serveTraceHash.ts';
import { madeEvents, symbols } from './trace.fixture.ts';

const records = concatBytes(...madeEvents(2000).map(encodeEvent));
const rules = { leafEncoding: 'rec16', saltKey: new Uint8Array(32).fill(3) } as const;

async function rootOf(hashLeaves?: HashLeaves): Promise<string> {
  const commitment = new Commitment({
    ...rules,
    eventsPerLeaf: 1,
    symbols,
    isTraced: () => true,
    keepLeavesUpTo: 0,
    hashLeaves,
    ahead: 1,
  });
  for (let at = 0; at < records.length; at += 65536) await commitment.add(records.subarray(at, at + 65536));
  return (await commitment.finish()).metadata.root;
}

describe('the worker that hashes leaves', () => {
  it('gives what this thread would give, in whatever order it answers', async () => {
    const waiting = new Map<number, (hashes: Uint8Array) => void>();
    const serve = serveTraceHash((reply) => {
      expect(isTraceHashReply(reply)).toBe(true);
      // The first of two comes later.
      if (reply.type === 'hashed') setTimeout(() => waiting.get(reply.id)?.(reply.hashes), reply.id % 2 === 0 ? 4 : 0);
    });
    serve({ type: 'rules', id: 1, rules });
    let last = 1;
    const found = await rootOf(
      (batch) =>
        new Promise((resolve) => {
          waiting.set(++last, resolve);
          serve({ type: 'hash', id: last, batch });
        }),
    );
    expect(last).toBeGreaterThan(2);
    expect(found).toBe(await rootOf());
  });

  it('answers an error before the rules, and junk with nothing', () => {
    const replies: TraceHashReply[] = [];
    const serve = serveTraceHash((reply) => void replies.push(reply));
    for (const junk of [null, 1, {}, { id: 1 }, { type: 'hash', id: 1 }, { type: 'rules', id: 'x', rules }])
      serve(junk);
    expect(replies).toEqual([]);
    const batch = {
      firstLeaf: 0,
      records: new Uint8Array(16),
      offsets: Uint32Array.of(0, 16),
      count: 1,
      onlyTiles: false,
    };
    serve({ type: 'hash', id: 5, batch });
    expect(replies).toMatchObject([{ type: 'error', id: 5, code: 'TRACE_RULES' }]);
    for (const junk of [null, {}, { type: 'hashed', id: 1 }, { type: 'hashed', id: 1, hashes: [1] }])
      expect(isTraceHashReply(junk)).toBe(false);
  });

  it('fails the commitment where it fails', async () => {
    await expect(rootOf(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  });
});
