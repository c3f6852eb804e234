import { list, object, record, type Reader } from './form.ts';
import { memberPath, trustFault } from './fault.ts';
import { hex, refuseZeros } from './values.ts';
import type { Measurement } from './trust.ts';

const registers = record(/^(0|[1-9]|[12]\d|3[01])$/, 'a register, 0 to 31', hex('a register', 48), 32);

/** What every build has of its own, and what a debug enclave reports as zeros. The others may be zeros: no role, no signer. */
const decisive = ['0', '1', '2'];

/** CHAIN.md 24: PCR 0, 1 and 2 at least, 48 bytes each, none of these three zeros. */
const pcrs: Reader<Measurement['pcrs']> = (value, path) => {
  const found = registers(value, path);
  for (const register of decisive) {
    const digits = found[register];
    const where = memberPath(path, register);
    if (digits === undefined) {
      throw trustFault(
        'TRUST_MISSING',
        where,
        'is missing',
        'Pin PCR 0, 1 and 2 together, or take the measurement out.',
      );
    }
    if (/^0+$/.test(digits)) refuseZeros(where, 'a register');
  }
  return found;
};

export const measurement: Reader<Measurement> = object<Measurement>({ pcrs }, ['pcrs']);

export const measurements: Reader<readonly Measurement[]> = list(measurement, 4096);
