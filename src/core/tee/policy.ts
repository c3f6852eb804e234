import { fail, pass, unknown, type Check, type Note, type Params } from '../verdict/check.ts';
import type { MeasuredRegister } from './measured.ts';

/** One measured value: the name as people call the register (`PCR 0`, `MRTD`, `launch measurement`), lower-case hex. */
export type MeasuredValue = Omit<MeasuredRegister, 'pinned'>;

/** Values by the name of their register: what was measured, or what a pin demands. */
export type RegisterValues = Readonly<Record<string, string>>;

/** How measured values compare with pinned ones. `different` names the registers that differ from the nearest pin. */
export type MeasurementComparison =
  | { readonly outcome: 'match'; readonly pin: number }
  | { readonly outcome: 'different'; readonly pin: number; readonly registers: readonly string[] }
  | { readonly outcome: 'debug' }
  | { readonly outcome: 'unpinned' };

/** What a platform says of its own beside the values. */
export interface MeasurementDetails {
  /** Whether what was measured could be changed from outside: then it matches no pin. */
  readonly debug: boolean;
  /** Of debug mode, as a whole sentence. */
  readonly debugReason?: string;
  readonly spec: string;
  readonly notes?: readonly Note[];
}

/**
 * The one rule by which every platform's measurements are judged, closed wherever something is missing: each register that a pin names must
 * be there and equal; a pin that names nothing or nothing but zeros matches nothing, though no trust file with one is read; in debug
 * mode nothing matches; and without any pin nothing can be said.
 */
export function comparePins(
  measured: RegisterValues,
  pins: readonly RegisterValues[],
  debug: boolean,
): MeasurementComparison {
  if (pins.length === 0) return { outcome: 'unpinned' };
  if (debug) return { outcome: 'debug' };
  let nearest: { pin: number; registers: string[] } | undefined;
  for (const [pin, values] of pins.entries()) {
    const names = Object.keys(values);
    const registers = names.filter((name) => measured[name] !== values[name]);
    if (registers.length === 0 && names.some((name) => !/^0*$/.test(values[name] ?? '')))
      return { outcome: 'match', pin };
    if (!nearest || isNearer(registers, nearest.registers, measured)) nearest = { pin, registers };
  }
  return { outcome: 'different', pin: nearest?.pin ?? 0, registers: nearest?.registers ?? [] };
}

/** Fewer registers that differ are nearer; of equally many, those that were measured at all (a pin of another platform names none of these). */
function isNearer(one: readonly string[], other: readonly string[], measured: RegisterValues): boolean {
  const absent = (names: readonly string[]) => names.filter((name) => measured[name] === undefined).length;
  return one.length < other.length || (one.length === other.length && absent(one) < absent(other));
}

/** Whether the measured code is the code that the person expects: `TEE_MEASUREMENT`, apart from whether the evidence is genuine. */
export function checkMeasurement(
  measured: readonly MeasuredValue[],
  pins: readonly RegisterValues[] | undefined,
  { debug, debugReason, spec, notes = [] }: MeasurementDetails,
): Check {
  const comparison = comparePins(valuesOf(measured), pins ?? [], debug);
  const make = (params: Params) => ({
    spec,
    params: { count: pins?.length ?? 0, ...params },
    ...(notes.length > 0 && { notes }),
  });
  switch (comparison.outcome) {
    case 'match':
      return pass('TEE_MEASUREMENT', make({ pin: comparison.pin + 1 }));
    case 'different':
      return fail('TEE_MEASUREMENT', make({ reason: describeDifference(comparison.registers) }));
    case 'debug':
      return fail(
        'TEE_MEASUREMENT',
        make({ reason: debugReason ?? 'It runs in debug mode, where no measurement counts.' }),
      );
    case 'unpinned':
      return unknown('TEE_MEASUREMENT', make({}));
  }
}

/** Each measured value with that of the pin beside it which it matches or comes nearest to; what was pinned and not measured stands at the end. */
export function besidePins(
  measured: readonly MeasuredValue[],
  pins: readonly RegisterValues[] | undefined,
): readonly MeasuredRegister[] {
  // Debug mode changes what is concluded, not which values stand beside each other.
  const comparison = comparePins(valuesOf(measured), pins ?? [], false);
  const pinned = (('pin' in comparison && pins?.[comparison.pin]) || {}) as RegisterValues;
  const missing = Object.keys(pinned).filter((name) => !measured.some((value) => value.name === name));
  return [
    ...measured.map(({ name, hex }) => ({ name, hex, pinned: pinned[name] ?? null })),
    ...missing.map((name) => ({ name, hex: '', pinned: pinned[name] ?? null })),
  ];
}

function valuesOf(measured: readonly MeasuredValue[]): RegisterValues {
  return Object.fromEntries(measured.map(({ name, hex }) => [name, hex]));
}

function describeDifference(registers: readonly string[]): string {
  return registers.length === 0
    ? 'The pin names no register with a value.'
    : `Other than in the nearest pin: ${registers.join(', ')}.`;
}
