import { describe, expect, it } from 'vitest';
import { parseTrust } from './parseTrust.ts';
import { ecKey, fileOf } from './trust.fixture.ts';
import { rangeFault } from './validRange.ts';

describe('ranges of keys and operators', () => {
  const key = (range: object): string => fileOf({ jwks: { keys: [{ ...ecKey, ...range }] } });
  const host = (range: object): string =>
    fileOf({ hosts: [{ name: 'h', threshold: 1, validators: [{ did: 'did:web:a.example', ...range }] }] });

  it.each([key, host])('are read', (file) => {
    const range = { from: '2026-01-01T00:00:00Z', until: '2026-01-01T00:00:01Z' };
    expect(JSON.stringify(parseTrust(file(range)))).toContain('"until":"2026-01-01T00:00:01Z"');
  });

  it.each([
    { from: '2026-01-01' },
    { from: 1_790_000_000 },
    { until: '2026-02-30T00:00:00Z' },
    { until: '2026-01-01T00:00:00+00:00' },
    { until: '2026-01-01T00:00:00.000Z' },
    { from: '2026-01-01T00:00:00Z', until: '2026-01-01T00:00:00Z' },
    { from: '2026-01-02T00:00:00Z', until: '2026-01-01T00:00:00Z' },
  ])('are refused as %j', (range) => {
    expect(() => parseTrust(key(range))).toThrow(expect.objectContaining({ code: 'TRUST_VALUE' }));
    expect(() => parseTrust(host(range))).toThrow(expect.objectContaining({ code: 'TRUST_VALUE' }));
  });

  it('hold from their first moment up to, not with, their last', () => {
    const range = { from: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' };
    const [from, until] = [Date.parse(range.from), Date.parse(range.until)];
    expect([from - 1, from, until - 1, until].map((time) => rangeFault(range, time) === undefined)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(rangeFault({}, 0)).toBeUndefined();
  });
});
