import { describe, expect, it } from 'vitest';
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
});
