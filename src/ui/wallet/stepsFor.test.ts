import { describe, expect, test } from 'vitest';
import { stepsFor, type Standing } from './stepsFor.ts';

const owner = '0x0a';
const processor = '0x0b';
const stranger = '0x0c';
const now = 1_000_000;

function standing(changes: Partial<Standing>): Standing {
  return {
    id: '1',
    state: 'submitted',
    owner,
    processor: null,
    offer: null,
    deadline: 2000,
    offeredBy: null,
    matchedByOwner: false,
    ...changes,
  };
}

const names = (changes: Partial<Standing>, account: `0x${string}`, at = now) =>
  stepsFor(standing(changes), account, at).names;

describe('the steps that are offered', () => {
  test('without a task those that begin one', () => {
    expect(stepsFor(undefined, owner, now).names).toEqual(['submitTask', 'advertise']);
  });

  test('only the side that did not match may approve', () => {
    const matched = { state: 'matched', offer: '2', offeredBy: processor } as const;
    expect(names({ ...matched, matchedByOwner: true }, owner)).not.toContain('approve');
    expect(names({ ...matched, matchedByOwner: true }, processor)).toContain('approve');
    expect(names({ ...matched, matchedByOwner: false }, owner)).toContain('approve');
    expect(names({ ...matched, matchedByOwner: false }, processor)).not.toContain('approve');
    expect(names({ ...matched, matchedByOwner: true }, stranger)).toEqual([]);
  });

  test('only the named processor starts, and only he completes', () => {
    expect(names({ state: 'approved', processor }, processor)).toEqual(['start', 'fail']);
    expect(names({ state: 'started', processor }, processor)).toEqual(['complete', 'fail']);
    expect(names({ state: 'started', processor }, stranger)).toEqual([]);
    expect(names({ state: 'started', processor }, owner)).toEqual([]);
  });

  test('the owner cancels until the start', () => {
    for (const state of ['submitted', 'matched', 'approved'] as const)
      expect(names({ state }, owner)).toContain('cancel');
    for (const state of ['started', 'completed', 'cancelled'] as const)
      expect(names({ state }, owner)).not.toContain('cancel');
  });

  test('after the deadline nothing but to record that it expired', () => {
    expect(names({ state: 'started', processor }, processor, 3_000_000)).toEqual(['expire']);
    expect(names({ state: 'started', processor }, stranger, 3_000_000)).toEqual([]);
    expect(names({ state: 'completed', processor }, owner, 3_000_000)).toEqual([]);
  });
});
