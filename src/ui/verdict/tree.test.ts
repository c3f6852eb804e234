import { describe, expect, it } from 'vitest';
import { all, fail, pass, unknown } from '../../core/verdict/check.ts';
import { checkAt, decisivePath, leaves, place, teethOf } from './tree.ts';

const tree = [
  all('A_ONE', [pass('A_TWO'), unknown('A_THREE')]),
  all('B_ONE', [pass('B_TWO'), all('B_THREE', [pass('B_FOUR'), fail('B_FIVE')])]),
];

describe('the tree of checks', () => {
  it('leads to the first failing leaf through failing parents', () => {
    const path = decisivePath(tree, 'fail');
    expect(path).toEqual([1, 1, 1]);
    expect(checkAt(tree, path ?? [])?.code).toBe('B_FIVE');
    expect(checkAt(tree, decisivePath(tree, 'unknown') ?? [])?.code).toBe('A_THREE');
  });

  it('knows no decisive check where none has the status', () => {
    expect(decisivePath([pass('A_ONE')], 'fail')).toBeUndefined();
    expect(decisivePath([], 'unknown')).toBeUndefined();
  });

  it('does not lead into junk below a parent that holds all the same', () => {
    const threshold = { code: 'C_ONE', status: 'pass', children: [fail('C_TWO'), pass('C_THREE')] } as const;
    expect(decisivePath([threshold], 'fail')).toBeUndefined();
  });

  it('takes a threshold for one leaf, whatever its children say', () => {
    const threshold = { code: 'C_ONE', status: 'pass', children: [unknown('C_TWO'), pass('C_THREE')] } as const;
    expect(leaves([threshold]).map(({ code }) => code)).toEqual(['C_ONE']);
  });

  it('draws one tooth for each leaf', () => {
    expect(teethOf(tree)).toEqual(['closed', 'open', 'closed', 'closed', 'broken']);
    expect(teethOf([{ code: 'A_ONE' }, { code: 'B_ONE', children: [{ code: 'B_TWO' }] }])).toEqual([
      'pending',
      'pending',
    ]);
  });

  it('takes checks as they come and leaves the rest of the plan', () => {
    const plan = [{ code: 'A_ONE', children: [{ code: 'A_TWO' }, { code: 'A_THREE' }] }] as const;
    const next = place(plan, [0, 1], fail('A_THREE'));
    expect(leaves(next).map(({ status }) => status)).toEqual([undefined, 'fail']);
    expect(place(plan, [4], fail('A_THREE'))).toBe(plan);
  });
});
