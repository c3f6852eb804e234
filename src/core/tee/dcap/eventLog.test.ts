import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { makeQuote, makeWorld, measured, type World } from './dcap.fixture.ts';
import { eventPreimage } from './eventLog.ts';
import { failing, judgeMade, makeRight, unsettled, type Right } from './judge.fixture.ts';

interface Event {
  readonly imr: number;
  readonly event_type: number;
  readonly digest?: string;
  readonly event: string;
  readonly event_payload: string;
  readonly preimage?: string;
}

const runtime = 0x0800_0001;
const sha384 = async (bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest('SHA-384', bytes as Uint8Array<ArrayBuffer>));

const own = async (event: string, payload: string): Promise<Event> => ({
  imr: 3,
  event_type: runtime,
  event,
  event_payload: payload,
  digest: toHex(await sha384(eventPreimage(runtime, event, payload))),
});
const boot = (imr: number, fill: string): Event => ({
  imr,
  event_type: 0x8000_0001,
  event: '',
  event_payload: '00',
  digest: fill.repeat(48),
});

let world: World;
let right: Right;
let events: Event[];
beforeAll(async () => {
  world = await makeWorld();
  right = await makeRight();
  events = [
    boot(0, 'a1'),
    boot(0, 'a2'),
    boot(2, 'b1'),
    await own('app-id', 'c0ffee'),
    await own('compose-hash', 'ab'.repeat(32)),
    await own('boot-mr-done', ''),
  ];
});

async function replay(log: readonly Event[], register: number): Promise<Uint8Array> {
  let value: Uint8Array = new Uint8Array(48);
  for (const { imr, digest } of log)
    if (imr === register) value = await sha384(concatBytes(value, fromHex(digest ?? '')));
  return value;
}

/** A report whose quote measured `log`, and which shows `shown`. */
async function run(log: readonly Event[], shown: unknown = log, more: Readonly<Record<string, unknown>> = {}) {
  const body = Object.fromEntries(
    await Promise.all([0, 1, 2, 3].map(async (register) => [`RTMR${register}`, await replay(log, register)] as const)),
  );
  const quote = toHex(await makeQuote(world, { body }));
  const report = await judgeMade(utf8(JSON.stringify({ quote, event_log: shown, ...more })), {
    companions: [right.bundle],
    pins: [toHex(measured)],
  });
  return { report, check: report.checks.find(({ code }) => code === 'DCAP_EVENT_LOG') };
}

