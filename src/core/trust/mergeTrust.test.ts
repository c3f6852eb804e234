import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuditorError } from '../verdict/auditorError.ts';
import { diffTrust } from './diffTrust.ts';
import { emptyTrust } from './emptyTrust.ts';
import { mergeTrust } from './mergeTrust.ts';
import { parseTrust } from './parseTrust.ts';
import { serializeTrust } from './serializeTrust.ts';
import {
  chain,
  ecKey,
  fileOf,
  fullTrust,
  otherRootPem,
  otherSequencerKey,
  pcrs,
  rootPem,
  rsaKey,
} from './trust.fixture.ts';
import type { ChainPin, Trust } from './trust.ts';
import { trustEntries } from './trustEntries.ts';
import { unpinTrust } from './unpinTrust.ts';

/** Any part of the full trust file that can stand on its own. */
const partial: fc.Arbitrary<Trust> = fc
  .subarray([...trustEntries(fullTrust)])
  .map((entries) => entries.reduce((trust, entry) => unpinTrust(trust, entry.path), fullTrust));

const paths = (trust: Trust) => trustEntries(trust).map((entry) => entry.path.join(' '));

function contradiction(base: Trust, added: Trust): string | undefined {
  try {
    mergeTrust(base, added);
    return undefined;
  } catch (error) {
    if (!(error instanceof AuditorError) || error.code !== 'TRUST_CONTRADICTION') throw error;
    return /cannot be used: (\S+)/.exec(error.message)?.[1];
  }
}

describe('serializeTrust', () => {
  it('writes what parses again to the same value, and the same text for it', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.double({ min: -1, max: 1 }),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('tree')), fc.dictionary(fc.string(), tie('tree'))),
    }));
    const documents = fc.dictionary(fc.string(), tree);
    fc.assert(
      fc.property(partial, fc.string({ minLength: 1 }), documents, (trust, name, document) => {
        const file = fileOf({
          ...trust,
          chains: [{ name: name.replace(/\p{Cc}/gu, '-') }],
          dids: { 'did:web:a': document },
        });
        const value = parseTrust(file);
        const text = serializeTrust(value);
        expect(parseTrust(text)).toEqual(value);
        expect(serializeTrust(parseTrust(text))).toBe(text);
      }),
    );
    expect(parseTrust(serializeTrust(fullTrust))).toEqual(fullTrust);
  });

  it('does not depend on the order of members', () => {
    const turned = Object.fromEntries(Object.entries(fullTrust).reverse());
    expect(serializeTrust(turned)).toBe(serializeTrust(fullTrust));
  });
});

describe('trustEntries', () => {
  it('names every fact once, by names instead of positions', () => {
    const found = paths(fullTrust);
    expect(new Set(found).size).toBe(found.length);
    expect(found).toContain('chains one timestamp jwks keys rsa');
    expect(found).toContain('evm 8995 (0–9) quorum');
    expect(found).toContain('dids did:web:example.org');
    expect(trustEntries(emptyTrust)).toEqual([]);
    expect(trustEntries({ chains: [{ name: 'only a name' }] })).toEqual([]);
  });

  it('leaves no part of a trust file out', () => {
    expect(new Set(trustEntries(fullTrust).map(({ path }) => path[0]))).toEqual(new Set(Object.keys(fullTrust)));
    const facts = paths(fullTrust).filter((path) => path.startsWith('chains one '));
    expect(new Set(facts.map((path) => path.split(' ')[2]))).toEqual(
      new Set(Object.keys(chain).filter((name) => name !== 'name')),
    );
  });
});

