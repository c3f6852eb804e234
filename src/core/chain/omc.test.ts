import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAttestation, addTuple, concludeOmc, extendOmc, omc, startOmc, type OmcResult } from './omc.ts';
import { attestationFinding, draw, genesisOf, junkAt, sequenceOf, tupleFinding, type Drawn } from './omc.fixture.ts';
import type { AttestationFinding, TupleFinding } from './types.ts';

const genesis = genesisOf('b0');
const run = (blocks: readonly Drawn[]): OmcResult => {
  const { attestations, tuples } = draw(blocks);
  return omc({ genesis }, attestations, tuples);
};
const numbers = (blocks: readonly { k: number }[]): number[] => blocks.map((block) => block.k);
const line = (count: number): Drawn[] =>
  Array.from({ length: count }, (_, k) => ({ name: `b${k}`, k, ...(k > 0 ? { parent: `b${k - 1}` } : {}) }));

describe('omc', () => {
  it('follows a chain without forks to the end as shown', () => {
    const result = run(line(5));
    expect(numbers(result.main)).toEqual([0, 1, 2, 3, 4]);
    expect(result.stop).toEqual({ reason: 'end as shown' });
    expect(result.main.map((block) => block.height)).toEqual([0, 1, 2, 3, 4]);
    expect(result.attestations).toBe(5);
  });

  it("decides figure 4 as the patent's example does", () => {
    // (b_{i-1}, a_{k-1}) → (b_i, a_k) → (b'_i, a_{k+1}) → (b'_{i+1}, a_{k+2}) → (b_{i+1}, a_{k+3})
    const result = run([
      { name: 'b0', k: 0 },
      { name: 'bi', parent: 'b0', k: 1 },
      { name: 'bi′', parent: 'b0', k: 2 },
      { name: 'bi+1′', parent: 'bi′', k: 3 },
      { name: 'bi+1', parent: 'bi', k: 4 },
    ]);
    expect(numbers(result.main)).toEqual([0, 1, 4]);
    expect(numbers(result.order)).toEqual([0, 1, 2, 3, 4]);
    expect(result.forks).toHaveLength(1);
    expect(result.forks[0]).toMatchObject({ parent: genesis, height: 1 });
    expect(numbers(result.forks[0]?.blocks ?? [])).toEqual([2, 3]);
    expect(result.stop.reason).toBe('end as shown');
  });

  it('stops at a gap when a later number is shown', () => {
    const blocks = line(7);
    blocks[4] = { ...(blocks[4] as Drawn), attestationMissing: true };
    const result = run(blocks);
    expect(result.stop).toEqual({ reason: 'gap', k: 4 });
    expect(numbers(result.main)).toEqual([0, 1, 2, 3]);
    expect(result.orphans).toEqual([]);
  });

  it('stops at a number that has only junk', () => {
    const { attestations, tuples } = draw(line(6));
    attestations[3] = attestationFinding(3, [], [junkAt(3)]);
    expect(omc({ genesis }, attestations, tuples).stop).toEqual({ reason: 'invalid', k: 3 });
  });

  it('stops at an attestation whose block cannot be had', () => {
    const blocks = line(6);
    blocks[2] = { ...(blocks[2] as Drawn), tupleMissing: true };
    expect(run(blocks).stop).toEqual({ reason: 'attestation without block', k: 2 });
  });

  it('needs a missing number even when it could only be a fork', () => {
    const result = run([
      { name: 'b0', k: 0 },
      { name: 'fork', parent: 'b0', k: 1, attestationMissing: true },
      { name: 'b1', parent: 'b0', k: 2 },
    ]);
    expect(result.stop).toEqual({ reason: 'gap', k: 1 });
    expect(numbers(result.main)).toEqual([0]);
  });

  it('goes on past a missing tree', () => {
    const blocks = line(4);
    blocks[2] = { ...(blocks[2] as Drawn), treeMissing: true };
    const result = run(blocks);
    expect(result.main.map((block) => block.leaves)).toEqual([1, 1, null, 1]);
    expect(result.stop.reason).toBe('end as shown');
  });

  it('rejects a child sequenced before its parent, on the main chain and on a fork', () => {
    const onMain = run([
      { name: 'b0', k: 0 },
      { name: 'b2', parent: 'b1', k: 1 },
      { name: 'b1', parent: 'b0', k: 2 },
    ]);
    expect(onMain.stop).toEqual({ reason: 'order', k: 1 });
    expect(numbers(onMain.main)).toEqual([0, 2]);
    const onFork = run([
      { name: 'b0', k: 0 },
      { name: 'b1', parent: 'b0', k: 1 },
      { name: 'f2', parent: 'f1', k: 2 },
      { name: 'f1', parent: 'b0', k: 3 },
      { name: 'b2', parent: 'b1', k: 4 },
    ]);
    expect(onFork.stop).toEqual({ reason: 'order', k: 2 });
    expect(numbers(onFork.main)).toEqual([0, 1, 4]);
  });

  it('lists a block off the tree of block zero as an orphan that fills its number', () => {
    const result = run([
      { name: 'b0', k: 0 },
      { name: 'stray', parent: 'nowhere', k: 1 },
      { name: 'zeros', k: 2 },
      { name: 'b1', parent: 'b0', k: 3 },
    ]);
    expect(numbers(result.main)).toEqual([0, 3]);
    expect(numbers(result.orphans)).toEqual([1, 2]);
    expect(result.orphans.every((block) => block.height === null)).toBe(true);
    expect(result.stop.reason).toBe('end as shown');
  });

  it('cuts the main chain before one k with two y, whether or not a block exists', () => {
    const { attestations, tuples } = draw(line(6));
    attestations.push(attestationFinding(3, [sequenceOf('other', 3)]));
    const result = omc({ genesis }, attestations, tuples);
    expect(result.stop).toEqual({ reason: 'equivocation', k: 3 });
    expect(numbers(result.main)).toEqual([0, 1, 2]);
    expect(result.contradictions).toHaveLength(1);
  });

  it('cuts the main chain before the least number of one y with two k', () => {
    const { attestations, tuples } = draw(line(6));
    attestations.push(attestationFinding(6, [sequenceOf('b2', 6)]));
    const result = omc({ genesis }, attestations, tuples);
    expect(result.stop).toEqual({ reason: 'equivocation', k: 2 });
    expect(numbers(result.main)).toEqual([0, 1]);
  });

  it('reports the gap but keeps the contradiction when the cut lies beyond another stop', () => {
    const { attestations, tuples } = draw(line(8).filter((block) => block.k !== 2));
    attestations.push(attestationFinding(6, [sequenceOf('other', 6)]));
    const result = omc({ genesis }, attestations, tuples);
    expect(result.stop).toEqual({ reason: 'gap', k: 2 });
    expect(result.contradictions).toHaveLength(1);
  });

  it('takes a contradiction from a document found under another number', () => {
    const { attestations, tuples } = draw(line(4));
    attestations[1] = { ...(attestations[1] as AttestationFinding), strays: [sequenceOf('elsewhere', 2)] };
    expect(omc({ genesis }, attestations, tuples).stop).toEqual({ reason: 'equivocation', k: 2 });
  });

  it('compares whole subjects: two that name one timestamp for different numbers contradict nothing, one of them twice does', () => {
    const { attestations, tuples } = draw(line(3));
    const naming = (u: string, k: number) => {
      const sequence = sequenceOf('elsewhere', k);
      return attestationFinding(k, [{ ...sequence, y: u.repeat(32) + sequence.y.slice(32) }]);
    };
    const beside = [...attestations, naming('a', 5), naming('b', 6), naming('c', 7)];
    expect(omc({ genesis }, beside, tuples).contradictions).toEqual([]);
    for (const u of ['a', 'b', 'c']) {
      const all = [...beside, naming(u, 8)];
      for (const order of [all, all.toReversed()]) {
        const { contradictions } = omc({ genesis }, order, tuples);
        expect(contradictions.map(({ first, second }) => [first.y[0], first.k, second.k])).toEqual([
          [u, beside.findIndex(({ sequences }) => sequences[0]?.y.startsWith(u.repeat(32))) + 2, 8],
        ]);
      }
    }
  });

  it('takes the same sequence attested twice as one', () => {
    const { attestations, tuples } = draw(line(4));
    attestations.push({ ...(attestations[2] as AttestationFinding) });
    const result = omc({ genesis }, attestations, tuples);
    expect(result.stop.reason).toBe('end as shown');
    expect(result.attestations).toBe(4);
  });

  it('ignores junk beyond the highest valid number', () => {
    const { attestations, tuples } = draw(line(4));
    attestations.push(attestationFinding(4, [], [junkAt(4)]));
    const result = omc({ genesis }, attestations, tuples);
    expect(result.stop).toEqual({ reason: 'end as shown' });
    expect(result.junk).toHaveLength(1);
  });

  it('is empty when block zero is another, junk, missing or absent', () => {
    expect(run([{ name: 'x', k: 0 }]).stop).toEqual({ reason: 'invalid', k: 0 });
    expect(run([]).stop).toEqual({ reason: 'gap', k: 0 });
    expect(run([{ name: 'b0', k: 0, tupleMissing: true }]).stop).toEqual({
      reason: 'attestation without block',
      k: 0,
    });
    expect(omc({ genesis }, [attestationFinding(0, [], [junkAt(0)])], []).stop).toEqual({ reason: 'invalid', k: 0 });
  });

  it('starts after a checkpoint and names another block at its number', () => {
    const { attestations, tuples } = draw(line(6).slice(3));
    const checkpoint = { k: 3, height: 3, timestampHash: tupleFinding({ name: 'b3', k: 3 }).timestampHash };
    const result = omc({ genesis, checkpoint }, attestations, tuples);
    expect(result.main.map(({ k, height }) => [k, height])).toEqual([
      [3, 3],
      [4, 4],
      [5, 5],
    ]);
    const other = omc({ genesis, checkpoint: { ...checkpoint, timestampHash: 'ab'.repeat(32) } }, attestations, tuples);
    expect(numbers(other.orphans)).toContain(3);
    expect(other.main).toEqual([]);
    expect(omc({ genesis, checkpoint }, attestations.slice(1), tuples).stop).toEqual({ reason: 'gap', k: 3 });
  });

  it('is linear: 20,000 blocks with a fork at each tenth take well under ten times 2,000', () => {
    // Counted, not timed: how often nodes are looked at while the tail moves.
    const blocks = (count: number): Drawn[] =>
      line(count).flatMap((block, index) =>
        index % 10 === 5
          ? [
              { ...block, k: block.k },
              { name: `f${index}`, parent: `b${index - 1}`, k: count + index },
            ]
          : [block],
      );
    const looks = (count: number): number => {
      const { attestations, tuples } = draw(blocks(count));
      const state = startOmc({ genesis });
      let lookups = 0;
      const get = state.numbers.get.bind(state.numbers);
      state.numbers.get = (k) => {
        lookups += 1;
        return get(k);
      };
      for (const finding of attestations) addAttestation(state, finding);
      for (const finding of tuples) {
        addTuple(state, finding);
        extendOmc(state);
      }
      return lookups;
    };
    expect(looks(2000) / looks(200)).toBeLessThan(11);
  });
});

