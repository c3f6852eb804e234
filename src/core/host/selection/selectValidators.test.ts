import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../verdict/auditorError.ts';
import { parseValidators } from './parseValidators.ts';
import { selectFromPolicy } from './selectFromPolicy.ts';
import { selectValidators, type Candidate } from './selectValidators.ts';

const candidates: Candidate[] = Array.from({ length: 200 }, (_, at) => ({
  did: `did:web:v${at}.example`,
  operator: `operator ${at % 12}`,
  region: `region ${at % 5}`,
  reputation: (at * 37) % 100,
}));

describe('selection of validators', () => {
  it('is the same from the same, in whatever order candidates come, and another with another seed', () => {
    const asked = { count: 7, seed: 'a', weights: { chance: 900 } };
    const first = selectValidators(candidates, asked);
    expect(selectValidators(candidates.toReversed(), asked)).toEqual(first);
    const other = selectValidators(candidates, { ...asked, seed: 'b' });
    expect(other.chosen.map(({ did }) => did)).not.toEqual(first.chosen.map(({ did }) => did));
  });

  it('spreads over operators and regions, and holds its limits', () => {
    const { chosen, operators, regions } = selectValidators(candidates, { count: 7, seed: 'a' });
    expect(operators).toBe(7);
    expect(regions).toBe(5);
    expect(new Set(chosen.map(({ did }) => did)).size).toBe(7);
    const limited = selectValidators(candidates, { count: 10, seed: 'a', maximumPerRegion: 2, minimumReputation: 40 });
    for (const { region } of limited.chosen) {
      expect(limited.chosen.filter((each) => each.region === region).length).toBeLessThanOrEqual(2);
    }
    expect(limited.chosen.every(({ reputation }) => reputation >= 40)).toBe(true);
    expect(() => selectValidators(candidates, { count: 13, seed: 'a' })).toThrow('there are 12');
    expect(selectValidators(candidates, { count: 13, seed: 'a', maximumPerOperator: 2 }).chosen).toHaveLength(13);
  });

  it('picks in each round what nobody beats, tried against all of them', () => {
    const asked = { count: 6, seed: 'c', maximumPerOperator: 3, weights: { operator: 120, region: 60, chance: 300 } };
    const { chosen, criteria } = selectValidators(candidates, asked);
    const only = (candidate: Candidate): number =>
      // Alone with the best reputation there is, its score is its own worth with an operator and a region that are new.
      (selectValidators(
        [
          { ...candidate, operator: 'x', region: 'y' },
          { did: 'did:web:top', operator: 'z', region: 'w', reputation: 99 },
        ],
        {
          ...asked,
          count: 2,
        },
      ).chosen.find(({ did }) => did === candidate.did)?.score ?? 0) - 180;
    const own = new Map(candidates.map((candidate) => [candidate.did, only(candidate)]));
    for (const [round, pick] of chosen.entries()) {
      const before = chosen.slice(0, round);
      const gain = ({ did, operator, region }: Candidate): number =>
        (own.get(did) ?? 0) +
        (before.some((each) => each.operator === operator) ? 0 : criteria.weights.operator) +
        (before.some((each) => each.region === region) ? 0 : criteria.weights.region);
      const allowed = candidates.filter(
        ({ did, operator }) =>
          !before.some((each) => each.did === did) && before.filter((each) => each.operator === operator).length < 3,
      );
      expect(pick.score).toBe(Math.max(...allowed.map(gain)));
    }
  });

  it('counts one DID once and takes 10,000 candidates', () => {
    const twin: Candidate = { did: `did:ethr:0x1:0x${'AB'.repeat(20)}`, operator: 'a', region: 'r', reputation: 5 };
    const same = { ...twin, did: twin.did.toLowerCase(), operator: 'b' };
    expect(() => selectValidators([twin, same], { count: 2, seed: '' })).toThrow('there are 1');
    const many = Array.from({ length: 10_000 }, (_, at) => ({
      did: `did:web:${at}`,
      operator: `o${at % 400}`,
      region: `r${at % 30}`,
      reputation: at % 977,
    }));
    expect(selectValidators(many, { count: 40, seed: 's' })).toMatchObject({
      operators: 40,
      regions: 30,
      eligible: 10_000,
    });
  });

  it('is a matter of candidates, criteria and seed alone: any order, any neighbours that cannot be chosen, any repetition', () => {
    const candidate = fc.record({
      did: fc.nat(400).map((at) => `did:web:v${at}.example`),
      operator: fc.nat(9).map(String),
      region: fc.nat(3).map(String),
      reputation: fc.nat(50),
    });
    const distinct = fc.uniqueArray(candidate, { selector: ({ did }) => did, minLength: 30, maxLength: 60 });
    fc.assert(
      fc.property(distinct, fc.string(), fc.nat(30), fc.array(fc.nat()), (all, seed, least, places) => {
        const asked = { count: 3, seed, minimumReputation: least, maximumPerOperator: 2 };
        const pick = (from: readonly Candidate[]) => {
          try {
            return selectValidators(from, asked);
          } catch (error) {
            return String(error);
          }
        };
        const first = pick(all);
        const shuffled = [...all].sort((a, b) => (places[a.reputation] ?? 0) - (places[b.reputation] ?? 0));
        expect(pick(shuffled)).toEqual(first);
        const below = all.map((each) => ({ ...each, did: `${each.did}.x`, reputation: least - 1 }));
        expect(pick([...all, ...below, ...all])).toEqual(first);
      }),
      { numRuns: 40 },
    );
  });

  it('takes operators and regions from the person’s own trust file, and no validator from elsewhere', () => {
    const validators = Array.from({ length: 6 }, (_, at) => ({
      did: `did:web:v${at}`,
      operator: `o${at % 3}`,
      region: 'r',
    }));
    const policy = { name: 'hosts', threshold: 2, validators, measurements: [] };
    const known = [...validators, { did: 'did:web:foreign' }].map(({ did }, at) => ({ did, reputation: at * 100 }));
    const {
      selection,
      policy: narrowed,
      candidates: digest,
    } = selectFromPolicy(policy, known, { count: 3, seed: 's' });
    expect(selection.eligible).toBe(6);
    expect(narrowed.validators.map(({ operator }) => operator).toSorted()).toEqual(['o0', 'o1', 'o2']);
    expect(narrowed.threshold).toBe(2);
    const turned = { ...policy, validators: validators.toReversed() };
    expect(selectFromPolicy(turned, known, { count: 3, seed: 's' }).candidates).toBe(digest);
    expect(() => selectFromPolicy(policy, known, { count: 1, seed: 's' })).toThrow('too few');
    expect(() => parseValidators('[{"did":"did:web:a","reputation":-1}]')).toThrow('a reputation');
    expect(parseValidators('[{"did":"did:web:a","url":"http://a/"}]')).toEqual([
      { did: 'did:web:a', reputation: 0, url: 'http://a' },
    ]);
    fc.assert(
      fc.property(fc.json(), (text) => {
        try {
          parseValidators(text);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
    );
  });
});
