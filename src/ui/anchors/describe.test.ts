import { describe, expect, it } from 'vitest';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import { address, fullTrust, sequencerKey } from '../../core/trust/trust.fixture.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { describeEntry, entryDigest } from './describe.ts';

const pcrs = { '0': 'aa'.repeat(48), '1': 'bb'.repeat(48), '2': 'cc'.repeat(48) };
const trust: Trust = {
  chains: [
    {
      name: 'example',
      genesis: 'ab'.repeat(32),
      measurements: [{ pcrs }],
      timestamp: {
        issuer: 'https://issuer.example',
        jwks: { keys: [{ kty: 'RSA', kid: 'one', n: 'AQAB', e: 'AQAB' }] },
      },
      checkpoint: { k: 7, height: 6, timestampHash: 'cd'.repeat(32) },
      buckets: [{ url: 'https://a.example' }, { url: 'https://b.example' }],
    },
  ],
};
const described = (part: string) => {
  const entry = trustEntries(trust).find(({ path }) => path.includes(part));
  return entry && describeEntry(entry);
};

describe('a pinned fact as people see it', () => {
  it('says what it is and where to get it elsewhere', () => {
    for (const entry of trustEntries(fullTrust)) {
      const { name, from, lines } = describeEntry(entry);
      expect(name).not.toContain('›');
      expect(from).toBeTruthy();
      expect(lines.length).toBeGreaterThan(0);
    }
  });

  it('shows digests as digests and addresses as they are', () => {
    expect(described('genesis')?.lines).toEqual([{ label: '', text: 'ab'.repeat(32), isHex: true }]);
    expect(described('issuer')?.lines).toEqual([{ label: '', text: 'https://issuer.example', isHex: false }]);
    expect(described('buckets')?.lines.map(({ label, text }) => [label, text])).toEqual([
      ['1', 'https://a.example'],
      ['2', 'https://b.example'],
    ]);
  });

  it('shows every register of a measurement, and a key by its name and digest', () => {
    expect(described('measurements')?.lines.map(({ label }) => label)).toEqual(['PCR 0', 'PCR 1', 'PCR 2']);
    expect(described('jwks')?.lines.map(({ label }) => label)).toEqual(['kid', 'SHA3-256']);
    expect(described('checkpoint')?.lines.map(({ text }) => text)).toEqual(['7', 'cd'.repeat(32)]);
  });

  it('is named by its place in the format, whatever a person called what is there', () => {
    const value = { id: 'genesis', key: sequencerKey };
    const machine = describeEntry({ path: ['vms', 'genesis'], value });
    expect(machine.name).toBe('Key of a machine that signs traces');
    expect(machine.lines.map(({ text }) => text)).toEqual(['genesis', sequencerKey]);
    const auditor = describeEntry({ path: ['auditors', address], value: { address } });
    expect(auditor.lines.map(({ text }) => text)).toEqual([address]);
    const did = describeEntry({ path: ['dids', 'did:web:roots'], value: {} });
    expect([did.name, did.lines[0]?.text]).toEqual(['Document of an identity', 'did:web:roots']);
  });

  it('says of which hosts and which ledger, and how long somebody counts', () => {
    const all = trustEntries(fullTrust);
    const [validators] = all.filter(({ path }) => path[0] === 'hosts').map((entry) => describeEntry(entry));
    expect([validators?.name, validators?.of]).toEqual(['Who may vouch for hosts', 'host']);
    expect(validators?.lines).toContainEqual({ label: 'until', text: '2027-01-01T00:00:00Z', isHex: false });
    const ledgers = all.filter(({ path }) => path[0] === 'evm');
    for (const entry of ledgers) expect(describeEntry(entry).of).toBe(entry.path[1]);
    expect(ledgers.length).toBeGreaterThan(0);
  });

  it('has one digest whatever the order of its members', () => {
    expect(entryDigest({ a: 1, b: 2 })).toBe(entryDigest({ b: 2, a: 1 }));
    expect(entryDigest({ a: 1 })).not.toBe(entryDigest({ a: 2 }));
  });
});
