import { describe, expect, it } from 'vitest';
import { toHex } from '../../bytes/hex.ts';
import { encodeRegisters, makeDocument, measurement, registers } from './nitro.fixture.ts';
import { parseNitroDocument } from './parse.ts';
import { checkMeasurement, compareMeasurement, isDebug, registersOf } from './policy.ts';

const measured = Object.fromEntries([...registers].map(([register, value]) => [String(register), toHex(value)]));
const zeros = '0'.repeat(96);
const other = (register: string) => ({ pcrs: { ...measurement.pcrs, [register]: 'ab'.repeat(48) } });

describe('measured registers and pins', () => {
  it('match where every register that a pin names is equal, whichever pin it is', () => {
    expect(compareMeasurement(measured, [measurement])).toEqual({ outcome: 'match', pin: 0 });
    expect(compareMeasurement(measured, [other('0'), measurement])).toEqual({ outcome: 'match', pin: 1 });
    const signed = { pcrs: { ...measurement.pcrs, '4': measured['4'] as string, '8': zeros } };
    expect(compareMeasurement(measured, [signed])).toEqual({ outcome: 'match', pin: 0 });
  });

  it.each(['0', '1', '2', '8'])('differ where register %s does', (register) => {
    expect(compareMeasurement(measured, [other(register)])).toEqual({ outcome: 'different', registers: [register] });
  });

  it('differ where the document lacks a register that the pin names', () => {
    const { 2: _, ...without } = measured;
    expect(compareMeasurement(without, [measurement])).toEqual({ outcome: 'different', registers: ['2'] });
  });

  it('differ by what is nearest', () => {
    const far = { pcrs: { '0': zeros.replace('0', '1'), '1': zeros, '2': zeros } };
    expect(compareMeasurement(measured, [far, other('1')])).toEqual({ outcome: 'different', registers: ['1'] });
  });

  it('say nothing without a pin, and a pin that names nothing matches nothing', () => {
    expect(compareMeasurement(measured, [])).toEqual({ outcome: 'unpinned' });
    expect(compareMeasurement(measured, undefined)).toEqual({ outcome: 'unpinned' });
    expect(compareMeasurement(measured, [{ pcrs: {} }])).toEqual({ outcome: 'different', registers: [] });
  });

  it('never match in debug mode, not even a pin of zeros', () => {
    const debug = { ...measured, '0': zeros, '1': zeros, '2': zeros };
    expect(isDebug(debug)).toBe(true);
    expect(compareMeasurement(debug, [{ pcrs: { '0': zeros, '1': zeros, '2': zeros } }, measurement])).toEqual({
      outcome: 'debug',
    });
    expect(compareMeasurement(debug, [])).toEqual({ outcome: 'unpinned' });
    expect(isDebug({ ...debug, '2': measured['2'] as string })).toBe(false);
    expect(isDebug({ '4': measured['4'] as string })).toBe(true);
  });
});

describe('the check', () => {
  const read = async (pcrs?: Iterable<readonly [number, Uint8Array]>) =>
    parseNitroDocument((await makeDocument(pcrs ? { fields: { pcrs: encodeRegisters(pcrs) } } : {})).document);

  it('has three outcomes, and says of debug mode whatever the outcome', async () => {
    const document = await read();
    expect(registersOf(document)).toEqual(measured);
    expect(checkMeasurement(document, [measurement])).toMatchObject({
      code: 'TEE_MEASUREMENT',
      status: 'pass',
      params: { pin: 1 },
    });
    expect(checkMeasurement(document, [other('1')])).toMatchObject({
      status: 'fail',
      params: { reason: expect.stringContaining('PCR1') as unknown },
    });
    expect(checkMeasurement(document)).toMatchObject({ status: 'unknown' });
    expect(checkMeasurement(document).notes).toBeUndefined();
    const debug = await read([
      [0, new Uint8Array(48)],
      [1, new Uint8Array(48)],
      [2, new Uint8Array(48)],
    ]);
    expect(checkMeasurement(debug)).toMatchObject({ status: 'unknown', notes: [{ code: 'TEE_DEBUG' }] });
    expect(checkMeasurement(debug, [measurement])).toMatchObject({ status: 'fail', notes: [{ code: 'TEE_DEBUG' }] });
  });
});
