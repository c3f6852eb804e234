import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { readContent } from '../kinds/content.ts';
import { judge } from '../kinds/judge.ts';
import { walk } from '../verdict/check.ts';
import { sentence } from '../verdict/messages.ts';
import type { TrustDetails } from './checkTrust.ts';
import { emptyTrust } from './emptyTrust.ts';
import { trustKind } from './kind.ts';
import { fileOf, fullTrust, pcrs } from './trust.fixture.ts';
import { trustEntries } from './trustEntries.ts';

const now = Date.UTC(2026, 0, 2);
const context = { trust: emptyTrust, now, companions: [] };
const judged = async (text: string, more = {}) =>
  judge(readContent('trust.json', utf8(text)), { ...context, ...more }, [trustKind]);
const outcomes = async (text: string) => (await judged(text)).checks.map(({ code, status }) => `${code} ${status}`);

describe('the kind of trust files', () => {
  it('knows every version of them, and nothing else', () => {
    for (const text of [fileOf({}), '{"affidavit":"trust/99"}', ' { "b": 1, "affidavit" : "trust/1"']) {
      expect(trustKind.recognise(readContent('x', utf8(text)))).toBe(true);
    }
    for (const text of ['', '{}', '{"affidavit":"certificate/1"}', 'affidavit: trust/1', '["affidavit","trust/1"]']) {
      expect(trustKind.recognise(readContent('x', utf8(text)))).toBe(false);
    }
  });

  it('verifies a well-formed file and says what it would pin', async () => {
    const report = await judged(fileOf(fullTrust));
    expect(report).toMatchObject({
      kind: 'trust',
      verdict: 'verified',
      at: '2026-01-02T00:00:00Z',
      timeSource: 'now',
      labels: [],
    });
    const details = report.details as TrustDetails;
    expect(details.trust).toEqual(fullTrust);
    expect(details.changes).toHaveLength(trustEntries(fullTrust).length);
    const known = (await judged(fileOf(fullTrust), { trust: fullTrust })).details as TrustDetails;
    expect(known.changes).toEqual([]);
  });

  it('is judged at the time given', async () => {
    expect(await judged(fileOf({}), { givenTime: 0 })).toMatchObject({
      at: '1970-01-01T00:00:00Z',
      timeSource: 'given',
    });
  });

  it('fails exactly the check that is at fault', async () => {
    const ok = fileOf({ nitro: { measurements: [{ pcrs }] } });
    expect(await outcomes(ok)).toEqual(['TRUST_JSON pass', 'TRUST_VERSION pass', 'TRUST_FORM pass']);
    expect(await outcomes(ok.slice(0, -1))).toEqual(['TRUST_JSON fail', 'TRUST_VERSION unknown', 'TRUST_FORM unknown']);
    expect(await outcomes(ok.replace('trust/1', 'trust/2'))).toEqual([
      'TRUST_JSON pass',
      'TRUST_VERSION fail',
      'TRUST_FORM unknown',
    ]);
    const zeros = ok.replace('a0'.repeat(48), '00'.repeat(48));
    for (const text of [zeros, fileOf({ unexpected: 1 })]) {
      expect(await outcomes(text)).toEqual(['TRUST_JSON pass', 'TRUST_VERSION pass', 'TRUST_FORM fail']);
      const report = await judged(text);
      expect(report.verdict).toBe('rejected');
      expect(report.details).toBeUndefined();
    }
  });

  it('plans the checks that it makes, and has words for each outcome', async () => {
    const checker = await trustKind.load();
    const content = readContent('x', utf8(fileOf({ unexpected: 1 })));
    const report = await judged(fileOf({ unexpected: 1 }));
    expect(checker.plan(content, context).map(({ code }) => code)).toEqual(report.checks.map(({ code }) => code));
    for (const check of walk(report.checks)) expect(sentence(check, trustKind.messages)).not.toMatch(/\{|^TRUST_/);
    expect(sentence(report.checks[2]!, trustKind.messages)).toContain('$.unexpected');
  });
});
