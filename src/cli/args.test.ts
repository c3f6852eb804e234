import { describe, expect, it } from 'vitest';
import { readArgs } from './args.ts';

const kinds = { json: 'flag', at: 'value', with: 'values' } as const;
const read = (...args: string[]) => readArgs(args, kinds, 'Usage: so');

describe('arguments', () => {
  it('are options in any order and the rest', () => {
    expect(read('a', '--json', '--with', 'x', 'b', '--with=y', '--at', 'z')).toEqual({
      options: { json: true, at: 'z', with: ['x', 'y'] },
      rest: ['a', 'b'],
    });
  });

  it('are files after two dashes, whatever they look like', () => {
    expect(read('--', '--json')).toEqual({ options: { json: false, at: undefined, with: [] }, rest: ['--json'] });
  });

  it.each([
    ['an unknown option', ['--jsn']],
    ['an option without its value', ['--at']],
    ['an option in place of a value', ['--at', '--json']],
    ['an empty value', ['--at=']],
    ['one value given twice', ['--at', 'x', '--at', 'y']],
    ['a flag with a value', ['--json=yes']],
  ])('are refused for %s, with how to call', (_what, args) => {
    expect(() => read(...args)).toThrow(
      expect.objectContaining({ kind: 'usage', code: 'CALL', message: expect.stringContaining('Usage: so') }),
    );
  });
});
