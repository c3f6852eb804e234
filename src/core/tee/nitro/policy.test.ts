import { describe, expect, it } from 'vitest';
import { toHex } from '../../bytes/hex.ts';
import type { Measurement } from '../../trust/trust.ts';
import { encodeRegisters, makeDocument, measurement, registers } from './nitro.fixture.ts';
import { parseNitroDocument } from './parse.ts';
import { checkNitroMeasurement, isDebug, meetsPins, registersOf } from './policy.ts';

const measured = Object.fromEntries([...registers].map(([register, value]) => [String(register), toHex(value)]));
const zeros = '0'.repeat(96);
const other = (register: string) => ({ pcrs: { ...measurement.pcrs, [register]: 'ab'.repeat(48) } });

type Entries = Iterable<readonly [number, Uint8Array]>;

async function check(pins?: readonly Measurement[], entries: Entries = registers) {
  const { document } = await makeDocument({ fields: { pcrs: encodeRegisters(entries) } });
  return checkNitroMeasurement(parseNitroDocument(document), pins);
}

describe('the registers of a document', () => {
  it('are its registers by number', async () => {
    expect(registersOf(parseNitroDocument((await makeDocument()).document))).toEqual(measured);
  });

  it('match where every register that a pin names is equal, whichever pin it is', async () => {
    expect(await check([measurement])).toMatchObject({ code: 'TEE_MEASUREMENT', status: 'pass', params: { pin: 1 } });
    expect(await check([other('0'), measurement])).toMatchObject({ status: 'pass', params: { pin: 2 } });
    const signed = { pcrs: { ...measurement.pcrs, '4': measured['4'] as string, '8': zeros } };
    expect(await check([signed])).toMatchObject({ status: 'pass' });
  });

  it.each(['0', '1', '2', '8'])('differ where register %s does', async (register) => {
    expect(await check([other(register)])).toMatchObject({
      status: 'fail',
      params: { reason: `Other than in the nearest pin: PCR ${register}.` },
    });
  });

  it('differ where the document lacks a register that the pin names', async () => {
    expect(await check([measurement], [...registers].slice(0, 2))).toMatchObject({
      status: 'fail',
      params: { reason: expect.stringMatching(/PCR 2\.$/) as unknown },
    });
  });

  it('say nothing without a pin', async () => {
    const open = await check();
    expect(open.status).toBe('unknown');
    expect(open.notes).toBeUndefined();
    expect((await check([])).status).toBe('unknown');
  });
});

describe('one answer for the documents of a chain', () => {
  it('is yes for a pin that matches, and for nothing else', () => {
    const zeroPin = { pcrs: { '0': zeros, '1': zeros, '2': zeros } };
    expect(meetsPins(measured, [other('1'), measurement])).toBe(true);
    expect(meetsPins(measured, [other('1')])).toBe(false);
    expect(meetsPins(measured, [])).toBe(false);
    expect(meetsPins(measured, [{ pcrs: {} }])).toBe(false);
    expect(meetsPins({ ...measured, ...zeroPin.pcrs }, [zeroPin])).toBe(false);
    expect(meetsPins({ ...measured, '0': zeros }, [measurement])).toBe(false);
  });
});

describe('debug mode', () => {
  const debug: Entries = [...registers].map(([index, value]) => [index, index < 3 ? new Uint8Array(48) : value]);

  it('matches no pin, not even one of zeros, and is said whatever the outcome', async () => {
    const zeroPin = { pcrs: { '0': zeros, '1': zeros, '2': zeros } };
    const zeroPinWithMore = { pcrs: { ...zeroPin.pcrs, '4': measured['4'] as string } };
    for (const pin of [measurement, zeroPin, zeroPinWithMore]) {
      expect(await check([pin], debug)).toMatchObject({
        status: 'fail',
        params: { reason: expect.stringContaining('debug mode') as unknown },
        notes: [{ code: 'TEE_DEBUG' }],
      });
    }
    expect(await check(undefined, debug)).toMatchObject({ status: 'unknown', notes: [{ code: 'TEE_DEBUG' }] });
  });

  it('is known by registers 0, 1 and 2 being zeros or not there', () => {
    expect(isDebug({ ...measured, '0': zeros, '1': zeros, '2': zeros })).toBe(true);
    expect(isDebug({ ...measured, '0': zeros, '1': zeros })).toBe(false);
    expect(isDebug({ '4': measured['4'] as string })).toBe(true);
  });
});