/** Figure 6 as it is written, over sets, with the gap rule on distinct numbers; quadratic on purpose. */
function figure6(
  b0: string,
  attestations: readonly AttestationFinding[],
  tuples: readonly TupleFinding[],
  cut: number,
): number[] {
  const A = attestations.flatMap((finding) => finding.sequences);
  const B = tuples.flatMap((finding) => (finding.tuple ? [finding.tuple] : []));
  const valid = A.flatMap((a) => B.filter((b) => a.y === b.u + b.timestampHash).map((b) => ({ a, b })));
  const Z: { k: number; tail: string }[] = [];
  const zero = valid.find(({ a, b }) => b.block === b0 && a.k === 0 && a.k < cut);
  if (!zero) return [];
  Z.push({ k: 0, tail: zero.b.timestampHash });
  for (;;) {
    const last = Z.at(-1) as { k: number; tail: string };
    const C = valid.filter(({ b }) => b.parent === last.tail);
    if (C.length === 0) break;
    const z = C.reduce((least, c) => (c.a.k < least.a.k ? c : least));
    if (z.a.k <= last.k || z.a.k >= cut) break;
    const G = new Set(valid.map(({ a }) => a.k).filter((k) => k >= last.k && k <= z.a.k));
    if (G.size !== z.a.k - last.k + 1) break;
    Z.push({ k: z.a.k, tail: z.b.timestampHash });
  }
  return Z.map(({ k }) => k);
}

