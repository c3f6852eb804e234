import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { encodeCbor } from '../bytes/cbor.ts';
import { toBase64Url } from '../bytes/base64.ts';
import { sha3Hex } from '../bytes/hash.ts';
import type { Context } from '../kinds/kind.ts';
import { judge } from '../kinds/judge.ts';
import { kinds } from '../kinds/registry.ts';
import { actionOf, sentence } from '../verdict/messages.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { pass, walk, type Check } from '../verdict/check.ts';
import { testMachine } from './anchor/machine.fixture.ts';
import { traceChecker } from './checkTrace.ts';
import { traceMessages } from './messages.en.ts';
import { noDomain, traceDigest } from './metadata.ts';
import { pack, packedFromCbor, packedToCbor, unpack } from './packed.ts';
import { makePolicy, encodePolicy } from './policy.ts';
import { encodeInputs, makeInputs } from './run/inputs.ts';
import { traceProgram } from './run/traceProgram.ts';
import { madeEvents } from './trace.fixture.ts';
import { contentOf, machine, makeTrace, pinned, saltKey } from './traceFile.fixture.ts';
import { encodeTraceFile, looksLikeTrace, packSymbols, parseTraceFile, type TraceFile } from './traceFile.ts';
import { lowerSignature } from './traceSignature.ts';

const events = madeEvents(200);
const made = await makeTrace(events);

async function judged(bytes: Uint8Array, context: Context = pinned): Promise<Record<string, string>> {
  const { checks } = await traceChecker.check(contentOf(bytes), context);
  return Object.fromEntries([...walk(checks)].map(({ code, status }) => [code, status]));
}

const good = {
  TRACE_FORM: 'pass',
  TRACE_PARTS: 'pass',
  TRACE_POLICY: 'pass',
  TRACE_TAPE: 'pass',
  TRACE_INPUTS: 'pass',
  TRACE_SALT_KEY: 'pass',
  TRACE_ROOT: 'pass',
  TRACE_SIGNATURE: 'pass',
  TRACE_REEXECUTED: 'unknown',
};

