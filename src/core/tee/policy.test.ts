import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { besidePins, checkMeasurement, comparePins, type MeasuredValue, type RegisterValues } from './policy.ts';

const a = 'a1'.repeat(48);
const b = 'b2'.repeat(48);
const c = 'c3'.repeat(48);
const zeros = '00'.repeat(48);
const measured: readonly MeasuredValue[] = [
  { name: 'MRTD', hex: a },
  { name: 'RTMR 0', hex: b },
  { name: 'RTMR 1', hex: zeros },
];
const values: RegisterValues = { MRTD: a, 'RTMR 0': b, 'RTMR 1': zeros };
const details = { debug: false, spec: 'the specification' };

describe('measured values and pins', () => {
  it('match where every register that a pin names is equal, whichever pin it is', () => {
    expect(comparePins(values, [{ MRTD: a }], false)).toEqual({ outcome: 'match', pin: 0 });
    expect(comparePins(values, [{ MRTD: c }, { MRTD: a, 'RTMR 1': zeros }], false)).toEqual({
      outcome: 'match',
      pin: 1,
    });
  });

  it('differ by what is nearest, and name the registers', () => {
    const pins = [
      { MRTD: c, 'RTMR 0': c },
      { MRTD: a, 'RTMR 0': c },
    ];
    expect(comparePins(values, pins, false)).toEqual({ outcome: 'different', pin: 1, registers: ['RTMR 0'] });
  });

  it('differ where a register that a pin names was not measured; of equally far pins the one of this platform is nearer', () => {
    expect(comparePins(values, [{ MRTD: a, MRENCLAVE: b }], false)).toMatchObject({ registers: ['MRENCLAVE'] });
    expect(comparePins(values, [{ MRENCLAVE: a }, { MRTD: c }], false)).toMatchObject({ pin: 1, registers: ['MRTD'] });
  });

  it('are not matched by a pin that names nothing, or zeros alone', () => {
    expect(comparePins(values, [{}], false)).toEqual({ outcome: 'different', pin: 0, registers: [] });
    expect(comparePins({ MRTD: zeros }, [{ MRTD: zeros }], false)).toMatchObject({ outcome: 'different' });
    expect(comparePins({ MRTD: '' }, [{ MRTD: '' }], false)).toMatchObject({ outcome: 'different' });
  });

  it('never match in debug mode, and say nothing without a pin', () => {
    expect(comparePins(values, [{ MRTD: a }], true)).toEqual({ outcome: 'debug' });
    expect(comparePins(values, [], true)).toEqual({ outcome: 'unpinned' });
    expect(comparePins(values, [], false)).toEqual({ outcome: 'unpinned' });
  });

  it('match exactly where some pin is wholly among what was measured', () => {
    const register = fc.constantFrom('MRTD', 'RTMR 0', 'MRENCLAVE', '__proto__', 'constructor');
    const some = fc.dictionary(register, fc.constantFrom(a, b, zeros));
    fc.assert(
      fc.property(some, fc.array(some, { minLength: 1, maxLength: 4 }), (found, pins) => {
        const holds = (pin: RegisterValues) =>
          Object.entries(pin).every(([name, hex]) => Object.entries(found).some(([n, h]) => n === name && h === hex)) &&
          Object.values(pin).some((hex) => hex !== zeros);
        const result = comparePins(found, pins, false);
        expect(result.outcome).toBe(pins.some(holds) ? 'match' : 'different');
        if (result.outcome === 'match') expect(holds(pins[result.pin]!)).toBe(true);
      }),
    );
  });
});

describe('the check', () => {
  it('passes for the pin that matches, and says which', () => {
    expect(checkMeasurement(measured, [{ MRTD: c }, { MRTD: a }], details)).toEqual({
      code: 'TEE_MEASUREMENT',
      status: 'pass',
      spec: 'the specification',
      params: { count: 2, pin: 2 },
    });
  });

  it('fails for a difference, with the registers of the nearest pin', () => {
    expect(checkMeasurement(measured, [{ MRTD: a, 'RTMR 0': c }], details)).toMatchObject({
      status: 'fail',
      params: { count: 1, reason: 'Other than in the nearest pin: RTMR 0.' },
    });
    expect(checkMeasurement(measured, [{}], details)).toMatchObject({
      status: 'fail',
      params: { reason: 'The pin names no register with a value.' },
    });
  });

  it('fails in debug mode under any pin, in the words of the platform', () => {
    const debug = { ...details, debug: true, debugReason: 'It can be read.' };
    expect(checkMeasurement(measured, [{ MRTD: a }], debug)).toMatchObject({
      status: 'fail',
      params: { reason: 'It can be read.' },
    });
    expect(checkMeasurement(measured, [{ MRTD: a }], { ...details, debug: true })).toMatchObject({ status: 'fail' });
  });

  it('is unknown without a pin, debug or not, and keeps the notes', () => {
    const notes = [{ code: 'TEE_DEBUG' as const }];
    for (const pins of [undefined, []]) {
      expect(checkMeasurement(measured, pins, { ...details, debug: true, notes })).toMatchObject({
        status: 'unknown',
        params: { count: 0 },
        notes,
      });
    }
  });
});

describe('what stands beside what was measured', () => {
  it('is the pin that matches or comes nearest, also in debug mode; what was not measured stands at the end', () => {
    expect(besidePins(measured, [{ 'RTMR 0': c }, { MRTD: a, MRENCLAVE: c, 'RTMR 0': b }])).toEqual([
      { name: 'MRTD', hex: a, pinned: null },
      { name: 'RTMR 0', hex: b, pinned: c },
      { name: 'RTMR 1', hex: zeros, pinned: null },
    ]);
    expect(besidePins(measured, [{ MRTD: c, MRENCLAVE: b }])).toEqual([
      { name: 'MRTD', hex: a, pinned: c },
      { name: 'RTMR 0', hex: b, pinned: null },
      { name: 'RTMR 1', hex: zeros, pinned: null },
      { name: 'MRENCLAVE', hex: '', pinned: b },
    ]);
  });

  it('is nothing without a pin', () => {
    expect(besidePins(measured, undefined).every(({ pinned }) => pinned === null)).toBe(true);
  });
});
