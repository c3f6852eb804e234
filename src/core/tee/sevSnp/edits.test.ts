import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../../bytes/bytes.ts';
import { toBase64 } from '../../bytes/base64.ts';
import { toHex } from '../../bytes/hex.ts';
import { readContent } from '../../kinds/content.ts';
import type { Context } from '../../kinds/kind.ts';
import { combine } from '../../verdict/status.ts';
import { makeSnpChecker } from './check.ts';
import { sevSnpKind } from './kind.ts';
import { signedLength } from './report.ts';
import {
  guids,
  makeAuthority,
  makeKeyCertificate,
  makeReport,
  makeRoot,
  makeTable,
  measurement,
  snpTime,
  trustedRoot,
} from './sevSnp.fixture.ts';

const contentOf = (bytes: Uint8Array) => readContent('file', bytes as Uint8Array<ArrayBuffer>);

let checker: ReturnType<typeof makeSnpChecker>;
let context: Context;
let beside: Uint8Array[];

beforeAll(async () => {
  const root = await trustedRoot(await makeRoot());
  checker = makeSnpChecker([root], []);
  beside = [await makeAuthority(), await makeKeyCertificate()];
  context = {
    trust: { sevSnp: { measurements: [toHex(measurement)] } },
    now: snpTime,
    companions: beside.map(contentOf),
  };
}, 600_000);

async function statusOf(file: Uint8Array, companions = context.companions): Promise<string> {
  const { checks } = await checker.check(contentOf(file), { ...context, companions });
  return combine(checks.map(({ status }) => status));
}

describe('after an edit', () => {
  it('of any byte of a report it is never verified', async () => {
    const report = await makeReport({ version: 5 });
    expect(await statusOf(report)).toBe('pass');
    for (let at = 0; at < report.length; at++) {
      const changed = report.with(at, (report[at] ?? 0) ^ (1 << ((at + 5) % 8)));
      expect(await statusOf(changed), `byte ${at}`).not.toBe('pass');
    }
  }, 600_000);

  it('of any bit of what is signed it is never verified', async () => {
    const report = await makeReport({ version: 3 });
    await fc.assert(
      fc.asyncProperty(fc.nat(signedLength - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        expect(await statusOf(report.with(at, (report[at] ?? 0) ^ change))).not.toBe('pass');
      }),
      { numRuns: 300 },
    );
  });

  it('of any bit of a certificate behind it, it is never verified', async () => {
    const report = await makeReport();
    const table = makeTable([
      [guids.vcek, beside[1] as Uint8Array],
      [guids.ask, beside[0] as Uint8Array],
    ]);
    const whole = concatBytes(report, table);
    expect(await statusOf(whole, [])).toBe('pass');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: report.length, max: whole.length - 1 }), fc.nat(7), async (at, bit) => {
        // What an entry is called decides nothing: certificates are known by what they are.
        const head = (at - report.length) % 24 < 16 && at < report.length + 48;
        if (head) return;
        expect(await statusOf(whole.with(at, (whole[at] ?? 0) ^ (1 << bit)), [])).not.toBe('pass');
      }),
      { numRuns: 200 },
    );
  });
});

describe('whatever the bytes', () => {
  const judged = async (file: Uint8Array): Promise<void> => {
    const { checks } = await checker.check(contentOf(file), context);
    expect(checks.length).toBeGreaterThan(10);
    sevSnpKind.recognise(contentOf(file));
  };

  it('of a report that is cut, stretched or edited, there is an answer', async () => {
    const reports = [await makeReport({ version: 2 }), await makeReport({ version: 5 })];
    const table = makeTable([[guids.ask, beside[0] as Uint8Array]], 16);
    const edit = fc.record({ at: fc.nat(), remove: fc.nat(30), insert: fc.uint8Array({ maxLength: 30 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...reports),
        fc.boolean(),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        async (report, behind, edits) => {
          let changed = [...(behind ? concatBytes(report, table) : report)];
          for (const { at, remove, insert } of edits)
            changed = changed.toSpliced(at % changed.length, remove, ...insert);
          const file = Uint8Array.from(changed);
          await judged(file);
        },
      ),
      { numRuns: 300 },
    );
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), judged), { numRuns: 200 });
  });

  it('of JSON that is edited, there is an answer', async () => {
    const text = JSON.stringify({ report: toBase64(await makeReport()), certs: beside.map(toBase64) });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.nat(200),
        fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
        (at, remove, insert) => {
          const place = at % 2 === 0 ? at % 40 : at % text.length;
          return judged(utf8(text.slice(0, place) + insert + text.slice(place + remove)));
        },
      ),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(fc.json(), (json) => judged(utf8(json.startsWith('{') ? json : `{"a":${json}}`))),
      { numRuns: 100 },
    );
  });
});