describe('a trace', () => {
  it('holds but for what nobody ran again', async () => {
    expect(await judged(made.bytes)).toEqual(good);
    const report = await judge(contentOf(made.bytes), pinned, kinds);
    expect([report.kind, report.verdict, report.timeSource, report.at]).toEqual([
      'trace',
      'undetermined',
      'signed',
      '2025-10-09T08:53:20Z',
    ]);
    expect(report.details).toMatchObject({
      recordBytes: made.file.metadata.records * 16,
      timeline: { kinds: { call: 251 } },
    });
  });

  it.each([
    ['jcs', 1, saltKey],
    ['rec16', 64, new Uint8Array(0)],
    ['fields', 1, saltKey],
  ] as const)('holds as %s with %i events in a leaf', async (leafEncoding, eventsPerLeaf, key) => {
    const { bytes } = await makeTrace(madeEvents(30), { leafEncoding, eventsPerLeaf, key });
    const { TRACE_SALT_KEY: _, ...rest } = good;
    expect(await judged(bytes)).toMatchObject(rest);
  });

  const flips: readonly [string, Partial<TraceFile> | (() => Promise<Partial<TraceFile>>), Partial<typeof good>][] = [
    ['another tape', { tape: utf8('a forged tape') }, { TRACE_PARTS: 'fail', TRACE_TAPE: 'fail' }],
    ['other inputs', { inputs: utf8('x') }, { TRACE_PARTS: 'fail', TRACE_INPUTS: 'fail' }],
    [
      'another policy',
      { policy: encodePolicy(makePolicy({ kinds: ['call', 'host'] })) },
      { TRACE_PARTS: 'fail', TRACE_POLICY: 'fail' },
    ],
    [
      'a policy that does not parse',
      { policy: '{}' },
      { TRACE_PARTS: 'fail', TRACE_POLICY: 'fail', TRACE_ROOT: 'fail' },
    ],
    [
      'another salt key',
      { saltKey: new Uint8Array(32) },
      { TRACE_PARTS: 'fail', TRACE_SALT_KEY: 'fail', TRACE_ROOT: 'fail' },
    ],
    ['no signature', { signed: undefined }, { TRACE_SIGNATURE: 'unknown' }],
    [
      'the key of another machine',
      {
        signed: { ...(made.file.signed as NonNullable<TraceFile['signed']>), key: testMachine('p256', 'x').publicKey },
      },
      { TRACE_SIGNATURE: 'fail' },
    ],
    [
      'a signature for a contract',
      { domain: { chainId: 1, verifyingContract: `0x${'11'.repeat(20)}` } },
      { TRACE_SIGNATURE: 'fail', TRACE_ANCHOR: 'unknown' } as Partial<typeof good>,
    ],
    [
      'another count of events',
      { metadata: { ...made.file.metadata, count: events.length - 1 } },
      { TRACE_ROOT: 'fail', TRACE_SIGNATURE: 'fail' },
    ],
    ['another time', { metadata: { ...made.file.metadata, time: 5 } }, { TRACE_SIGNATURE: 'fail' }],
    [
      'events in another order',
      async () => {
        const [first, second, ...rest] = events as [(typeof events)[0], (typeof events)[0]];
        const { file } = await makeTrace([second, first, ...rest]);
        return { bundles: file.bundles };
      },
      { TRACE_ROOT: 'fail' },
    ],
    [
      'other symbols',
      async () => ({ symbols: await packSymbols({ ...(await symbolsOf()), sites: [] }) }),
      { TRACE_ROOT: 'fail' },
    ],
    [
      'records that say no events',
      async () => {
        const [first, ...rest] = made.file.bundles as [TraceFile['bundles'][0]];
        const records = (await unpack(first, 'x')).with(0, 0x7f);
        return { bundles: [await pack(records), ...rest] };
      },
      { TRACE_ROOT: 'fail' },
    ],
  ];

  async function symbolsOf() {
    return (await import('./trace.fixture.ts')).symbols;
  }

  it.each(flips)('with %s fails there and nowhere else', async (_, change, expected) => {
    const changed = typeof change === 'function' ? await change() : change;
    expect(await judged(encodeTraceFile({ ...made.file, ...changed }))).toEqual({ ...good, ...expected });
  });

  it('without its salt key says nothing of the root', async () => {
    const found = await judged(encodeTraceFile({ ...made.file, saltKey: undefined }));
    const { TRACE_SALT_KEY: _, ...rest } = good;
    expect(found).toEqual({ ...rest, TRACE_ROOT: 'unknown' });
  });

  it('is signed by whom the checker has pinned, or nobody', async () => {
    const nobody = await judged(made.bytes, { ...pinned, trust: {} });
    expect(nobody['TRACE_SIGNATURE']).toBe('unknown');
    const other = { vms: [{ id: 'vm 1', key: toBase64Url(testMachine('p256', 'y').publicKey) }] };
    expect((await judged(made.bytes, { ...pinned, trust: other }))['TRACE_SIGNATURE']).toBe('fail');
  });

  it.each(['p256', 'secp256k1'] as const)('has one signature on %s: the twin is none', async (algorithm) => {
    const by = testMachine(algorithm, 'twin');
    const { file } = await makeTrace(events.slice(-20), { by });
    const trust = { vms: [{ id: 'vm 1', key: toBase64Url(by.publicKey) }] };
    const bytes = encodeTraceFile(file);
    expect((await judged(bytes, { ...pinned, trust }))['TRACE_SIGNATURE']).toBe('pass');
    const signature = await by.sign(traceDigest(file.metadata, noDomain));
    const twin = twinOf(signature, algorithm);
    expect(lowerSignature(twin, algorithm)).toEqual(lowerSignature(signature, algorithm));
    // Writers put the lower one in place, so the twin is put there by hand.
    const at = indexOf(bytes, signature);
    const forged = rehashed(concatBytes(bytes.subarray(0, at), twin, bytes.subarray(at + 64)));
    expect((await judged(forged, { ...pinned, trust }))['TRACE_SIGNATURE']).toBe('fail');
  });

  it('is anchored where the caller’s ledger says so', async () => {
    const domain = { chainId: 5, verifyingContract: `0x${'22'.repeat(20)}` } as const;
    const signature = await machine.sign(traceDigest(made.file.metadata, domain));
    const bytes = encodeTraceFile({ ...made.file, domain, signed: { key: machine.publicKey, signature } });
    expect(await judged(bytes)).toEqual({ ...good, TRACE_ANCHOR: 'unknown' });
    const anchor = async () => ({ check: pass('TRACE_ANCHOR'), labels: ['development'] });
    expect(await judged(bytes, { ...pinned, trace: { anchor } })).toEqual({ ...good, TRACE_ANCHOR: 'pass' });
  });

  it('has words for all that it says', async () => {
    const { checks } = await traceChecker.check(contentOf(made.bytes), pinned);
    for (const check of walk(checks)) {
      expect(sentence(check, traceMessages)).not.toMatch(/[{}]|^[A-Z_]+$/);
      expect(actionOf(check, traceMessages) ?? '').not.toMatch(/[{}]/);
    }
  });
});

