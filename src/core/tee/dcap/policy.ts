import { toHex } from '../../bytes/hex.ts';
import type { Check, Note } from '../../verdict/check.ts';
import { checkMeasurement, type MeasuredValue, type RegisterValues } from '../policy.ts';
import { isDebug } from './platform.ts';
import type { Quote } from './quote.ts';

const registers = {
  SGX: ['MRENCLAVE', 'MRSIGNER', 'CONFIGID'],
  TDX: ['MRTD', 'RTMR0', 'RTMR1', 'RTMR2', 'RTMR3', 'MRCONFIGID', 'MROWNER', 'MROWNERCONFIG', 'MRSEAM', 'MRSIGNERSEAM'],
} as const;

/** What the quote measured, the pinnable value first. */
export function measuredValues({ tee, body }: Quote): readonly MeasuredValue[] {
  return registers[tee].map((name) => ({ name, hex: toHex(body.get(name)) }));
}

/** Pins of `trust.dcap.measurements`: 32 bytes are an MRENCLAVE, 48 an MRTD. */
export function dcapPins(pins: readonly string[] = []): readonly RegisterValues[] {
  return pins.map((hex) => (hex.length === 64 ? { MRENCLAVE: hex } : { MRTD: hex }));
}

/** Whether what runs is what the person expects. In debug mode nothing matches: whoever runs the machine can read and change it. */
export function checkDcapMeasurement(quote: Quote, pins: readonly string[] | undefined): Check {
  const debug = isDebug(quote);
  const notes: Note[] = [
    ...(debug ? [{ code: 'DCAP_DEBUG' as const }] : []),
    ...(quote.tee === 'TDX' ? [{ code: 'DCAP_MRTD_ALONE' as const }] : []),
  ];
  return checkMeasurement(measuredValues(quote), dcapPins(pins), {
    debug,
    debugReason: 'It runs in debug mode: it can be read and changed from outside.',
    spec: 'Intel SDM vol. 3D, 34.7; Intel TDX Module Base Specification, MRTD',
    ...(notes.length > 0 && { notes }),
  });
}
