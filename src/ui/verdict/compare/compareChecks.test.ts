import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { all, fail, pass, unknown, walk, type Check } from '../../../core/verdict/check.ts';
import { compareChecks, countDifferences, type ComparedCheck } from './compareChecks.ts';

const brief = (compared: readonly ComparedCheck[]): unknown[] =>
  compared.map(({ code, difference, children }) =>
    children.length > 0 ? [code, difference, brief(children)] : [code, difference],
  );

const { checks } = fc.letrec<{ check: Check; checks: Check[] }>((tie) => ({
  check: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(pass('A_ONE'), fail('A_ONE'), unknown('A_TWO'), pass('A_TWO', { params: { at: 1 } })),
    tie('checks').map((children) => all('A_ALL', children)),
  ),
  checks: fc.array(tie('check'), { maxLength: 4 }),
}));

describe('two trees of checks', () => {
  it('are laid over one another, each difference where it is', () => {
    const left = [all('A_ALL', [pass('A_ONE'), pass('A_TWO', { params: { at: 1 } }), fail('A_FOUR')])];
    const right = [all('A_ALL', [fail('A_ONE'), pass('A_TWO', { params: { at: 2 } }), pass('A_THREE')]), pass('B_ONE')];
    const compared = compareChecks(left, right);
    expect(brief(compared)).toEqual([
      [
        'A_ALL',
        'same',
        [
          ['A_ONE', 'outcome'],
          ['A_TWO', 'detail'],
          ['A_FOUR', 'left'],
          ['A_THREE', 'right'],
        ],
      ],
      ['B_ONE', 'right'],
    ]);
    expect(compared[0]?.differsBelow).toBe(true);
    expect(countDifferences(compared)).toEqual({ outcome: 1, detail: 1, left: 1, right: 2 });
  });

  it('keep the place of what the right one alone has', () => {
    const compared = compareChecks([pass('A_ONE'), pass('A_THREE')], [pass('A_ONE'), pass('A_TWO'), pass('A_THREE')]);
    expect(compared.map(({ code }) => code)).toEqual(['A_ONE', 'A_TWO', 'A_THREE']);
  });

  it('pair several of one code in their order', () => {
    const compared = compareChecks([pass('A_ONE'), fail('A_ONE')], [pass('A_ONE'), pass('A_ONE'), pass('A_ONE')]);
    expect(compared.map(({ difference }) => difference)).toEqual(['same', 'outcome', 'right']);
  });

  it('do not differ from themselves, lose no check, and differ the same the other way round', () => {
    fc.assert(
      fc.property(checks, checks, (left, right) => {
        expect(countDifferences(compareChecks(left, left))).toEqual({ outcome: 0, detail: 0, left: 0, right: 0 });
        const there = compareChecks(left, right);
        const sides = (of: 'left' | 'right'): number => {
          const count = (each: readonly ComparedCheck[]): number =>
            each.reduce(
              (sum, node) =>
                sum +
                (node.left && node.right ? 1 + count(node.children) : [...walk(node[of] ? [node[of]] : [])].length),
              0,
            );
          return count(there);
        };
        expect([sides('left'), sides('right')]).toEqual([[...walk(left)].length, [...walk(right)].length]);
        const back = countDifferences(compareChecks(right, left));
        const { outcome, detail, left: l, right: r } = countDifferences(there);
        expect(back).toEqual({ outcome, detail, left: r, right: l });
      }),
      { numRuns: 300 },
    );
  });
});