describe('an event log', () => {
  it('that comes to the registers holds, as JSON and as JSON in a string', async () => {
    for (const shown of [events, JSON.stringify(events)]) {
      const { report, check } = await run(events, shown);
      expect([report.verdict, ...unsettled(report)]).toEqual(['verified']);
      expect(check?.params).toEqual({ registers: 'RTMR0, RTMR2, RTMR3', count: 6 });
    }
  });

  it('may leave digests of dstack’s own events out, and those of firmware whole', async () => {
    const bare = events.map(({ digest: _digest, ...event }, index) => (index < 3 ? events[index]! : event));
    expect((await run(events, bare)).check?.status).toBe('pass');
    expect((await run(events, events.slice(3))).check).toMatchObject({
      status: 'pass',
      params: { registers: 'RTMR3' },
    });
  });

  it.each<[string, (log: Event[]) => unknown]>([
    ['an event left out', (log) => log.filter((_, index) => index !== 3)],
    ['all of dstack’s events left out', (log) => log.slice(0, 3)],
    ['an event too many', (log) => [...log, log[3]]],
    ['two events exchanged', (log) => [...log.slice(0, 3), log[4], log[3], log[5]]],
    ['an event of firmware changed', (log) => [{ ...log[0], digest: 'a3'.repeat(48) }, ...log.slice(1)]],
    ['an event moved to another register', (log) => [...log.slice(0, 3), { ...log[3], imr: 1 }, ...log.slice(4)]],
    ['another payload', (log) => [...log.slice(0, 3), { ...log[3], event_payload: 'c0ffef' }, ...log.slice(4)]],
    ['another name', (log) => [...log.slice(0, 3), { ...log[3], event: 'app-ie' }, ...log.slice(4)]],
    [
      'a digest that is not of its name and payload',
      (log) => [...log.slice(0, 3), { ...log[3], digest: log[4]!.digest }, ...log.slice(4)],
    ],
    ['a digest of 32 bytes', (log) => [{ ...log[0], digest: 'a1'.repeat(32) }, ...log.slice(1)]],
    ['a register that is not there', (log) => [...log, { ...log[0], imr: 4 }]],
    ['an event that is no object', (log) => [...log, 7]],
    ['no list', () => ({ events: [] })],
  ])('with %s fails DCAP_EVENT_LOG alone', async (_, change) => {
    const { report, check } = await run(events, change([...events]));
    expect(failing(report)).toEqual(['DCAP_EVENT_LOG']);
    expect(check?.params?.['reason']).toMatch(/\w/);
  });

  it('whose text is no JSON fails TEE_FORM', async () => {
    expect(failing((await run(events, '[{')).report)).toEqual(['TEE_FORM']);
  });

  it('with preimages is held to them', async () => {
    const preimage = (payload: string) => utf8(JSON.stringify({ name: 'app-id', payload, type: runtime }));
    const event = async (payload: string, shown: string): Promise<Event> => ({
      imr: 3,
      event_type: runtime,
      event: 'app-id',
      event_payload: shown,
      digest: toHex(await sha384(preimage(payload))),
      preimage: toHex(preimage(payload)),
    });
    expect((await run([await event('c0ffee', 'c0ffee')])).check?.status).toBe('pass');
    expect((await run([await event('c0ffee', 'c0ffef')])).check?.status).toBe('fail');
  });

  it('of any JSON is read without an exception, and comes to no register', async () => {
    const body = { RTMR3: new Uint8Array(48).fill(3) };
    const quote = toHex(await makeQuote(world, { body }));
    const entry = fc.record(
      {
        imr: fc.oneof(fc.nat(5), fc.jsonValue()),
        event_type: fc.oneof(fc.constantFrom(runtime, 1), fc.jsonValue()),
        event: fc.oneof(fc.string(), fc.jsonValue()),
        event_payload: fc.oneof(fc.constantFrom('', '00', 'zz'), fc.jsonValue()),
        digest: fc.oneof(fc.constantFrom('', 'a1'.repeat(48)), fc.jsonValue()),
        preimage: fc.oneof(fc.constantFrom('', '00', toHex(utf8('{"type":1}'))), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.array(entry, { maxLength: 4 }), fc.jsonValue()), async (log) => {
        const text = JSON.stringify({ quote, event_log: log });
        const report = await judgeMade(utf8(text));
        expect(report.verdict).toBe('rejected');
      }),
      { numRuns: 80, interruptAfterTimeLimit: 2500 },
    );
  });

  it('beside an SGX quote is open', async () => {
    const quote = toHex(await makeQuote(world, { version: 3 }));
    const report = await judgeMade(utf8(JSON.stringify({ quote, event_log: [] })));
    expect(report.checks.find(({ code }) => code === 'DCAP_EVENT_LOG')?.status).toBe('unknown');
  });
});

describe('report data beside the quote', () => {
  it('must be what the quote says, zeros behind it left out or not', async () => {
    const data = new Uint8Array(64);
    data.set([1, 2, 3]);
    const quote = toHex(await makeQuote(world, { body: { REPORTDATA: data } }));
    const judge = (report_data: string) =>
      judgeMade(utf8(JSON.stringify({ quote, report_data })), { companions: [right.bundle], pins: [toHex(measured)] });
    expect(unsettled(await judge(toHex(data)))).toEqual([]);
    expect(unsettled(await judge('010203'))).toEqual([]);
    for (const other of ['010204', '', '01'.repeat(65), 'hello']) {
      expect(failing(await judge(other)), other).toEqual(['DCAP_REPORT_DATA']);
    }
  });
});
