import { describe, expect, it } from 'vitest';
import { diffTrust } from './diffTrust.ts';
import { replaceFact } from './replaceFact.ts';
import type { Trust } from './trust.ts';
import { chain, ecKey, fullTrust, rsaKey } from './trust.fixture.ts';

const changed = (before: Trust, after: Trust): readonly (readonly string[])[] =>
  diffTrust(before, after)
    .filter(({ change }) => change === 'changed')
    .map(({ path }) => path);

describe('a fact of another file in place of what was pinned', () => {
  it('replaces a key by a rotated one of its name, and nothing else', () => {
    const other: Trust = { ...fullTrust, jwks: { keys: [{ ...rsaKey, until: '2026-06-01T00:00:00Z' }, ecKey] } };
    const path = ['jwks', 'keys', 'rsa'];
    const after = replaceFact(fullTrust, other, path);
    expect(diffTrust(fullTrust, after)).toEqual([
      { change: 'changed', path, before: rsaKey, after: { ...rsaKey, until: '2026-06-01T00:00:00Z' } },
    ]);
  });

  it('replaces a fact of a chain', () => {
    const other: Trust = { chains: [{ ...chain, skewSeconds: 9 }] };
    const after = replaceFact(fullTrust, other, ['chains', 'one', 'skewSeconds']);
    expect(diffTrust(fullTrust, after)).toMatchObject([{ change: 'changed', before: 5, after: 9 }]);
  });

  it('takes an entry as a whole where it cannot stand without the fact', () => {
    const [host] = fullTrust.hosts ?? [];
    const validators = [...(host?.validators ?? []), { did: 'did:web:c.example' }];
    const other: Trust = { hosts: [{ ...(host as NonNullable<typeof host>), validators, threshold: 3 }] };
    const after = replaceFact(fullTrust, other, ['hosts', 'host', 'validators']);
    expect(after.hosts).toEqual(other.hosts);
    expect(changed(after, other)).toEqual([]);
  });
});
