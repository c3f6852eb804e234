import { beforeAll, describe, expect, it } from 'vitest';
import { toBase64, toBase64Url } from '../../bytes/base64.ts';
import { utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { readContent } from '../../kinds/content.ts';
import { judgeMade, makeRight, unsettled, failing, codesWith, notes, type Right } from './judge.fixture.ts';
import { day, enclaveMeasured, judgedAt, makeQuote, makeWorld, measured, u16, type World } from './dcap.fixture.ts';
import { makeCollateral } from './collateral.fixture.ts';
import { dcapKind } from './kind.ts';

let world: World;
let right: Right;
beforeAll(async () => {
  world = await makeWorld();
  right = await makeRight();
});

describe('a quote with all that Intel publishes of it', () => {
  it('is verified with its measurement pinned, and both readings agree', async () => {
    const report = await judgeMade(right.quote, { companions: [right.bundle], pins: [toHex(measured)] });
    expect([report.verdict, ...unsettled(report)]).toEqual(['verified']);
    expect(report).toMatchObject({ kind: 'dcap', timeSource: 'given', at: '2026-03-01T12:00:00Z' });
    expect(codesWith(report, 'pass')).toContain('DCAP_AGREEMENT');
  });

  it.each([
    ['SGX in version 3', { version: 3, tee: 'SGX' }],
    ['TDX 1.0 in version 4', { version: 4, tee: 'TDX' }],
    ['TDX 1.0 in version 5', { version: 5, tee: 'TDX' }],
    ['TDX 1.5 in version 5', { version: 5, tee: 'TDX', td15: true }],
  ] as const)('%s is verified', async (_, changes) => {
    const { bundle } = await makeCollateral(world, { tee: changes.tee });
    const report = await judgeMade(await makeQuote(world, changes), {
      companions: [JSON.stringify(bundle)],
      pins: [toHex(measured), toHex(enclaveMeasured)],
    });
    expect([report.verdict, ...unsettled(report)]).toEqual(['verified']);
  });

  it.each([4, 5] as const)('SGX in version %i holds, but the library does not judge such', async (version) => {
    const { bundle } = await makeCollateral(world, { tee: 'SGX' });
    const report = await judgeMade(await makeQuote(world, { version, tee: 'SGX' }), {
      companions: [JSON.stringify(bundle)],
      pins: [toHex(enclaveMeasured)],
    });
    expect(report.verdict).toBe('undetermined');
    expect(unsettled(report)).toEqual(['DCAP_AGREEMENT unknown']);
  });

  it('without a pin is undetermined, and only because nothing is pinned', async () => {
    const report = await judgeMade(right.quote, { companions: [right.bundle] });
    expect([report.verdict, ...unsettled(report)]).toEqual(['undetermined', 'TEE_MEASUREMENT unknown']);
  });

  it('with another measurement pinned is rejected', async () => {
    const report = await judgeMade(right.quote, {
      companions: [right.bundle],
      pins: ['ab'.repeat(48), 'ab'.repeat(32)],
    });
    expect([report.verdict, ...unsettled(report)]).toEqual(['rejected', 'TEE_MEASUREMENT fail']);
  });

  it('is labelled as simulated under a root that is not Intel’s', async () => {
    expect((await judgeMade(right.quote)).labels).toEqual(['simulated']);
  });
});

describe('debug mode', () => {
  it.each([
    ['an SGX enclave', { version: 3, body: { ATTRIBUTES: Uint8Array.of(7, ...new Uint8Array(15)) } }, enclaveMeasured],
    ['a trust domain', { body: { TDATTRIBUTES: Uint8Array.of(1, 0, 0, 0x10, 0, 0, 0, 0) } }, measured],
    [
      'a trust domain under a profiler',
      { body: { TDATTRIBUTES: Uint8Array.of(0x20, 0, 0, 0x10, 0, 0, 0, 0) } },
      measured,
    ],
  ] as const)('of %s matches no pin, and is said whatever the outcome', async (_, changes, value) => {
    const quote = await makeQuote(world, changes);
    const pinned = await judgeMade(quote, { pins: [toHex(value)] });
    expect([pinned.verdict, ...failing(pinned)]).toEqual(['rejected', 'TEE_MEASUREMENT']);
    const open = await judgeMade(quote);
    expect([open.verdict, ...failing(open)]).toEqual(['undetermined']);
    for (const report of [pinned, open]) {
      expect(report.labels).toEqual(['debug', 'simulated']);
      expect(notes(report)).toContain('DCAP_DEBUG');
    }
  });

  it('of the quoting enclave fails DCAP_QE, with and without collateral', async () => {
    const quote = await makeQuote(world, { qeReport: { ATTRIBUTES: Uint8Array.of(0x13, ...new Uint8Array(15)) } });
    expect(failing(await judgeMade(quote))).toEqual(['DCAP_QE']);
    expect(failing(await judgeMade(quote, { companions: [right.bundle] }))).toEqual(['DCAP_QE']);
  });
});

describe('the platform', () => {
  it('of another vendor fails TEE_PLATFORM', async () => {
    const quote = await makeQuote(world, { header: { qeVendorId: new Uint8Array(16).fill(1) } });
    expect(failing(await judgeMade(quote))).toEqual(['TEE_PLATFORM']);
  });

  it.each([
    ['bits that nobody has described', { TDATTRIBUTES: Uint8Array.of(0, 1, 0, 0x10, 0, 0, 0, 0) }],
    ['a trust domain that may be moved', { TDATTRIBUTES: Uint8Array.of(0, 0, 0, 0x30, 0, 0, 0, 0) }],
    ['a service domain', { MRSERVICETD: new Uint8Array(48).fill(1) }],
  ])('with %s is open', async (_, body) => {
    const report = await judgeMade(await makeQuote(world, { version: 5, td15: true, body }), {
      companions: [right.bundle],
      pins: [toHex(measured)],
    });
    expect(report.verdict).toBe('undetermined');
    expect(unsettled(report)).toEqual(['TEE_PLATFORM unknown', 'DCAP_AGREEMENT unknown']);
  });

  it('that lets the machine raise exceptions is remarked, and the library says no word of it', async () => {
    const quote = await makeQuote(world, { body: { TDATTRIBUTES: new Uint8Array(8) } });
    const report = await judgeMade(quote, { companions: [right.bundle], pins: [toHex(measured)] });
    expect(notes(report)).toContain('DCAP_SEPT_VE');
    expect([report.verdict, ...unsettled(report)]).toEqual(['undetermined', 'DCAP_AGREEMENT unknown']);
  });
});

describe('padding', () => {
  it('of zeros is accepted with a remark, other bytes with another', async () => {
    for (const length of [1, 39, 70, 307, 3065]) {
      const report = await judgeMade(await makeQuote(world, { padding: new Uint8Array(length) }), {
        companions: [right.bundle],
        pins: [toHex(measured)],
      });
      expect([report.verdict, report.checks[0]?.notes?.[0]?.code]).toEqual(['verified', 'DCAP_PADDING']);
    }
    const trailing = await judgeMade(await makeQuote(world, { padding: utf8('something else') }), {
      companions: [right.bundle],
      pins: [toHex(measured)],
    });
    expect([trailing.verdict, trailing.checks[0]?.notes?.[0]?.code]).toEqual(['verified', 'DCAP_TRAILING']);
  });
});

describe('the time', () => {
  it('is the present where none is given, and is called now', async () => {
    const report = await judgeMade(right.quote, { now: judgedAt + day, givenTime: undefined });
    expect(report).toMatchObject({ at: '2026-03-02T12:00:00Z', timeSource: 'now' });
  });

  it.each([-366 * day, 366 * day])('outside of a certificate’s window (%i ms) fails TEE_TIME alone', async (shift) => {
    const report = await judgeMade(right.quote, { givenTime: judgedAt + shift });
    expect([report.verdict, ...failing(report)]).toEqual(['rejected', 'TEE_TIME']);
  });

  it('outside of what Intel’s lists count for leaves DCAP_COLLATERAL open with the window', async () => {
    const report = await judgeMade(right.quote, {
      companions: [right.bundle],
      pins: [toHex(measured)],
      givenTime: judgedAt + 21 * day,
    });
    expect(report.verdict).toBe('undetermined');
    expect(failing(report)).toEqual([]);
    const found = report.checks.find(({ code }) => code === 'DCAP_COLLATERAL');
    expect(found).toMatchObject({
      status: 'unknown',
      params: { from: '2026-02-19T12:00:00Z', to: '2026-03-21T12:00:00Z', at: '2026-03-22T12:00:00Z' },
    });
  });
});

describe('how a quote comes', () => {
  it.each([
    ['raw', (bytes: Uint8Array) => bytes],
    ['hex', (bytes: Uint8Array) => utf8(toHex(bytes))],
    ['hex with 0x', (bytes: Uint8Array) => utf8(`0x${toHex(bytes)}\n`)],
    ['base64', (bytes: Uint8Array) => utf8(toBase64(bytes))],
    ['a report with hex', (bytes: Uint8Array) => utf8(JSON.stringify({ vm_config: '', quote: toHex(bytes) }))],
    ['a report with base64', (bytes: Uint8Array) => utf8(JSON.stringify({ quote: toBase64(bytes) }))],
    ['a report with base64url', (bytes: Uint8Array) => utf8(JSON.stringify({ quote: toBase64Url(bytes) }))],
    ['a report under another name', (bytes: Uint8Array) => utf8(JSON.stringify({ intel_quote: toHex(bytes) }))],
  ])('%s is recognised and judged alike', async (_, wrap) => {
    const report = await judgeMade(wrap(right.quote), { companions: [right.bundle], pins: [toHex(measured)] });
    expect([report.verdict, ...unsettled(report)]).toEqual(['verified']);
  });

  it('is recognised also where it is broken, and nothing else is', () => {
    const recognise = (bytes: Uint8Array) => dcapKind.recognise(readContent('file', bytes));
    expect(recognise(right.quote.subarray(0, 60))).toBe(true);
    const version = right.quote.slice();
    version.set(u16(9), 0);
    expect(recognise(version)).toBe(true);
    for (const other of ['{"quote":"hello"}', '{"tcbInfo":{}}', right.bundle, 'plain words', '']) {
      expect(recognise(utf8(other)), other.slice(0, 20)).toBe(false);
    }
    for (const other of [
      new Uint8Array(1184).fill(2),
      Uint8Array.of(3, 0, 0, 0, ...new Uint8Array(1180)),
      world.root.der,
    ]) {
      expect(recognise(other)).toBe(false);
    }
  });

  it.each([
    ['report', '{"quote":"04000200810000000","x":'],
    ['report', '{"quote":"040002008100000000","quote":"1"}'],
    ['report', '{"quote":"0400020081000000zz"}'],
    ['header', '{"quote":"040002008100000000"}'],
  ])('broken in the %s fails TEE_FORM alone', async (rule, text) => {
    const report = await judgeMade(utf8(text));
    expect([report.verdict, ...failing(report)]).toEqual(['rejected', 'TEE_FORM']);
    expect(report.checks[0]?.params).toMatchObject({ rule });
  });
});
