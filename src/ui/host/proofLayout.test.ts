import { describe, expect, it } from 'vitest';
import { layOutProofs } from './proofLayout.ts';

const of = (...previous: readonly (readonly number[])[]) =>
  layOutProofs(previous.map((each, index) => ({ index, previous: each })));

describe('the picture of proofs', () => {
  it('has a fan-out beside one another, over the host’s own', () => {
    const { nodes, edges, widths } = of([], [0], [0], [0]);
    expect(nodes.map(({ level, place }) => [level, place])).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    expect(widths).toEqual([1, 3]);
    expect(edges.map(({ from, to }) => [from.index, to.index])).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
  });

  it('has a chain one over the other, also where its proofs stand in another order', () => {
    expect(of([], [0], [1], [2]).widths).toEqual([1, 1, 1, 1]);
    expect(of([1], [2], []).nodes.map(({ level }) => level)).toEqual([2, 1, 0]);
  });

  it('places a proof over the highest that it names', () => {
    expect(of([], [0], [0, 1]).nodes.map(({ level }) => level)).toEqual([0, 1, 2]);
  });

  it('ends circles and leaves out what is named and not there', () => {
    const circle = of([1], [0], [2], [9]);
    expect(circle.nodes).toHaveLength(4);
    expect(circle.nodes.every(({ level }) => level < 4)).toBe(true);
    expect(circle.edges.every(({ from }) => from.index < 4)).toBe(true);
    expect(of().levels).toBe(0);
  });
});