/** The least number in any pair of sequences equal in exactly one of y and k. */
function naiveCut(attestations: readonly AttestationFinding[]): number {
  const all = attestations.flatMap((finding) => [...finding.sequences, ...finding.strays]);
  let cut = Number.POSITIVE_INFINITY;
  for (const a of all) {
    for (const b of all) if ((a.y === b.y) !== (a.k === b.k)) cut = Math.min(cut, a.k, b.k);
  }
  return cut;
}

const graph = fc
  .record({
    blocks: fc.array(
      fc.record({
        parent: fc.nat(20),
        tupleMissing: fc.boolean().map((flag) => flag),
        dice: fc.nat(99),
      }),
      { minLength: 1, maxLength: 16 },
    ),
    order: fc.infiniteStream(fc.nat(1000)).map((stream) => stream),
    swaps: fc.array(fc.tuple(fc.nat(15), fc.nat(15)), { maxLength: 2 }),
    equivocate: fc.option(fc.tuple(fc.nat(15), fc.nat(18)), { freq: 4 }),
  })
  .map(({ blocks, order, swaps, equivocate }) => {
    const k = blocks.map((_, index) => index);
    for (const [i, j] of swaps) {
      if (i < k.length && j < k.length && i > 0 && j > 0) [k[i], k[j]] = [k[j] as number, k[i] as number];
    }
    const drawn: Drawn[] = blocks.map(({ parent, dice }, index) => ({
      name: `b${index}`,
      k: k[index] as number,
      ...(index === 0
        ? {}
        : {
            parent:
              dice < 55 ? `b${index - 1}` : dice < 92 ? `b${parent % index}` : dice < 96 ? 'nowhere' : `b${parent}`,
          }),
      tupleMissing: dice === 97,
      attestationMissing: dice === 98,
      treeMissing: dice === 99,
    }));
    const { attestations, tuples } = draw(drawn);
    if (equivocate) {
      const [name, number] = equivocate;
      attestations.push(attestationFinding(number, [sequenceOf(`b${name}`, number)]));
    }
    if (swaps.length > 0) attestations.push(attestationFinding(3, [], [junkAt(3)]), ...attestations.slice(0, 2));
    const stream = order[Symbol.iterator]();
    const shuffle = <T>(items: T[]): T[] =>
      items
        .map((item) => ({ item, at: stream.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item);
    return { attestations: shuffle(attestations), tuples: shuffle(tuples) };
  });

describe('omc against a brute-force reading of figure 6', () => {
  it('agrees on 10,000 random graphs of forks, junk, duplicates and reorderings', () => {
    let forks = 0;
    let cuts = 0;
    let long = 0;
    fc.assert(
      fc.property(graph, ({ attestations, tuples }) => {
        const cut = naiveCut(attestations);
        const result = omc({ genesis }, attestations, tuples);
        expect(numbers(result.main)).toEqual(figure6(genesis, attestations, tuples, cut));
        expect(result.contradictions.length > 0).toBe(cut !== Number.POSITIVE_INFINITY);
        if (result.forks.length > 0) forks += 1;
        if (result.contradictions.length > 0) cuts += 1;
        if (result.main.length > 4) long += 1;
      }),
      { numRuns: 10_000 },
    );
    // The graphs must really contain what they are about.
    expect(forks).toBeGreaterThan(1000);
    expect(cuts).toBeGreaterThan(500);
    expect(long).toBeGreaterThan(1000);
  });

  it('gives the same result however the evidence comes in, all at once or after each piece', () => {
    fc.assert(
      fc.property(graph, fc.array(fc.nat(100), { minLength: 40, maxLength: 40 }), ({ attestations, tuples }, dice) => {
        const whole = omc({ genesis }, attestations, tuples);
        const state = startOmc({ genesis });
        const pieces = [
          ...attestations.map((finding) => () => addAttestation(state, finding)),
          ...tuples.map((finding) => () => addTuple(state, finding)),
        ]
          .map((add, index) => ({ add, at: dice[index % dice.length] as number }))
          .sort((a, b) => a.at - b.at);
        for (const { add } of pieces) {
          add();
          extendOmc(state);
        }
        const piecewise = concludeOmc(state);
        const sorted = <T>(items: readonly T[]): string[] => items.map((item) => JSON.stringify(item)).sort();
        expect({ ...piecewise, junk: sorted(piecewise.junk) }).toEqual({ ...whole, junk: sorted(whole.junk) });
      }),
      { numRuns: 2000 },
    );
  });
});
