import { toHex } from '../../bytes/hex.ts';
import type { Measurement } from '../../trust/trust.ts';
import type { Check } from '../../verdict/check.ts';
import { checkMeasurement, comparePins, type MeasuredValue, type RegisterValues } from '../policy.ts';
import type { NitroDocument } from './document.ts';

/** Register number in decimal → lower-case hex, as pins and results write it. */
export type Registers = Readonly<Record<string, string>>;

export function registersOf(document: NitroDocument): Registers {
  return Object.fromEntries([...document.pcrs].map(([register, value]) => [String(register), toHex(value)]));
}

/** An enclave started in debug mode measures nothing: registers 0, 1 and 2 are zero, whatever code runs in it. */
export function isDebug(registers: Registers): boolean {
  return ['0', '1', '2'].every((register) => /^0+$/.test(registers[register] ?? '0'));
}

const registerName = (register: string) => `PCR ${register}`;

/** The measured registers, in the order of their numbers, by the names that people read. */
export function measuredValues(registers: Registers): readonly MeasuredValue[] {
  return Object.entries(registers).map(([register, hex]) => ({ name: registerName(register), hex }));
}

/** Pins of `trust.nitro.measurements` by the same names. */
export function nitroPins(pins: readonly Measurement[] = []): readonly RegisterValues[] {
  return pins.map(({ pcrs }) =>
    Object.fromEntries(Object.entries(pcrs).map(([register, hex]) => [registerName(register), hex])),
  );
}

/** Whether the measured code is the code that the person expects: its own question, apart from whether the document is genuine. */
export function checkNitroMeasurement(document: NitroDocument, pins?: readonly Measurement[]): Check {
  const registers = registersOf(document);
  const debug = isDebug(registers);
  return checkMeasurement(measuredValues(registers), nitroPins(pins), {
    debug,
    debugReason: 'The enclave runs in debug mode: it measured nothing.',
    spec: 'AWS nsm-api attestation_process.md §3.2.2',
    ...(debug && { notes: [{ code: 'TEE_DEBUG' }] }),
  });
}

/** The same rule as one answer, for the documents of a chain under its own pins: whether these registers match one of them. */
export function meetsPins(registers: Registers, pins: readonly Measurement[]): boolean {
  const values = pins.map(({ pcrs }) => pcrs);
  return comparePins(registers, values, isDebug(registers)).outcome === 'match';
}
