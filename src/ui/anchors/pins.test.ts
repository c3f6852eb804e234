import { beforeEach, describe, expect, it } from 'vitest';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { pickTrust } from '../../core/trust/pickTrust.ts';
import { entryKey, pin, readPins, trustKey, unpin, type PinOrigin, type PinStorage } from './pins.ts';

const pcrs = { '0': 'aa'.repeat(48), '1': 'bb'.repeat(48), '2': 'cc'.repeat(48) };
const trust: Trust = {
  issuers: ['https://issuer.example'],
  chains: [{ name: 'example', genesis: 'ab'.repeat(32), measurements: [{ pcrs }], skewSeconds: 5 }],
};
const origin: PinOrigin = { how: 'file', name: 'trust.json', at: 1 };

let storage: PinStorage & { readonly items: Map<string, string> };
beforeEach(() => {
  const items = new Map<string, string>();
  storage = { items, getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
});

describe('what this browser has pinned', () => {
  it('is nothing at first, and comes back as it was pinned, with where it came from', () => {
    expect(readPins(storage)).toEqual({ trust: {}, origins: {} });
    pin(storage, trust, origin);
    const pins = readPins(storage);
    expect(pins.trust).toEqual(trust);
    expect(Object.keys(pins.origins)).toHaveLength(trustEntries(trust).length);
    expect(pins.origins[entryKey(['chains', 'example', 'genesis'])]).toEqual(origin);
  });

  it('keeps the first origin of a fact that is pinned again', () => {
    pin(storage, trust, origin);
    pin(storage, { ...trust, issuers: ['https://other.example'] }, { ...origin, name: 'second.json' });
    const { origins, trust: both } = readPins(storage);
    expect(both.issuers).toHaveLength(2);
    expect(origins[entryKey(['chains', 'example', 'genesis'])]?.name).toBe('trust.json');
    expect(origins[entryKey(['issuers', 'https://other.example'])]?.name).toBe('second.json');
  });

  it('never replaces one fact by another', () => {
    pin(storage, trust, origin);
    const other: Trust = { chains: [{ name: 'example', genesis: 'ab'.repeat(32), skewSeconds: 7 }] };
    expect(() => pin(storage, other, origin)).toThrow(/out first/);
    expect(readPins(storage).trust).toEqual(trust);
  });

  it('forgets a fact and its origin together', () => {
    pin(storage, trust, origin);
    unpin(storage, ['chains', 'example']);
    expect(readPins(storage).trust).toEqual({ issuers: trust.issuers });
    expect(Object.keys(readPins(storage).origins)).toEqual([entryKey(['issuers', 'https://issuer.example'])]);
  });

  it('counts nothing as pinned where the stored file is damaged, and leaves the file alone', () => {
    storage.setItem(trustKey, '{"affidavit":"trust/1","unknown":1}');
    const pins = readPins(storage);
    expect(pins.trust).toEqual({});
    expect(pins.fault).toMatch(/unknown/);
    expect(() => storage.getItem(trustKey)).not.toThrow();
    expect(storage.getItem(trustKey)).toContain('unknown');
  });

  it('picks single facts out of a file', () => {
    expect(pickTrust(trust, [['issuers']])).toEqual({ issuers: trust.issuers });
    expect(pickTrust(trust, [['chains', 'example', 'genesis']])).toEqual({
      chains: [{ name: 'example', genesis: 'ab'.repeat(32) }],
    });
  });
});
