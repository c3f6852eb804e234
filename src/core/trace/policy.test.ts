import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../bytes/jcs.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { encodePolicy, makePolicy, parsePolicy, policyDigest, policyKinds } from './policy.ts';

const full = makePolicy({
  kinds: ['store', 'call', 'load'],
  functions: { names: ['b', 'a', 'a'], indices: [3, 1], exports: ['main'] },
  inside: { exports: 'all' },
  memory: [
    { from: 64, to: 128 },
    { from: 0, to: 4 },
  ],
  budget: 1000,
  steps: 10,
  depth: 5,
  pages: 16,
});

describe('policy', () => {
  test('what a person chose becomes one text, however it was ordered', () => {
    expect(full.kinds).toEqual(['call', 'load', 'store']);
    expect(full.functions).toEqual({ names: ['a', 'b'], indices: [1, 3], exports: ['main'] });
    expect(full.memory?.[0]).toEqual({ from: 0, to: 4 });
    expect(parsePolicy(encodePolicy(full))).toEqual(full);
    expect(encodePolicy(makePolicy({ kinds: ['load', 'call', 'store', 'call'] }))).toBe(
      '{"affidavit":"trace-policy/1","floats":"canonical","functions":"all","kinds":["call","load","store"],"pages":4096}',
    );
    expect(policyDigest(full)).not.toEqual(policyDigest(makePolicy({ ...full, budget: 1001 })));
  });

  const broken: readonly [name: string, change: Record<string, unknown>][] = [
    ['affidavit', { affidavit: 'trace-policy/2' }],
    ['kinds', { kinds: ['call', 'nothing'] }],
    ['kinds', { kinds: ['store', 'call'] }],
    ['kinds', { kinds: 'call' }],
    ['floats', { floats: 'any' }],
    ['functions', { functions: 'some' }],
    ['functions.names', { functions: { names: [1], indices: [], exports: [] } }],
    ['functions.indices', { functions: { names: [], indices: [-1], exports: [] } }],
    ['functions.exports', { functions: { names: [], indices: [], exports: ['a', 'a'] } }],
    ['inside', { inside: [] }],
    ['memory', { memory: [] }],
    ['memory', { memory: [{ from: 4, to: 4 }] }],
    [
      'memory',
      {
        memory: [
          { from: 0, to: 8 },
          { from: 8, to: 9 },
        ],
      },
    ],
    ['budget', { budget: 0 }],
    ['steps', { steps: 1.5 }],
    ['depth', { depth: 2 ** 31 }],
    ['pages', { pages: 65_537 }],
    ['the whole', { extra: 1 }],
  ];
  test.each(broken)('a wrong member is named: %s', (name, change) => {
    const text = canonicalJson({ ...full, ...change });
    expect(() => parsePolicy(text)).toThrow(FormatError);
    expect(() => parsePolicy(text)).toThrow(`The policy, ${name}: `);
  });

  test('any text is a policy in its one form, or refused', () => {
    const text = encodePolicy(full);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 3 }), (at, put) => {
        const edited = text.slice(0, at) + put + text.slice(at + put.length);
        try {
          expect(encodePolicy(parsePolicy(edited))).toBe(edited);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('every choice of kinds can be written', () => {
    fc.assert(
      fc.property(fc.subarray([...policyKinds]), (kinds) => {
        expect(parsePolicy(encodePolicy(makePolicy({ kinds }))).kinds).toEqual([...kinds].sort());
      }),
      { numRuns: 50 },
    );
  });
});
