import { describe, expect, it } from 'vitest';
import type { Report } from '../../core/kinds/judge.ts';
import { fail, unknown } from '../../core/verdict/check.ts';
import { offeredPins } from './attestationView.tsx';

const offered = { nitro: { roots: ['PEM'], measurements: [{ pcrs: { '0': 'ab' } }] } };
const reportOf = (
  checks: Report['checks'],
  details: unknown = { explained: { fields: [], offered } },
  verdict: Report['verdict'] = 'undetermined',
): Report => ({
  file: 'a',
  kind: 'nitro',
  verdict,
  at: null,
  timeSource: 'signed',
  labels: [],
  checks,
  details,
});

describe('what is offered for pinning', () => {
  it('is what the evidence names', () => {
    expect(offeredPins(reportOf([unknown('TEE_MEASUREMENT')]))).toEqual(offered);
  });

  it('is never a measurement that contradicts a pinned one', () => {
    expect(offeredPins(reportOf([fail('TEE_MEASUREMENT')]))).toEqual({ nitro: { roots: ['PEM'] } });
    const dcap = { explained: { fields: [], offered: { dcap: { measurements: ['ab'] } } } };
    expect(offeredPins(reportOf([fail('TEE_MEASUREMENT')], dcap))).toEqual({});
  });

  it('is nothing where no pin would make it hold', () => {
    const dcap = { explained: { fields: [], offered: { dcap: { measurements: ['ab'] } } } };
    expect(
      offeredPins(reportOf([fail('TEE_SIGNATURE'), unknown('TEE_MEASUREMENT')], dcap, 'rejected')),
    ).toBeUndefined();
    expect(offeredPins(reportOf([fail('TEE_ROOT'), unknown('TEE_MEASUREMENT')], undefined, 'rejected'))).toEqual(
      offered,
    );
  });

  it('is nothing of a document that could not be read', () => {
    expect(offeredPins(reportOf([], null))).toBeUndefined();
  });
});