describe('mergeTrust', () => {
  it('with nothing, or with itself, changes nothing', () => {
    expect(mergeTrust(fullTrust, emptyTrust)).toEqual(fullTrust);
    expect(mergeTrust(emptyTrust, fullTrust)).toEqual(fullTrust);
    expect(mergeTrust(fullTrust, fullTrust)).toEqual(fullTrust);
  });

  it('gives the facts of both, in either order', () => {
    fc.assert(
      fc.property(partial, partial, (a, b) => {
        const merged = paths(mergeTrust(a, b));
        expect(new Set(merged)).toEqual(new Set([...paths(a), ...paths(b)]));
        expect(new Set(paths(mergeTrust(b, a)))).toEqual(new Set(merged));
        expect(diffTrust(a, mergeTrust(a, b)).every(({ change }) => change === 'added')).toBe(true);
      }),
    );
  });

  it('takes a chain for the same by its genesis, and keeps the name that it has', () => {
    const { name: _name, sequencerKey, ...rest } = chain;
    const merged = mergeTrust(
      { chains: [{ name: 'mine', genesis: chain.genesis! }] },
      { chains: [{ ...rest, sequencerKey: sequencerKey!, name: 'theirs' }] },
    );
    expect(merged.chains).toEqual([{ ...chain, name: 'mine' }]);
  });

  it('adds a key to a set, and a root that differs only in line breaks once', () => {
    const added: Trust = { jwks: { keys: [ecKey] }, nitro: { roots: [rootPem.replaceAll('\n', '\r\n')] } };
    const merged = mergeTrust({ jwks: { keys: [rsaKey] }, nitro: { roots: [rootPem] } }, added);
    expect(merged).toEqual({ jwks: { keys: [rsaKey, ecKey] }, nitro: { roots: [rootPem] } });
  });

  it('refuses every contradiction, and names it', () => {
    const one = (parts: Partial<ChainPin>): Trust => ({ chains: [{ ...chain, ...parts }] });
    const cases: readonly [Trust, string][] = [
      [one({ sequencerKey: otherSequencerKey }), '$.chains["one"].sequencerKey'],
      [one({ nitroRoots: [otherRootPem] }), '$.chains["one"].nitroRoots'],
      [one({ nitroRoots: [rootPem, otherRootPem] }), '$.chains["one"].nitroRoots'],
      [one({ skewSeconds: 6 }), '$.chains["one"].skewSeconds'],
      [one({ checkpoint: { ...chain.checkpoint!, k: 5 } }), '$.chains["one"].checkpoint'],
      [one({ buckets: [...chain.buckets!].reverse() }), '$.chains["one"].buckets'],
      [one({ timestamp: { issuer: 'https://other.example' } }), '$.chains["one"].timestamp.issuer'],
      [
        one({ timestamp: { jwks: { keys: [{ ...ecKey, kid: 'rsa' }] } } }),
        '$.chains["one"].timestamp.jwks.keys["rsa"]',
      ],
      [one({ genesis: '99'.repeat(32) }), '$.chains[2]'],
      [{ dids: { 'did:web:example.org': {} } }, '$.dids["did:web:example.org"]'],
      [{ hosts: [{ ...fullTrust.hosts![0]!, threshold: 1 }] }, '$.hosts["host"].threshold'],
      [{ vms: [{ id: 'vm', key: otherSequencerKey }] }, '$.vms["vm"]'],
      [{ evm: [{ ...fullTrust.evm![1]!, consensus: 'qbft' }] }, '$.evm["8995'],
    ];
    for (const [added, path] of cases) {
      expect(contradiction(fullTrust, added)).toBe(path);
      expect(contradiction(added, fullTrust)).toBeDefined();
    }
  });

  it('refuses one sequencer key for two chains', () => {
    const stranger: Trust = {
      chains: [{ name: 'stranger', genesis: '99'.repeat(32), sequencerKey: chain.sequencerKey! }],
    };
    expect(contradiction(fullTrust, stranger)).toBe('$.chains[2]');
  });
});

describe('diffTrust', () => {
  it('is empty for the same trust, whatever the order of sets', () => {
    const keys = fullTrust.jwks!.keys;
    expect(diffTrust(fullTrust, { ...fullTrust, jwks: { keys: [...keys].reverse() } })).toEqual([]);
    expect(diffTrust(fullTrust, fullTrust)).toEqual([]);
  });

  it('names what would be added, removed and changed', () => {
    const after: Trust = {
      ...fullTrust,
      chains: [{ ...chain, skewSeconds: 9 }],
      issuers: ['https://new.example'],
      sevSnp: {},
    };
    const found = diffTrust(fullTrust, after).map(({ change, path }) => `${change} ${path.join(' ')}`);
    expect(new Set(found)).toEqual(
      new Set([
        'changed chains one skewSeconds',
        'added issuers https://new.example',
        ...fullTrust.issuers!.map((issuer) => `removed issuers ${issuer}`),
        `removed sevSnp measurements ${'b0'.repeat(48)}`,
      ]),
    );
  });

  it('carries the values of before and after', () => {
    expect(diffTrust({ chains: [chain] }, { chains: [{ ...chain, skewSeconds: 9 }] })).toEqual([
      { change: 'changed', path: ['chains', 'one', 'skewSeconds'], before: 5, after: 9 },
    ]);
  });
});

describe('unpinTrust', () => {
  it('takes out exactly the fact that is named, and what cannot stand without it', () => {
    const required = new Set([
      'host validators',
      'host threshold',
      '8995 (0–9) consensus',
      '8995 (10–) consensus',
      '1 consensus',
    ]);
    for (const { path } of trustEntries(fullTrust)) {
      const name = path.slice(1, 3).join(' ');
      const left = unpinTrust(fullTrust, path);
      expect(parseTrust(serializeTrust(left))).toEqual(left);
      const gone = paths(fullTrust).filter((entry) => !paths(left).includes(entry));
      if (required.has(name))
        expect(gone).toEqual(paths(fullTrust).filter((entry) => entry.startsWith(path.slice(0, 2).join(' '))));
      else expect(gone).toEqual([path.join(' ')]);
    }
  });

  it('undoes a pin', () => {
    fc.assert(
      fc.property(partial, fc.constantFrom(...trustEntries(fullTrust)), (trust, { path }) => {
        const left = unpinTrust(trust, path);
        expect(paths(left)).not.toContain(path.join(' '));
        expect(unpinTrust(left, path)).toEqual(left);
      }),
    );
  });

  it('takes out all below a path, and nothing for a path that is not there', () => {
    expect(unpinTrust(fullTrust, ['chains', 'one']).chains).toEqual([{ name: 'two' }]);
    expect(unpinTrust(fullTrust, ['nitro', 'roots']).nitro).toEqual({ measurements: [{ pcrs }] });
    expect(unpinTrust(fullTrust, [])).toEqual(emptyTrust);
    expect(unpinTrust(fullTrust, ['chains', 'three'])).toEqual(fullTrust);
    expect(unpinTrust(fullTrust, ['nothing', 'here'])).toEqual(fullTrust);
  });
});
