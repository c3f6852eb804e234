import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../bytes/jcs.ts';
import { fromHex, toHex } from '../bytes/hex.ts';
import { judge } from '../kinds/judge.ts';
import { kinds } from '../kinds/registry.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { actionOf, sentence } from '../verdict/messages.ts';
import { walk } from '../verdict/check.ts';
import { judgeTraceProof } from './checkProof.ts';
import type { TraceEvent } from './event.ts';
import { functionIndexRoot } from './functionIndex.ts';
import { callFields, makeTraceProof, type TraceProofChoice } from './makeTraceProof.ts';
import { traceMessages } from './messages.en.ts';
import { traceDigest, type LeafEncoding } from './metadata.ts';
import { matchesEvent } from './shownEvents.ts';
import { madeEvents } from './trace.fixture.ts';
import { contentOf, machine, makeTrace, pinned, saltKey } from './traceFile.fixture.ts';
import { encodeTraceProof, parseTraceProof, type TraceProof } from './traceProof.ts';
import { TraceReader } from './traceReader.ts';

const events = madeEvents(200);
const isCompute = (event: TraceEvent): boolean => event.kind === 'call' && event.site === 1;
const calls = events.flatMap((event, index) => (isCompute(event) ? [index] : []));
const [first, second] = calls as [number, number];

async function traced(leafEncoding: LeafEncoding, eventsPerLeaf = 1, key?: Uint8Array) {
  const { bytes, committed } = await makeTrace(events, { leafEncoding, eventsPerLeaf, ...(key ? { key } : {}) });
  const reader = await TraceReader.open(bytes);
  return (choice: TraceProofChoice) => makeTraceProof(reader, committed, choice);
}

const prove = await traced('rec16');
const proof = await prove({ events: [first, second], functions: [1, 4] });
const text = encodeTraceProof(proof);

async function statuses(of: TraceProof | string, context = pinned): Promise<Record<string, string>> {
  const { checks } = await judgeTraceProof(typeof of === 'string' ? of : encodeTraceProof(of), context);
  return Object.fromEntries([...walk(checks)].map(({ code, status }) => [code, status]));
}

const good = {
  TRACE_FORM: 'pass',
  TRACE_SYMBOLS: 'pass',
  TRACE_EVENT: 'pass',
  TRACE_INCLUSION: 'pass',
  TRACE_FUNCTIONS: 'pass',
  TRACE_CALLS: 'pass',
  TRACE_NOT_CALLED: 'pass',
  TRACE_SIGNATURE: 'pass',
};

describe('a proof', () => {
  it('of two events and a function that was never called holds', async () => {
    expect(await statuses(text)).toEqual(good);
    const report = await judge(contentOf(text), pinned, kinds);
    expect([report.kind, report.verdict]).toEqual(['trace-proof', 'verified']);
    for (const check of walk(report.checks)) {
      expect(sentence(check, traceMessages)).not.toMatch(/[{}]$|^[A-Z_]+$/);
      expect(actionOf(check, traceMessages) ?? '').not.toMatch(/[{}]/);
    }
  });

  it.each([
    ['rec16', 5],
    ['jcs', 1],
    ['jcs', 4],
    ['fields', 1],
  ] as const)('of %s leaves of %i events holds', async (encoding, perLeaf) => {
    const made = await (await traced(encoding, perLeaf))({ events: [first, events.length - 1] });
    const { TRACE_FUNCTIONS: _, TRACE_CALLS: __, TRACE_NOT_CALLED: ___, ...rest } = good;
    expect(await statuses(made)).toEqual(rest);
  });

  it('of a time that no calendar can write is refused, and nothing is thrown', async () => {
    const late = { ...proof, metadata: { ...proof.metadata, time: Number.MAX_SAFE_INTEGER } };
    const { verdict, checks } = await judge(contentOf(encodeTraceProof(late)), pinned, kinds);
    expect([verdict, checks[0]?.params?.['reason']]).toEqual(['rejected', expect.stringMatching(/time/)]);
  });

  it('of unsalted leaves holds', async () => {
    const made = await (await traced('rec16', 1, new Uint8Array(0)))({ events: [3], functions: [4] });
    expect((await statuses(made))['TRACE_INCLUSION']).toBe('pass');
    expect(made.leaves[0]?.salt).toBeUndefined();
  });

  it('that an earlier trace is a prefix holds, and of another does not', async () => {
    const { committed } = await makeTrace(events.slice(0, 300));
    const made = await prove({ prefix: { root: committed.metadata.root, leaves: 300 } });
    expect(await statuses(made)).toMatchObject({ TRACE_PREFIX: 'pass' });
    const prefix = made.prefix as NonNullable<TraceProof['prefix']>;
    expect(await statuses({ ...made, prefix: { ...prefix, leaves: 301 } })).toMatchObject({ TRACE_PREFIX: 'fail' });
    expect(await statuses({ ...made, prefix: { ...prefix, root: '11'.repeat(32) } })).toMatchObject({
      TRACE_PREFIX: 'fail',
    });
  });

  it('shows an argument and nothing of the others', async () => {
    const event = events[first] as TraceEvent;
    const made = await (
      await traced('fields')
    )({ events: [first], fields: (each) => callFields(each, { values: [1] }) });
    expect(made.leaves[0]?.fields?.shown.map(({ field }) => field)).toEqual([0, 4]);
    const { details } = await judgeTraceProof(encodeTraceProof(made), pinned);
    const shown = details?.events[0]?.event;
    expect(shown).toEqual({
      event: 'func_call',
      func: 1,
      func_name: 'compute',
      args: { '1': BigInt.asIntN(64, event.values[1]?.bits ?? 0n).toString() },
    });
    // Neither the other argument nor the result nor any salt of theirs is in the file.
    const whole = (await (await traced('fields'))({ events: [first] })).leaves[0]?.fields;
    const written = encodeTraceProof(made);
    for (const field of [3, 5]) {
      const hidden = whole?.shown[field] as NonNullable<typeof whole>['shown'][0];
      expect(written).not.toContain(toHex(hidden.bytes));
      expect(written).not.toContain(toHex(hidden.salt));
    }
  });
});

