import type { Measurement } from '../../trust/trust.ts';
import type { Check } from '../../verdict/check.ts';
import { measuredValues, nitroPins, type Registers } from '../nitro/policy.ts';
import { checkMeasurement } from '../policy.ts';

/** What an image decides; the other registers come from the machine and the role that it is started with. */
const decided = new Set(['0', '1', '2', '8']);

const spec = 'AWS Nitro Enclaves User Guide, "Enclave measurements"';

/** Pins of `trust.nitro.measurements`, as far as an image can meet them. */
export function comparablePins(pins: readonly Measurement[] = []): readonly Measurement[] {
  return pins.map(({ pcrs }) => ({
    pcrs: Object.fromEntries(Object.entries(pcrs).filter(([register]) => decided.has(register))),
  }));
}

/** Whether the image is one that the person expects. @param registers 0, 1, 2 and 8, hex */
export function checkExpected(registers: Registers, pins: readonly Measurement[] = []): Check {
  const others = pins.some(({ pcrs }) => Object.keys(pcrs).some((register) => !decided.has(register)));
  const check = checkMeasurement(measuredValues(registers), nitroPins(comparablePins(pins)), {
    debug: false,
    spec,
    ...(others && { notes: [{ code: 'EIF_OTHER_REGISTERS' }] }),
  });
  if (check.status !== 'unknown') return check;
  return {
    ...check,
    params: { ...check.params, reason: 'You have pinned no measurement, and no attestation was given beside it.' },
  };
}
