import { distinct, list, object, integer, refuse, text, type Reader } from './form.ts';
import { measurement } from './measurement.ts';
import type { HostPin } from './trust.ts';
import { moment, withRange } from './validRange.ts';
import { nonZeroHex } from './values.ts';

const validator = object<HostPin['validators'][number]>(
  {
    did: text('a DID', 2048, /^did:[a-z0-9]+:[A-Za-z0-9._:%-]+$/),
    operator: text('1 to 256 characters', 256),
    region: text('1 to 256 characters', 256),
    from: moment,
    until: moment,
  },
  ['did'],
);

const digest = nonZeroHex('a measurement', 32, 48);
const members = object<HostPin>(
  {
    name: text('the name of the host: 1 to 128 characters', 128),
    validators: list(withRange(validator), 1024, 1),
    threshold: integer(1, 1024),
    measurements: list<NonNullable<HostPin['measurements']>[number]>(
      (value, path) => (typeof value === 'string' ? digest(value, path) : measurement(value, path)),
      4096,
    ),
  },
  ['name', 'validators', 'threshold'],
);

/** A threshold counts distinct identities, so one above their number could never be met. */
const host: Reader<HostPin> = (value, path) => {
  const found = members(value, path);
  distinct(found.validators, `${path}.validators`, 'did', (entry) => entry.did);
  const most = found.validators.length;
  if (found.threshold > most)
    refuse(`${path}.threshold`, `at most the number of validators (${most})`, found.threshold);
  return found;
};

const entries = list(host, 1024);

export const hosts: Reader<readonly HostPin[]> = (value, path) => {
  const found = entries(value, path);
  distinct(found, path, 'name', (entry) => entry.name);
  return found;
};
