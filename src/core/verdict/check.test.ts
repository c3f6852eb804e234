import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { all, fail, pass, planned, unknown, walk, type Check, type Plan } from './check.ts';
import { combine } from './status.ts';

const { plan } = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.oneof(
    { depthSize: 'small' },
    fc.constant<Plan>({ code: 'A_LEAF' }),
    fc.array(tie('plan'), { maxLength: 4 }).map((children): Plan => ({ code: 'A_PARENT', children })),
  ),
}));

/** The shape of checks without what is known of them only after they ran. */
const shape = (checks: readonly Check[]): Plan[] =>
  checks.map(({ code, children }) => (children ? { code, children: shape(children) } : { code }));

describe('checks', () => {
  it('carry their code, status and details', () => {
    expect(pass('A_B')).toEqual({ code: 'A_B', status: 'pass' });
    expect(fail('A_B', { params: { reason: 'x' } })).toEqual({ code: 'A_B', status: 'fail', params: { reason: 'x' } });
    expect(unknown('A_B', { spec: 'RFC 9052 §4.4' })).toEqual({
      code: 'A_B',
      status: 'unknown',
      spec: 'RFC 9052 §4.4',
    });
  });

  it('stay the same through JSON', () => {
    const check = all('A_B', [pass('A_C', { evidence: [{ digest: 'ab', offset: 0, length: 2 }] })], {
      notes: [{ code: 'A_D' }],
    });
    expect(JSON.parse(JSON.stringify(check))).toEqual(check);
  });
});

describe('all', () => {
  it('is what its children make it', () => {
    expect(all('A_B', []).status).toBe('unknown');
    expect(all('A_B', [pass('A_C'), unknown('A_D')]).status).toBe('unknown');
    expect(all('A_B', [pass('A_C'), unknown('A_D'), fail('A_E')]).status).toBe('fail');
    expect(all('A_B', [pass('A_C')]).status).toBe('pass');
  });
});

describe('planned', () => {
  it('keeps the shape, and claims nothing', () => {
    fc.assert(
      fc.property(fc.array(plan), (plans) => {
        const checks = planned(plans);
        expect(shape(checks)).toEqual(plans);
        expect([...walk(checks)].every((check) => check.status === 'unknown')).toBe(true);
        expect(combine(checks.map((check) => check.status))).toBe('unknown');
      }),
    );
  });
});

describe('walk', () => {
  it('visits each check once, parents before children, in order', () => {
    const checks = [all('A_B', [pass('A_C'), all('A_D', [fail('A_E')])]), pass('A_F')];
    expect([...walk(checks)].map(({ code }) => code)).toEqual(['A_B', 'A_C', 'A_D', 'A_E', 'A_F']);
  });
});
