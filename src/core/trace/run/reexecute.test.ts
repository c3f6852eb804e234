import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from 'vitest';
import { assemble, trace } from '../assemble.fixture.ts';
import { zeroDigest, type TraceMetadata } from '../metadata.ts';
import { makePolicy } from '../policy.ts';
import { toHex } from '../../bytes/hex.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { makeInputs } from './inputs.ts';
import { circuit, copyingProgram, floatProgram, trappingProgram } from './programs.fixture.ts';
import type { TraceReply } from './protocol.ts';
import { reexecute, type ReexecutionOrder } from './reexecute.ts';
import { serveTrace } from './serveTrace.ts';
import { traceProgram, type TraceOrder } from './traceProgram.ts';
import { decodeTape, encodeTape } from './tape.ts';

const policy = makePolicy({ kinds: ['call', 'host', 'store'] });
const saltKey = new Uint8Array(32).fill(7);
const inputs = makeInputs({ files: [{ path: 'in', bytes: new Uint8Array([1, 2, 3]) }] });

async function claimOf(order: TraceOrder): Promise<TraceMetadata> {
  const { committed } = await traceProgram(order);
  return { ...committed!.metadata, selection: zeroDigest, vm: zeroDigest, time: 0, previous: zeroDigest };
}

describe('running again', () => {
  let order: ReexecutionOrder;
  let tape: Uint8Array;
  beforeAll(async () => {
    const module = await assemble(copyingProgram);
    const first = { module, policy, source: { inputs }, leafEncoding: 'rec16', eventsPerLeaf: 1, saltKey } as const;
    order = { claim: await claimOf(first), module, policy, source: { inputs }, saltKey };
    ({ tape } = await trace(module, policy, inputs));
  }, 600_000);

  const differing = async (change: Partial<ReexecutionOrder>) => {
    const { outcome, comparisons, end } = await reexecute({ ...order, ...change });
    const members = comparisons.filter((one) => one.outcome === 'different').map(({ member }) => member);
    return { outcome, members, ran: end !== undefined };
  };

  test('with the inputs, and with the tape alone, gives the same root', async () => {
    const again = await reexecute(order);
    expect(again.outcome).toBe('same');
    expect(again.comparisons.every(({ outcome }) => outcome === 'same')).toBe(true);
    const replayed = await reexecute({ ...order, source: { tape } });
    expect(replayed.outcome).toBe('same');
    expect(replayed.comparisons.filter(({ outcome }) => outcome !== 'same').map(({ member }) => member)).toEqual([
      'inputs',
    ]);
    expect(sha3Hex(tape)).toBe(order.claim.tape);
  });

  test('what was not given as claimed is named, and nothing is run', async () => {
    const other = await assemble(floatProgram);
    expect(await differing({ module: other })).toEqual({ outcome: 'different', members: ['code'], ran: false });
    const less = makePolicy({ kinds: ['call'] });
    expect(await differing({ policy: less })).toEqual({ outcome: 'different', members: ['policy'], ran: false });
    const salt = { outcome: 'different', members: ['saltCommitment'], ran: false };
    expect(await differing({ saltKey: undefined })).toEqual(salt);
    const files = { inputs: { ...inputs, stdin: new Uint8Array(1) } };
    expect(await differing({ source: files })).toEqual({ outcome: 'different', members: ['inputs'], ran: false });
    expect(await differing({ source: { tape: new Uint8Array(1) } })).toEqual({
      outcome: 'different',
      members: ['tape'],
      ran: false,
    });
  });

  test('a claimed root, count or module that the run does not give is named', async () => {
    for (const member of ['root', 'functionIndex', 'symbols', 'instrumented'] as const) {
      const claim = { ...order.claim, [member]: 'ab'.repeat(32) };
      expect(await differing({ claim })).toEqual({ outcome: 'different', members: [member], ran: true });
    }
    const claim = { ...order.claim, count: order.claim.count + 1, records: order.claim.records + 1 };
    expect((await differing({ claim })).members).toEqual(['count', 'records']);
  });

  test('the selected calls are committed to, and other values or another choice are named', async () => {
    const { module } = order;
    const chosen = makePolicy({ kinds: ['call', 'host'], select: { names: ['copy'] } });
    const run = {
      module,
      policy: chosen,
      source: { inputs },
      leafEncoding: 'rec16',
      eventsPerLeaf: 1,
      saltKey,
    } as const;
    const { committed } = await traceProgram(run);
    const claim = { ...committed!.metadata, vm: zeroDigest, time: 0, previous: zeroDigest };
    expect(claim.selection).not.toBe(zeroDigest);
    expect(await differing({ claim, policy: chosen })).toEqual({ outcome: 'same', members: [], ran: true });
    for (const selection of [zeroDigest, 'ab'.repeat(32)]) {
      const other = { ...claim, selection };
      const found = { outcome: 'different', members: ['selection'], ran: true };
      expect(await differing({ claim: other, policy: chosen })).toEqual(found);
    }
    const none = makePolicy({ kinds: ['call'], select: { names: ['not there'] } });
    await expect(traceProgram({ ...run, policy: none })).rejects.toThrow('not there');
  });

  test('a forged tape that is the claimed one does not fit the program', async () => {
    const read = decodeTape(tape);
    const forged = encodeTape({ ...read, hostCalls: read.hostCalls.slice(1) });
    const claim = { ...order.claim, tape: sha3Hex(forged) };
    expect(await differing({ claim, source: { tape: forged } })).toEqual({
      outcome: 'different',
      members: ['root'],
      ran: true,
    });
  });

  test('another instrumenter, or a machine that gives out, says nothing', async () => {
    const claim = { ...order.claim, instrumenter: 'ab'.repeat(32) };
    expect((await differing({ claim })).outcome).toBe('unknown');
    const endless = await assemble('(module (func $f (export "_start") (call $f)))');
    const quiet = makePolicy({ kinds: [] });
    const none = {
      ...order.claim,
      code: sha3Hex(endless),
      policy: toHex((await import('../policy.ts')).policyDigest(quiet)),
    };
    const { outcome, end } = await reexecute({ ...order, claim: none, module: endless, policy: quiet });
    expect({ outcome, end }).toEqual({ outcome: 'unknown', end: { kind: 'exhausted', what: 'stack' } });
  });
});