describe('a trace file', () => {
  it('is read back as it was written', () => {
    expect(parseTraceFile(made.bytes)).toEqual({
      ...made.file,
      bundles: made.file.bundles.map((bundle) => ({ ...bundle })),
    });
    expect(looksLikeTrace(made.bytes)).toBe(true);
    expect(looksLikeTrace(made.bytes.subarray(5))).toBe(false);
  });

  it('with any byte changed or cut does not hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(made.bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, flip, cut) => {
          const bytes = cut ? made.bytes.subarray(0, at) : made.bytes.with(at, (made.bytes[at] as number) ^ flip);
          const found = await judged(bytes);
          expect(found['TRACE_FORM']).toBe('fail');
        },
      ),
      { numRuns: 150 },
    );
  });

  it('of any bytes is refused and nothing worse', () => {
    const head = made.bytes.subarray(0, 20);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => parseTraceFile(bytes)).toThrow(FormatError);
        expect(() => parseTraceFile(concatBytes(head, bytes))).toThrow(FormatError);
      }),
      { numRuns: 300 },
    );
  });

  it('names a bundle that cannot be what it says, before it is unpacked', async () => {
    const bomb = await pack(new Uint8Array(1 << 20));
    expect(bomb.bytes.length).toBeLessThan(2000);
    expect(() => packedFromCbor([1 << 30, 1, bomb.bytes], 2 ** 31, 'Bundle 3')).toThrow('cannot hold');
    expect(() => packedFromCbor([1 << 20, 1, bomb.bytes], 1 << 19, 'Bundle 3')).toThrow('at most 524288');
    const short = packedFromCbor([1000, 1, bomb.bytes], 2 ** 31, 'Bundle 3');
    await expect(unpack(short, 'Bundle 3')).rejects.toThrow('1000 bytes were stated');
    const long = packedFromCbor([(1 << 20) + 1, 1, bomb.bytes], 2 ** 31, 'Bundle 3');
    await expect(unpack(long, 'Bundle 3')).rejects.toThrow(FormatError);
    const broken = packedFromCbor([100, 1, Uint8Array.of(255, 255, 255)], 2 ** 31, 'Bundle 3');
    await expect(unpack(broken, 'Bundle 3')).rejects.toThrow(FormatError);
    expect(packedFromCbor(packedToCbor(bomb), 1 << 20, 'x')).toEqual(bomb);
  });
});

