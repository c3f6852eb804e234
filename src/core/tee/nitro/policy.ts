import { toHex } from '../../bytes/hex.ts';
import type { Measurement } from '../../trust/trust.ts';
import { fail, pass, unknown, type Check, type Note } from '../../verdict/check.ts';
import type { NitroDocument } from './document.ts';

/** Register number in decimal → lower-case hex, as pins and results write it. */
export type Registers = Readonly<Record<string, string>>;

/** How measured registers compare with pinned ones. `different` names the registers that differ from the nearest pin. */
export type MeasurementComparison =
  | { readonly outcome: 'match'; readonly pin: number }
  | { readonly outcome: 'different'; readonly registers: readonly string[] }
  | { readonly outcome: 'debug' }
  | { readonly outcome: 'unpinned' };

export function registersOf(document: NitroDocument): Registers {
  return Object.fromEntries([...document.pcrs].map(([register, value]) => [String(register), toHex(value)]));
}

/** An enclave started in debug mode measures nothing: registers 0, 1 and 2 are zero, whatever code runs in it. */
export function isDebug(registers: Registers): boolean {
  return ['0', '1', '2'].every((register) => /^0+$/.test(registers[register] ?? '0'));
}

/**
 * Compares measured registers with pins. Every register that a pin names must be there and equal. A debug enclave matches no pin,
 * not even one of zeros; without any pin nothing can be said.
 */
export function compareMeasurement(measured: Registers, pins: readonly Measurement[] = []): MeasurementComparison {
  if (pins.length === 0) return { outcome: 'unpinned' };
  if (isDebug(measured)) return { outcome: 'debug' };
  let nearest: string[] | undefined;
  for (const [pin, { pcrs }] of pins.entries()) {
    const differing = Object.keys(pcrs).filter((register) => measured[register] !== pcrs[register]);
    if (differing.length === 0 && Object.keys(pcrs).length > 0) return { outcome: 'match', pin };
    if (!nearest || differing.length < nearest.length) nearest = differing;
  }
  return { outcome: 'different', registers: nearest ?? [] };
}

/** Whether the measured code is the code that the person expects: its own question, apart from whether the document is genuine. */
export function checkMeasurement(document: NitroDocument, pins: readonly Measurement[] = []): Check {
  const measured = registersOf(document);
  const comparison = compareMeasurement(measured, pins);
  const notes: Note[] = isDebug(measured) ? [{ code: 'TEE_DEBUG' }] : [];
  const details = { spec: 'AWS nsm-api attestation_process.md §3.2.2', ...(notes.length > 0 && { notes }) };
  const count = pins.length;
  switch (comparison.outcome) {
    case 'match':
      return pass('TEE_MEASUREMENT', { ...details, params: { pin: comparison.pin + 1, count } });
    case 'different':
      return fail('TEE_MEASUREMENT', {
        ...details,
        params: { reason: describeDifference(comparison.registers), count },
      });
    case 'debug':
      return fail('TEE_MEASUREMENT', {
        ...details,
        params: { reason: 'The enclave runs in debug mode: it measured nothing.', count },
      });
    case 'unpinned':
      return unknown('TEE_MEASUREMENT', details);
  }
}

function describeDifference(registers: readonly string[]): string {
  const names = registers.map((register) => `PCR${register}`).join(', ');
  return names === '' ? 'The pin names no register.' : `Other than in the nearest pin: ${names}.`;
}