/** Roots that every engine must come to; the browser test holds its own against the same. */
describe('real programs give the same root in every engine', () => {
  test('floats and random numbers', async () => {
    const module = await assemble(floatProgram);
    const { root, count } = await claimOf({
      module,
      policy,
      source: { inputs: makeInputs() },
      leafEncoding: 'rec16',
      eventsPerLeaf: 64,
    });
    expect({ root, count }).toMatchInlineSnapshot(`
      {
        "count": 1012,
        "root": "94751770cdaf79223d9181f77ce415aa1861ba7879312e87815a09893c8c72fd",
      }
    `);
  });

  test('a trap', async () => {
    const module = await assemble(trappingProgram);
    const { root, count } = await claimOf({
      module,
      policy,
      source: { inputs: makeInputs() },
      leafEncoding: 'rec16',
      eventsPerLeaf: 1,
    });
    expect({ root, count }).toMatchInlineSnapshot(`
      {
        "count": 10,
        "root": "60bafc9007141f4c33973f3fe5a9e0090ab372b281a2cfd5c0159d10b54a6e1f",
      }
    `);
  });

  test('a compiler of nine megabytes, which writes a file', async () => {
    const path = createRequire(import.meta.url).resolve('circom2/circom.wasm');
    const module = new Uint8Array(await readFile(path));
    const compile = makeInputs({
      args: ['circom', 'm.circom', '--r1cs', '-o', '.'],
      files: [{ path: 'm.circom', bytes: new TextEncoder().encode(circuit) }],
    });
    const calls = makePolicy({ kinds: ['call', 'host'] });
    const { result, committed } = await traceProgram({
      module,
      policy: calls,
      source: { inputs: compile },
      leafEncoding: 'rec16',
      eventsPerLeaf: 64,
    });
    expect(result.end).toEqual({ kind: 'exit', code: 0 });
    expect(result.files.map(({ path: name }) => name)).toEqual(['m.circom', 'm.r1cs']);
    expect(new TextDecoder().decode(result.stdout)).toContain('Everything went okay');
    const { root, count, tape } = committed!.metadata;
    expect({ root, count, tape }).toMatchInlineSnapshot(`
      {
        "count": 179359,
        "root": "c8e76f85cbfdb84013a1b2494682a4169c7fe26436ae9fa10a1fcb7f47a7cbf2",
        "tape": "44f9a0785a63747ef53a342090ba624b135158a0f6d26a50b73688d08b57aca8",
      }
    `);
  });
});

test('the worker answers in the order of what happens, refusals by name', async () => {
  const replies: TraceReply[] = [];
  const module = await assemble(trappingProgram);
  const order = { module, policy, source: { inputs: makeInputs() }, leafEncoding: 'rec16', eventsPerLeaf: 1 };
  await new Promise<void>((resolve) => {
    const serve = serveTrace((reply) => {
      replies.push(reply);
      if (reply.type === 'traced') serve({ type: 'inspect', id: 2, module: new Uint8Array(8) });
      if (reply.type === 'error') resolve();
    });
    serve({ type: 'nonsense', id: 9 });
    serve({ type: 'trace', id: 1, order, wantsBundles: true });
  });
  expect(replies.map(({ type, id }) => `${type} ${id}`)).toEqual([
    'progress 1',
    'progress 1',
    'progress 1',
    'bundle 1',
    'traced 1',
    'error 2',
  ]);
  expect(replies.at(-1)).toMatchObject({ kind: 'usage', code: 'PROGRAM_NOT_WASM' });
});
