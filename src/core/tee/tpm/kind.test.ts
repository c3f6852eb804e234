import { beforeAll, describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { readContent } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import type { Trust } from '../../trust/trust.ts';
import { walk } from '../../verdict/check.ts';
import { fill, sentence } from '../../verdict/messages.ts';
import { tpmKind } from './kind.ts';
import {
  makeAttestation,
  makeEcKey,
  makeLog,
  makeQuote,
  makeRsaKey,
  printed,
  registersOf,
  restrictedSigning,
  sized,
  valuesAfter,
  type TestEvent,
  type TestKey,
} from './tpm.fixture.ts';

const now = Date.parse('2026-11-21T00:00:00Z');

async function judged(
  file: Uint8Array | string,
  trust: Trust = {},
  beside: readonly (Uint8Array | string)[] = [],
): Promise<Report> {
  const content = (value: Uint8Array | string, name: string) =>
    readContent(name, typeof value === 'string' ? utf8(value) : value);
  const companions = beside.map((value, index) => content(value, `beside-${index}`));
  return judge(content(file, 'quote.bin'), { trust, now, companions }, [tpmKind]);
}

/** Codes that did not pass, as `CODE status`, without parents that say only what their children say. */
function open({ checks }: Report): string[] {
  return [...walk(checks)].filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
}

let rsa: TestKey;
let ec: TestKey;
let stranger: TestKey;
const values = registersOf();
const quote = makeQuote({ values });
const pins = (key: TestKey): Trust => ({ tpm: { attestationKeys: [key.pem] } });

beforeAll(async () => {
  [rsa, ec, stranger] = await Promise.all([makeRsaKey(), makeEcKey(), makeRsaKey()]);
});

describe('a quote with its signature, values and pinned key beside it', () => {
  it('holds with RSASSA, RSAPSS and ECDSA, and says so in words that need no more values', async () => {
    for (const key of [rsa, ec, await makeRsaKey('RSAPSS')]) {
      const report = await judged(quote, pins(key), [await key.sign(quote), printed(values)]);
      expect(open(report)).toEqual([]);
      expect(report).toMatchObject({ kind: 'tpm', verdict: 'verified', timeSource: 'now' });
      for (const check of walk(report.checks)) {
        expect(sentence(check, tpmKind.messages)).not.toMatch(/[{}]/);
        for (const note of check.notes ?? [])
          expect(fill(tpmKind.messages[note.code]?.title ?? '{', note.params)).not.toMatch(/[{}]/);
      }
    }
  });

  it('holds with a bare signature, and with a length before the statement', async () => {
    const signature = (await rsa.sign(quote)).subarray(6);
    expect((await judged(quote, pins(rsa), [signature, printed(values)])).verdict).toBe('verified');
    expect((await judged(sized(quote), pins(rsa), [signature, printed(values)])).verdict).toBe('verified');
  });

  it('is undetermined, naming exactly what is missing, where something is', async () => {
    const signature = await rsa.sign(quote);
    expect(open(await judged(quote, pins(rsa), [signature]))).toEqual(['TPM_PCR_DIGEST unknown']);
    expect(open(await judged(quote, {}, [signature, printed(values), rsa.pem]))).toEqual([
      'TPM_KEY unknown',
      'TPM_KEY_PINNED unknown',
    ]);
    expect(open(await judged(quote, pins(rsa), [printed(values)]))).toEqual([
      'TPM_KEY unknown',
      'TPM_KEY_PINNED unknown',
      'TPM_SIGNATURE unknown',
    ]);
    const some = new Map([...values].slice(1));
    expect(open(await judged(quote, pins(rsa), [signature, printed(some)]))).toEqual([
      'TPM_PCR_DIGEST unknown',
      'TPM_EXPECTED unknown',
    ]);
  });
});

describe('each check fails for what it is about, and nothing else does', () => {
  const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
    Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));

  it('TPM_FORM: cut short, too long, a selection that is too wide', async () => {
    for (const bytes of [quote.subarray(0, -1), concatBytes(quote, Uint8Array.of(0))]) {
      const report = await judged(bytes, pins(rsa), [await rsa.sign(bytes)]);
      expect(report.checks[0]).toMatchObject({ code: 'TPM_FORM', status: 'fail' });
      expect(report.verdict).toBe('rejected');
    }
  });

  it('TPM_QUOTE: another number in front, another statement', async () => {
    for (const options of [{ type: 0x8017 }, { type: 0x8014 }, { type: 0x9999 }]) {
      const other = makeQuote({ ...options, values });
      const report = await judged(other, pins(rsa), [await rsa.sign(other), printed(values)]);
      expect(open(report)[0]).toBe('TPM_QUOTE fail');
    }
    expect(tpmKind.recognise(readContent('x', makeQuote({ magic: 0xff544346 })))).toBe(false);
  });

  it('TPM_SIGNATURE: another key, a changed statement, a changed signature', async () => {
    const signature = await rsa.sign(quote);
    expect(open(await judged(quote, pins(stranger), [signature, printed(values)]))).toEqual([
      'TPM_KEY unknown',
      'TPM_KEY_PINNED unknown',
      'TPM_SIGNATURE fail',
    ]);
    expect(open(await judged(quote, pins(rsa), [flipped(signature, signature.length - 1), printed(values)]))).toContain(
      'TPM_SIGNATURE fail',
    );
    const clock = 6 + 2 + 34 + 2 + 5;
    expect(open(await judged(flipped(quote, clock), pins(rsa), [signature, printed(values)]))).toContain(
      'TPM_SIGNATURE fail',
    );
  });

  it('TPM_SIGNATURE: over SHA-1, by whatever key', async () => {
    const report = await judged(quote, pins(ec), [await ec.sign(quote, 'SHA-1'), printed(values)]);
    expect(open(report)).toContain('TPM_SIGNATURE fail');
    expect(JSON.stringify(report.checks)).toContain('It is over SHA-1, which is not accepted');
    expect(report.verdict).toBe('rejected');
  });

  it('TPM_PCR_DIGEST: one register otherwise, one bank otherwise', async () => {
    const signature = await rsa.sign(quote);
    const other = new Map(values).set(2, new Uint8Array(32).fill(9));
    expect(open(await judged(quote, pins(rsa), [signature, printed(other)]))).toEqual([
      'TPM_PCR_DIGEST fail',
      'TPM_EXPECTED unknown',
    ]);
    const none = makeQuote({ values: new Map() });
    expect(open(await judged(none, pins(rsa), [await rsa.sign(none), printed(values)]))).toEqual([
      'TPM_PCR_DIGEST fail',
      'TPM_EXPECTED unknown',
    ]);
  });

  it('TPM_EXPECTED: values that came with the quote are no answer to what the person expects', async () => {
    const signed = { quote, signature: await rsa.sign(quote), values };
    const file = makeAttestation({ publicArea: rsa.publicArea(), quotes: [signed] });
    const expecting = (register: number, value: Uint8Array) =>
      judged(file, pins(rsa), [printed(new Map([[register, value]]))]);
    expect(open(await expecting(1, values.get(1)!))).toEqual([]);
    expect(open(await expecting(1, new Uint8Array(32).fill(9)))).toEqual(['TPM_EXPECTED fail']);
    expect(open(await expecting(11, new Uint8Array(32)))).toEqual(['TPM_EXPECTED unknown']);
  });

  it('TPM_NONCE: there only when a nonce was given', async () => {
    const signature = await rsa.sign(quote);
    const expectation = (nonce: string) =>
      JSON.stringify({
        nonce: toHex(utf8(nonce)),
        pcrs: { sha256: Object.fromEntries([...values].map(([register, value]) => [register, toHex(value)])) },
      });
    expect(open(await judged(quote, pins(rsa), [signature, expectation('nonce')]))).toEqual([]);
    expect(open(await judged(quote, pins(rsa), [signature, expectation('other')]))).toEqual(['TPM_NONCE fail']);
  });

  it('TPM_KEY_ATTRIBUTES: a key that may sign anything', async () => {
    for (const attributes of [restrictedSigning & ~(1 << 16), restrictedSigning | (1 << 17), restrictedSigning & ~2]) {
      const file = makeAttestation({
        publicArea: rsa.publicArea(attributes),
        quotes: [{ quote, signature: await rsa.sign(quote), values }],
      });
      expect(open(await judged(file, pins(rsa)))).toEqual(['TPM_KEY fail', 'TPM_KEY_ATTRIBUTES fail']);
    }
  });

  it('a file beside it that is meant for it and broken is named', async () => {
    const report = await judged(quote, pins(rsa), [
      await rsa.sign(quote),
      printed(values),
      JSON.stringify({ nonce: 'XYZ' }),
    ]);
    expect(open(report)).toEqual(['TPM_FORM fail']);
    expect(report.checks[0]?.params?.['reason']).toContain('beside-2');
  });
});

