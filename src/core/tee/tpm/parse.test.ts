import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { readContent } from '../../kinds/content.ts';
import { judge } from '../../kinds/judge.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { walk } from '../../verdict/check.ts';
import { parseHclReport } from './hclReport.ts';
import { tpmKind } from './kind.ts';
import { isEventLog, parseEventLog } from './parseEventLog.ts';
import { parsePcrValues } from './pcrValues.ts';
import { parseQuote } from './parseQuote.ts';
import { parseSignature } from './parseSignature.ts';
import { parsePublicArea } from './publicArea.ts';
import { readMessage } from './protobuf.ts';
import {
  azureJson,
  makeAttestation,
  makeHcl,
  makeLog,
  makeQuote,
  makeRsaKey,
  registersOf,
  runtimeDataOf,
  u16,
  u32,
  type TestKey,
} from './tpm.fixture.ts';

let key: TestKey;
beforeAll(async () => {
  key = await makeRsaKey();
});

const parsers: readonly (readonly [string, (bytes: Uint8Array) => unknown])[] = [
  ['quotes', parseQuote],
  ['signatures', parseSignature],
  ['public areas', parsePublicArea],
  ['event logs', parseEventLog],
  ['HCL reports', parseHclReport],
  ['protobuf messages', (bytes) => readMessage(bytes)],
  ['register values', (bytes) => parsePcrValues(String.fromCharCode(...bytes))],
];

function samples(): Readonly<Record<string, Uint8Array>> {
  const quote = makeQuote();
  const log = makeLog([{ register: 0, type: 4, data: new Uint8Array(4) }]);
  return {
    quotes: quote,
    signatures: concatBytes(u16(0x0014), u16(0x000b), u16(256), new Uint8Array(256)),
    'public areas': key.publicArea(),
    'event logs': log,
    'HCL reports': makeHcl(new Uint8Array(1184), runtimeDataOf(key.jwk)),
    'protobuf messages': makeAttestation({
      publicArea: key.publicArea(),
      quotes: [{ quote, signature: new Uint8Array(64), values: registersOf() }],
      log,
    }),
    'register values': utf8('  sha256:\n    0 : 0x' + '00'.repeat(32)),
  };
}

describe.each(parsers)('the reader of %s', (name, parse) => {
  const onlyFormatErrors = (bytes: Uint8Array): void => {
    try {
      parse(bytes);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  };

  it('throws nothing but FormatError on any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 256 }), onlyFormatErrors), { numRuns: 500 });
  });

  it('throws nothing but FormatError on damaged samples, and reads the whole one', () => {
    const sample = samples()[name] ?? new Uint8Array();
    expect(() => parse(sample)).not.toThrow();
    const edit = fc.record({ at: fc.nat(sample.length - 1), byte: fc.nat(255), cut: fc.nat(sample.length) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const bytes = Uint8Array.from(sample);
        for (const { at, byte } of edits) bytes[at] = byte;
        onlyFormatErrors(bytes.subarray(0, edits[0]?.cut));
        onlyFormatErrors(bytes);
      }),
      { numRuns: 500 },
    );
  });
});

describe('lengths that promise more than there is', () => {
  it.each([
    ['a selection of 4,294,967,295 banks', () => parseQuote(concatBytes(makeQuote().subarray(0, 76), u32(0xffffffff)))],
    [
      'an event of 4 GiB',
      () =>
        parseEventLog(
          concatBytes(
            makeLog([]),
            Uint8Array.of(0, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 4, 0),
            new Uint8Array(20),
            Uint8Array.of(11, 0),
            new Uint8Array(32),
            u32(0xffffffff),
          ),
        ),
    ],
    [
      'a protobuf field of 2⁶³ bytes',
      () => readMessage(Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)),
    ],
  ])('%s are refused at the length', (_what, read) => {
    expect(read).toThrow(FormatError);
  });
});

describe('two readings of one file are refused', () => {
  it('a field of the attestation given twice', async () => {
    const file = makeAttestation({ publicArea: key.publicArea(), quotes: [] });
    const report = await judge(readContent('x', concatBytes(file, file)), { trust: {}, now: 0, companions: [] }, [
      tpmKind,
    ]);
    // Without a statement of a TPM in it, nothing says that it is such a message at all.
    expect(report.kind).toBe('unknown');
    const quotes = [{ quote: makeQuote(), signature: new Uint8Array(64) }];
    const twice = concatBytes(makeAttestation({ publicArea: key.publicArea(), quotes }), file);
    const judged = await judge(readContent('x', twice), { trust: {}, now: 0, companions: [] }, [tpmKind]);
    expect(judged.checks[0]).toMatchObject({ code: 'TPM_FORM', status: 'fail' });
    expect(judged.checks[0]?.params?.['reason']).toContain('given twice');
  });

  it('two keys of one name in the runtime data, members given twice', () => {
    const runtime = new TextDecoder().decode(runtimeDataOf(key.jwk));
    const parsed = JSON.parse(runtime) as { keys: unknown[] };
    const doubled = utf8(JSON.stringify({ keys: [...parsed.keys, ...parsed.keys] }));
    expect(() => parseHclReport(makeHcl(new Uint8Array(1184), doubled))).toThrow('found 2');
    const repeated = utf8(runtime.replace('"kty"', '"kid":"HCLAkPub","kty"'));
    expect(() => parseHclReport(makeHcl(new Uint8Array(1184), repeated))).toThrow(FormatError);
  });
});

describe('edits of what is signed', () => {
  it('are never verified, whichever byte of the file is changed', { timeout: 600_000 }, async () => {
    const values = registersOf();
    const quote = makeQuote({ values });
    const file = makeAttestation({
      publicArea: key.publicArea(),
      quotes: [{ quote, signature: await key.sign(quote), values }],
    });
    const trust = { tpm: { attestationKeys: [key.pem] } };
    const verdictOf = async (bytes: Uint8Array) =>
      judge(readContent('x', bytes), { trust, now: 0, companions: [] }, [tpmKind]);
    expect((await verdictOf(file)).verdict).toBe('verified');
    for (let at = 0; at < file.length; at++) {
      const bit = at % 2 === 0 ? 1 : 0x80;
      const report = await verdictOf(Uint8Array.from(file, (byte, index) => (index === at ? byte ^ bit : byte)));
      // The key's own description has parts that change nothing about which key it is; none of them is signed.
      const named = [...walk(report.checks)].filter(({ status }) => status === 'fail').length;
      if (report.verdict === 'verified')
        expect({ at, within: at < key.publicArea().length + 4 }).toEqual({ at, within: true });
      else expect(report.kind === 'unknown' || named > 0 || report.verdict === 'undetermined').toBe(true);
    }
  });

  it('the JSON of Azure: any character changed is never verified without its hardware', async () => {
    const values = registersOf();
    const quote = makeQuote({ values });
    const json = azureJson(quote, await key.sign(quote), values, makeHcl(new Uint8Array(1184), runtimeDataOf(key.jwk)));
    const report = await judge(readContent('x', utf8(json)), { trust: {}, now: 0, companions: [] }, [tpmKind]);
    expect(report.verdict).toBe('rejected');
    expect(report.checks.find(({ code }) => code === 'TPM_KEY')?.status).toBe('fail');
  });
});

it('knows a log by its first event only', () => {
  expect(isEventLog(makeLog([]))).toBe(true);
  expect(isEventLog(new Uint8Array(100))).toBe(false);
});