describe('a trace that is run again', () => {
  // (import random_get) (func $mix (param i32 i64) (result i64)) (func (export "_start")): twenty rounds of `mix(i, what was drawn)`.
  const program = Uint8Array.from(
    Buffer.from(
      '0061736d0100000001100360027f7f017f60027f7e017e60000002250116776173695f736e617073686f745f70726576696577310a72616e646f6d5f67657400000303020102' +
        '0503010001071302066d656d6f72790200065f737461727400020a2f0208002000ad20017c0b2401017f4108410810001a03402000410829030010011a200041016a220041' +
        '14490d000b0b0015046e616d65010e02000672616e646f6d01036d6978',
      'hex',
    ),
  );

  it('holds, and fails for whatever else was run', async () => {
    const module = program;
    const policy = makePolicy({ kinds: ['call', 'host', 'load'] });
    const inputs = makeInputs({ args: ['p'] });
    const bundles: Promise<Awaited<ReturnType<typeof pack>>>[] = [];
    const traced = await traceProgram(
      { module, policy, source: { inputs }, leafEncoding: 'rec16', eventsPerLeaf: 1, saltKey },
      { onBundle: (_, records) => void bundles.push(pack(records)) },
    );
    const known = traced.committed as NonNullable<typeof traced.committed>;
    const base = await makeTrace(madeEvents(1));
    const metadata = { ...base.file.metadata, ...known.metadata };
    const sign = async (over: typeof metadata) => ({
      key: machine.publicKey,
      signature: await machine.sign(traceDigest(over, noDomain)),
    });
    const file: TraceFile = {
      ...base.file,
      metadata,
      signed: await sign(metadata),
      policy: encodePolicy(policy),
      symbols: await packSymbols(traced.program.symbols),
      tape: traced.result.tape,
      inputs: encodeInputs(inputs),
      bundles: await Promise.all(bundles),
    };
    const bytes = encodeTraceFile(file);
    const context = { ...pinned, companions: [contentOf(module)] };
    expect((await judge(contentOf(bytes), context, kinds)).verdict).toBe('verified');
    // From the tape alone, too.
    const taped = encodeTraceFile({ ...file, inputs: undefined });
    expect((await judged(taped, context))['TRACE_REEXECUTED']).toBe('pass');
    const reexecuted = async (other: TraceFile, with_ = context): Promise<Check | undefined> =>
      (await traceChecker.check(contentOf(encodeTraceFile(other)), with_)).checks.find(
        ({ code }) => code === 'TRACE_REEXECUTED',
      );
    const forged = { ...file, inputs: encodeInputs(makeInputs({ args: ['p'], seed: new Uint8Array(32).fill(9) })) };
    expect(await reexecuted(forged)).toMatchObject({ status: 'fail' });
    expect(await reexecuted({ ...file, inputs: undefined, tape: utf8('no tape') })).toMatchObject({ status: 'fail' });
    expect(await reexecuted({ ...file, inputs: undefined, tape: undefined })).toMatchObject({ status: 'unknown' });
    const later = { ...metadata, instrumenter: sha3Hex(utf8('another version')) };
    expect(await reexecuted({ ...file, metadata: later, signed: await sign(later) })).toMatchObject({
      status: 'unknown',
    });
    const wrong = { ...metadata, root: sha3Hex(utf8('root')) };
    expect(await reexecuted({ ...file, metadata: wrong, signed: await sign(wrong) })).toMatchObject({ status: 'fail' });
    const other = program.with(program.lastIndexOf(0x14), 0x15);
    expect(await reexecuted(file, { ...pinned, companions: [contentOf(other)] })).toMatchObject({ status: 'unknown' });
  });
});

function indexOf(bytes: Uint8Array, part: Uint8Array): number {
  for (let at = 0; at < bytes.length; at++) if (part.every((byte, index) => bytes[at + index] === byte)) return at;
  throw new RangeError('not there');
}

function twinOf(signature: Uint8Array, algorithm: 'p256' | 'secp256k1'): Uint8Array {
  const order =
    algorithm === 'p256'
      ? 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
      : 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
  return concatBytes(signature.subarray(0, 32), Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex'));
}

/** The file with the digest that its bytes have. */
function rehashed(bytes: Uint8Array): Uint8Array {
  const body = concatBytes(Uint8Array.of((bytes[0] as number) - 1), bytes.subarray(1, -34));
  return concatBytes(bytes.subarray(0, -34), encodeCbor(Buffer.from(sha3Hex(body), 'hex')));
}