describe('the message of go-tpm-tools', () => {
  const events: TestEvent[] = [
    { register: 0, type: 3, data: concatBytes(utf8('StartupLocality\0'), Uint8Array.of(3)) },
    { register: 0, type: 8, data: utf8('firmware') },
    { register: 1, type: 4, data: new Uint8Array(4) },
    { register: 1, type: 0x0d, data: utf8('what was started'), measured: utf8('something else') },
  ];
  const started = valuesAfter(events, [0, 1, 2], 3);
  const booted = makeQuote({ values: started });

  it('holds with its key pinned, and without values when the log gives them', async () => {
    for (const key of [rsa, ec]) {
      for (const given of [{ values: started }, {}]) {
        const file = makeAttestation({
          publicArea: key.publicArea(),
          quotes: [{ quote: booted, signature: await key.sign(booted), ...given }],
          log: makeLog(events),
        });
        const report = await judged(file, pins(key));
        expect(open(report)).toEqual([]);
        expect(open(await judged(file))).toContain('TPM_KEY unknown');
      }
    }
  });

  it('finds an event that was left out, added or altered', async () => {
    const altered = [
      events.slice(0, 3),
      [...events, { register: 1, type: 4, data: new Uint8Array(4) }],
      events.map((event) => (event.type === 8 ? { ...event, data: utf8('other') } : event)),
      events.slice(1),
    ];
    for (const log of altered) {
      const file = makeAttestation({
        publicArea: rsa.publicArea(),
        quotes: [{ quote: booted, signature: await rsa.sign(booted), values: started }],
        log: makeLog(log),
      });
      expect(open(await judged(file, pins(rsa)))).toEqual(['TPM_EVENT_LOG fail']);
    }
  });

  it('names descriptions that no digest covers, and registers that the log is silent about', async () => {
    const more = new Map([...started, [10, new Uint8Array(32).fill(7)]]);
    const later = makeQuote({ values: more });
    const file = makeAttestation({
      publicArea: rsa.publicArea(),
      quotes: [{ quote: later, signature: await rsa.sign(later), values: more }],
      log: makeLog(events),
    });
    const report = await judged(file, pins(rsa));
    const notes = report.checks.find(({ code }) => code === 'TPM_EVENT_LOG')?.notes;
    expect(notes).toEqual([
      { code: 'TPM_UNLOGGED', params: { registers: 'sha256 10' } },
      { code: 'TPM_EVENT_TEXT', params: { count: 1, events: 4 } },
    ]);
  });

  it('judges every quote of several, and refuses such as answer different questions', async () => {
    const other = makeQuote({ values: new Map([[7, new Uint8Array(32).fill(7)]]) });
    const forged = Uint8Array.from(await rsa.sign(other)).fill(1, 20, 40);
    const file = makeAttestation({
      publicArea: rsa.publicArea(),
      quotes: [
        { quote: booted, signature: await rsa.sign(booted), values: started },
        { quote: other, signature: forged, values: new Map([[7, new Uint8Array(32).fill(7)]]) },
      ],
    });
    expect(open(await judged(file, pins(rsa)))).toEqual(['TPM_SIGNATURE fail', 'TPM_QUOTE_SIGNATURE fail']);
    const elsewhere = makeQuote({ values: started, nonce: utf8('another') });
    const mixed = makeAttestation({
      publicArea: rsa.publicArea(),
      quotes: [
        { quote: booted, signature: await rsa.sign(booted) },
        { quote: elsewhere, signature: await rsa.sign(elsewhere) },
      ],
    });
    expect(open(await judged(mixed, pins(rsa)))[0]).toBe('TPM_FORM fail');
  });
});
