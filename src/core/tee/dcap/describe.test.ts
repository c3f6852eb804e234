import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { toHex } from '../../bytes/hex.ts';
import type { Explained } from '../explained.ts';
import type { Field } from '../field.ts';
import { enclaveMeasured, makeQuote, makeWorld, measured, type QuoteChanges, type World } from './dcap.fixture.ts';
import { fieldsOf } from './describe.ts';
import { judgeMade, makeRight, type Right } from './judge.fixture.ts';
import { dcapMessages } from './messages.en.ts';
import { parseQuote } from './parse.ts';

let world: World;
let right: Right;
beforeAll(async () => {
  world = await makeWorld();
  right = await makeRight();
});

const explain = async (file: Uint8Array, pins?: readonly string[]) =>
  ((await judgeMade(file, { companions: [right.bundle], ...(pins && { pins }) })).details as { explained: Explained })
    .explained;

/** Fields without a gap from `from` to `to`, each filled by its children. */
function expectGapless(fields: readonly Field[], from: number, to: number): void {
  let at = from;
  for (const { name, evidence, children, hint } of fields) {
    expect(evidence?.offset, name).toBe(at);
    expect(evidence?.length, name).toBeGreaterThan(0);
    expect(hint && dcapMessages[hint]?.title, name).toMatch(/\w/);
    at += evidence!.length;
    if (children) expectGapless(children, evidence!.offset, at);
  }
  expect(at).toBe(to);
}

describe('a quote explained', () => {
  it.each<[string, QuoteChanges]>([
    ['version 3', { version: 3 }],
    ['version 4', { padding: new Uint8Array(70) }],
    ['version 5', { version: 5, td15: true }],
    ['version 5 of SGX', { version: 5, tee: 'SGX' }],
    ['without authentication data', { qeAuth: new Uint8Array() }],
    ['of other certification data', { certification: { type: 1, data: new Uint8Array(36) } }],
    ['of empty certification data', { certification: { type: 1, data: new Uint8Array() } }],
  ])('%s has a field for every byte', async (_, changes) => {
    const quote = await makeQuote(world, changes);
    expectGapless(fieldsOf(parseQuote(quote)), 0, quote.length);
  });

  it('has its certificates, those of Intel’s lists, and what it measured beside what is pinned', async () => {
    const { paths, registers, pinnedAt, offered, used, objects } = await explain(right.quote, [
      'ab'.repeat(48),
      toHex(measured),
    ]);
    expect(paths.map(({ certificates, root }) => [certificates.length, root])).toEqual([
      [3, 'unknown'],
      [2, 'unknown'],
      [2, 'unknown'],
    ]);
    expect(registers[0]).toEqual({ name: 'MRTD', hex: toHex(measured), pinned: toHex(measured) });
    expect(registers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['RTMR0', 'RTMR3', 'MRCONFIGID', 'MROWNER']),
    );
    expect(pinnedAt).toBe('dcap.measurements');
    expect(used).toEqual({ dcap: { measurements: [toHex(measured)] } });
    expect([offered, objects]).toEqual([undefined, undefined]);
  });

  it('offers what could be pinned where nothing is, but nothing of debug mode', async () => {
    expect((await explain(right.quote)).offered).toEqual({ dcap: { measurements: [toHex(measured)] } });
    const sgx = await explain(await makeQuote(world, { version: 3 }));
    expect(sgx.offered).toEqual({ dcap: { measurements: [toHex(enclaveMeasured)] } });
    const debug = await makeQuote(world, { body: { TDATTRIBUTES: Uint8Array.of(1, 0, 0, 0x10, 0, 0, 0, 0) } });
    expect((await explain(debug)).offered).toBeUndefined();
  });

  it('inside a report gives the bytes that its fields and checks name', async () => {
    const file = utf8(JSON.stringify({ quote: toHex(right.quote) }));
    const report = await judgeMade(file);
    const { objects, fields } = (report.details as { explained: Explained }).explained;
    expect(objects).toEqual([right.quote]);
    expect(fields[0]?.evidence?.digest).toBe(sha3Hex(right.quote));
    expect(report.checks[0]?.evidence?.[0]?.digest).toBe(sha3Hex(right.quote));
  });

  it('shows what reads as text beside its bytes', async () => {
    const REPORTDATA = new Uint8Array(64);
    REPORTDATA.set(utf8('Hello, world!'));
    const { fields } = await explain(await makeQuote(world, { version: 3, body: { REPORTDATA } }));
    const body = fields.find(({ name }) => name === 'enclave report');
    expect(body?.children?.at(-1)?.value).toMatch(/^48656c6c6f.* \("Hello, world!"\)$/);
  });
});
