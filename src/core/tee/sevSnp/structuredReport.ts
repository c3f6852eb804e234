import type { JsonObject, JsonValue } from '../../bytes/json.ts';
import { SnpFormError } from './parse.ts';
import { reportLength } from './report.ts';

/** Lists of bytes by their names, and where they stand in a report. */
const runs: readonly (readonly [name: string, offset: number, length: number])[] = [
  ['family_id', 0x010, 16],
  ['image_id', 0x020, 16],
  ['report_data', 0x050, 64],
  ['measurement', 0x090, 48],
  ['host_data', 0x0c0, 32],
  ['id_key_digest', 0x0e0, 48],
  ['author_key_digest', 0x110, 48],
  ['report_id', 0x140, 32],
  ['report_id_ma', 0x160, 32],
  ['chip_id', 0x1a0, 64],
];

const numbers: readonly (readonly [name: string, offset: number, length: number])[] = [
  ['version', 0x000, 4],
  ['guest_svn', 0x004, 4],
  ['policy', 0x008, 8],
  ['vmpl', 0x030, 4],
  ['sig_algo', 0x034, 4],
  ['plat_info', 0x040, 8],
  ['key_info', 0x048, 4],
];

/** What a report has only from some version on; null or left out before. */
const laterNumbers: readonly (readonly [name: string, offset: number, length: number])[] = [
  ['cpuid_fam_id', 0x188, 1],
  ['cpuid_mod_id', 0x189, 1],
  ['cpuid_step', 0x18a, 1],
  ['launch_mit_vector', 0x1f8, 8],
  ['current_mit_vector', 0x200, 8],
];

const tcbs: readonly (readonly [name: string, offset: number])[] = [
  ['current_tcb', 0x038],
  ['reported_tcb', 0x180],
  ['committed_tcb', 0x1e0],
  ['launch_tcb', 0x1f0],
];

const versions: readonly (readonly [name: string, offset: number])[] = [
  ['current', 0x1e8],
  ['committed', 0x1ec],
];

/** Whether an object lists the fields of a report one by one, as virtee/sev writes them and evidence of Confidential Containers carries them. */
export function isStructuredReport(value: JsonObject): boolean {
  return ['version', 'measurement', 'report_data', 'chip_id', 'reported_tcb', 'signature'].every((name) =>
    Object.hasOwn(value, name),
  );
}

/**
 * The bytes of a report whose fields stand one by one. Nothing is taken on trust by that: the signature is over the bytes, so one field written down
 * wrongly and it does not hold. Members that have no place in a report are not looked at.
 * @throws SnpFormError where a field is missing or is not of its length.
 */
export function writeStructuredReport(fields: JsonObject): Uint8Array {
  const bytes = new Uint8Array(reportLength);
  const write = (offset: number, length: number, value: JsonValue | undefined, name: string): void => {
    bytes.set(numberBytes(value, length, name), offset);
  };
  for (const [name, offset, length] of runs) bytes.set(run(fields[name], length, name), offset);
  for (const [name, offset, length] of numbers) write(offset, length, fields[name], name);
  for (const [name, offset, length] of laterNumbers) write(offset, length, fields[name] ?? 0, name);
  for (const [name, offset] of tcbs) bytes.set(tcb(object(fields[name], name), name), offset);
  for (const [name, offset] of versions) {
    const version = object(fields[name], name);
    for (const [index, part] of ['build', 'minor', 'major'].entries())
      write(offset + index, 1, version[part], `${name}.${part}`);
  }
  const signature = object(fields['signature'], 'signature');
  bytes.set(run(signature['r'], 72, 'signature.r'), 0x2a0);
  bytes.set(run(signature['s'], 72, 'signature.s'), 0x2e8);
  return bytes;
}

/** With a part `fmc` the versions lie as Turin has them, else as before it. */
function tcb(parts: JsonObject, name: string): Uint8Array {
  const part = (key: string): number => numberBytes(parts[key], 1, `${name}.${key}`)[0] ?? 0;
  const [bootLoader, tee, snp, microcode] = [part('bootloader'), part('tee'), part('snp'), part('microcode')];
  return typeof parts['fmc'] === 'number'
    ? Uint8Array.of(part('fmc'), bootLoader, tee, snp, 0, 0, 0, microcode)
    : Uint8Array.of(bootLoader, tee, 0, 0, 0, 0, snp, microcode);
}

function run(value: JsonValue | undefined, length: number, name: string): Uint8Array {
  if (Array.isArray(value) && value.length === length && value.every(isByte)) return Uint8Array.from(value);
  throw refused(name, `${length} bytes`);
}

/** Least byte first. */
function numberBytes(value: JsonValue | undefined, length: number, name: string): Uint8Array {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value >= 256 ** length) {
    throw refused(name, `a number of ${length} bytes`);
  }
  return Uint8Array.from({ length }, (_, index) => Math.floor(value / 256 ** index) % 256);
}

function object(value: JsonValue | undefined, name: string): JsonObject {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  throw refused(name, 'an object');
}

function isByte(value: JsonValue): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}

function refused(name: string, expected: string): SnpFormError {
  return new SnpFormError('json', `The report in the JSON needs ${expected} for ${name}.`, 0);
}