describe('a proof fails where it was changed and nowhere else', () => {
  const [one, two] = proof.leaves as [TraceProof['leaves'][0], TraceProof['leaves'][0]];
  const [event] = one.events as [NonNullable<typeof one.events>[0]];
  const cases: readonly [string, TraceProof, Partial<typeof good>][] = [
    [
      'another argument',
      { ...proof, leaves: [{ ...one, events: [{ ...event, args: [1, '2'] }] }, two] },
      { TRACE_INCLUSION: 'fail' },
    ],
    [
      'another result',
      { ...proof, leaves: [{ ...one, events: [{ ...event, return_value: '0' }] }, two] },
      { TRACE_INCLUSION: 'fail' },
    ],
    ['another salt', { ...proof, leaves: [{ ...one, salt: new Uint8Array(16) }, two] }, { TRACE_INCLUSION: 'fail' }],
    [
      'no salt',
      { ...proof, leaves: [{ ...one, salt: undefined }, two] },
      { TRACE_EVENT: 'fail', TRACE_INCLUSION: 'unknown' },
    ],
    ['another place', { ...proof, leaves: [{ ...one, index: one.index + 1 }, two] }, { TRACE_INCLUSION: 'fail' }],
    ['the leaves exchanged', { ...proof, leaves: [two, one] }, { TRACE_INCLUSION: 'fail' }],
    ['one hash too few', { ...proof, nodes: proof.nodes.slice(1) }, { TRACE_INCLUSION: 'fail' }],
    ['one hash too many', { ...proof, nodes: [...proof.nodes, new Uint8Array(32)] }, { TRACE_INCLUSION: 'fail' }],
    [
      'another name',
      { ...proof, leaves: [{ ...one, events: [{ ...event, func_name: 'never' }] }, two] },
      { TRACE_EVENT: 'fail', TRACE_INCLUSION: 'unknown' },
    ],
    [
      'a renamed function in its symbols',
      {
        ...proof,
        symbols: proof.symbols.map((symbol) => ({
          ...symbol,
          line: symbol.line.replace('"name":"never"', '"name":"other"'),
        })),
      },
      { TRACE_SYMBOLS: 'fail' },
    ],
    [
      'fewer calls',
      { ...proof, functions: proof.functions.map((each) => (each.function === 1 ? { ...each, count: 1 } : each)) },
      { TRACE_FUNCTIONS: 'fail', TRACE_CALLS: 'fail' },
    ],
    [
      'an untraced function said to be traced',
      {
        ...proof,
        functions: proof.functions.map((each) => (each.function === 4 ? { ...each, isTraced: false } : each)),
      },
      { TRACE_FUNCTIONS: 'fail', TRACE_NOT_CALLED: 'fail' },
    ],
    [
      'the metadata of a later time',
      { ...proof, metadata: { ...proof.metadata, time: 9 } },
      { TRACE_SIGNATURE: 'fail' },
    ],
    ['no signature', { ...proof, signed: undefined }, { TRACE_SIGNATURE: 'unknown' }],
  ];

  it.each(cases)('%s', async (_, changed, expected) => {
    expect(await statuses(changed)).toEqual({ ...good, ...expected });
  });

  it('the metadata of another trace', async () => {
    const { file } = await makeTrace(madeEvents(100, 7));
    const found = await statuses({ ...proof, metadata: file.metadata, signed: file.signed });
    expect(found).toMatchObject({ TRACE_SIGNATURE: 'pass', TRACE_INCLUSION: 'fail', TRACE_FUNCTIONS: 'fail' });
  });

  it('what was asked for is not in it', async () => {
    const asked = async (code: string, wanted: Parameters<typeof matchesEvent>[1]) => {
      const { checks } = await judgeTraceProof(text, pinned, { code, event: wanted });
      return checks.filter(({ status }) => status !== 'pass').map(({ code: name }) => name);
    };
    expect(
      await asked(proof.metadata.code, {
        event: 'func_call',
        func_name: 'compute',
        args: [null, (event.args as string[])[1] as string],
      }),
    ).toEqual([]);
    expect(await asked(proof.metadata.code, { func_name: 'scale' })).toEqual(['TRACE_EVENT']);
    expect(await asked(proof.metadata.code, { args: [null, '1'] })).toEqual(['TRACE_EVENT']);
    expect(await asked('00'.repeat(32), { func_name: 'compute' })).toEqual(['TRACE_CODE']);
  });

  it('a function that the policy does not record', async () => {
    const { file, bytes, committed } = await makeTrace(events.filter(({ site }) => site !== 2));
    const untraced = committed.functions.map((each) => (each.function === 2 ? { ...each, isTraced: false } : each));
    const metadata = { ...file.metadata, functionIndex: toHex(functionIndexRoot(untraced, saltKey)) };
    const signature = await machine.sign(traceDigest(metadata, file.domain));
    const signed = { key: machine.publicKey, signature };
    const reader = await TraceReader.open(bytes);
    const made = await makeTraceProof(reader, { ...committed, functions: untraced }, { functions: [2] });
    expect(await statuses({ ...made, metadata, signed })).toMatchObject({
      TRACE_NOT_CALLED: 'unknown',
      TRACE_SIGNATURE: 'pass',
    });
  });

  it('of fields: each of them, their number, their order', async () => {
    const made = await (await traced('fields'))({ events: [first], fields: () => [3] });
    const [leaf] = made.leaves as [TraceProof['leaves'][0]];
    const fields = leaf.fields as NonNullable<typeof leaf.fields>;
    const [head, value] = fields.shown as [(typeof fields.shown)[0], (typeof fields.shown)[0]];
    const withFields = (change: Partial<typeof fields>): TraceProof => ({
      ...made,
      leaves: [{ ...leaf, fields: { ...fields, ...change } }],
    });
    expect((await statuses(made))['TRACE_INCLUSION']).toBe('pass');
    const inclusion = async (change: Partial<typeof fields>) => (await statuses(withFields(change)))['TRACE_INCLUSION'];
    expect(await inclusion({ shown: [head, { ...value, bytes: value.bytes.with(9, 77) }] })).toBe('fail');
    expect(await inclusion({ shown: [{ ...head, salt: value.salt }, value] })).toBe('fail');
    expect(await inclusion({ shown: [head, { ...value, field: 4 }] })).toBe('fail');
    expect(await inclusion({ count: fields.count + 1 })).not.toBe('pass');
    expect(await inclusion({ shown: [value] })).toBe('unknown');
    expect(await inclusion({ shown: [value, head] })).toBe('unknown');
  });
});

describe('a proof file', () => {
  it('is read back as it was written', () => {
    expect(encodeTraceProof(parseTraceProof(text))).toBe(text);
    expect(fromHex(proof.metadata.root)).toHaveLength(32);
  });

  it('with any character changed is never verified', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length - 1),
        fc.constantFrom(...'0123456789abcdef"{}[],:xZ'),
        async (at, character) => {
          fc.pre(text[at] !== character);
          const found = await statuses(text.slice(0, at) + character + text.slice(at + 1));
          expect(Object.values(found).every((status) => status === 'pass')).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('of any JSON is refused and nothing worse', () => {
    const names = Object.keys(JSON.parse(text) as object);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 }), (name, value) => {
        let edited: string;
        try {
          edited = canonicalJson({ ...(JSON.parse(text) as Record<string, never>), [name]: value as never });
        } catch {
          // Not every JSON value has a canonical form.
          return;
        }
        try {
          parseTraceProof(edited);
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
    expect(() => parseTraceProof(text.replace('trace-proof/1', 'trace-proof/2'))).toThrow('newer version');
  });

  it('that shows nothing is no proof', async () => {
    const empty = { ...proof, leaves: [], nodes: [], functions: [], symbols: [] };
    expect(await statuses(empty)).toEqual({ TRACE_FORM: 'fail' });
  });
});
