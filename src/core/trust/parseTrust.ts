import { decodeUtf8 } from '../bytes/bytes.ts';
import { parseJson } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { chains } from './chainPin.ts';
import { evm } from './evmPin.ts';
import { shown, trustFault } from './fault.ts';
import { anyObject, distinct, list, object, record, text, type Reader } from './form.ts';
import { hosts } from './hostPin.ts';
import { jwks } from './jwks.ts';
import { measurements } from './measurement.ts';
import type { Trust } from './trust.ts';
import { address, certificatePem, issuer, nonZeroHex, publicKey, publicKeyPem } from './values.ts';

export const trustVersion = 'trust/1';

/** No longer trust file is read, in bytes or UTF-16 units. */
export const maximumTrustLength = 8 * 1024 * 1024;
const maximumDepth = 32;

const vm = object<NonNullable<Trust['vms']>[number]>(
  { id: text('the name of a machine: 1 to 512 characters', 512), key: publicKey },
  ['id', 'key'],
);
const auditor = object<NonNullable<Trust['auditors']>[number]>({ address }, ['address']);

const document = object<Trust & { affidavit: string }>(
  {
    // Judged before the rest, so that a newer version is named as such.
    affidavit: (value) => value as string,
    nitro: object<NonNullable<Trust['nitro']>>({ roots: list(certificatePem, 64), measurements }),
    sevSnp: object<NonNullable<Trust['sevSnp']>>({ measurements: list(nonZeroHex('a launch measurement', 48), 4096) }),
    dcap: object<NonNullable<Trust['dcap']>>({ measurements: list(nonZeroHex('a measurement', 32, 48), 4096) }),
    tpm: object<NonNullable<Trust['tpm']>>({ attestationKeys: list(publicKeyPem, 1024) }),
    zk: object<NonNullable<Trust['zk']>>({ keys: list(nonZeroHex('the digest of a verification key', 32), 1024) }),
    jwks,
    issuers: list(issuer, 256),
    chains,
    dids: record(/^did:[a-z0-9]+:[A-Za-z0-9._:%-]+$/, 'a DID', anyObject, 4096),
    contexts: record(/^(https?:\/\/|urn:|did:)\S+$/, 'the address of a context', anyObject, 1024),
    hosts,
    vms: unique(list(vm, 4096), 'id', (entry) => entry.id),
    auditors: unique(list(auditor, 4096), 'address', (entry) => entry.address),
    evm,
  },
  ['affidavit'],
);

function unique<T>(read: Reader<readonly T[]>, what: string, key: (entry: T) => string): Reader<readonly T[]> {
  return (value, path) => {
    const entries = read(value, path);
    distinct(entries, path, what, key);
    return entries;
  };
}

/**
 * Reads a trust file (`trust/1`, DESIGN §8, CHAIN.md 24–27): strict JSON, every part checked for form, unknown members refused at every level.
 * Addresses come out in lower case; all else as it stands in the file.
 * @throws AuditorError (usage) with a `TRUST_…` code and a sentence that names the JSON path, what was expected and what to do.
 */
export function parseTrust(file: Uint8Array | string): Trust {
  const value = parseTrustJson(file);
  checkTrustVersion(value);
  const { affidavit: _version, ...trust } = document(value, '$');
  return trust;
}

/** The strict JSON of a trust file. @throws AuditorError TRUST_SIZE or TRUST_JSON, with the offset. */
export function parseTrustJson(file: Uint8Array | string): unknown {
  if (file.length > maximumTrustLength) {
    const problem = `is ${file.length} long, of which at most ${maximumTrustLength} are read`;
    throw trustFault('TRUST_SIZE', 'the file', problem, 'Split it, or take out what is not needed.');
  }
  try {
    return parseJson(typeof file === 'string' ? file : decodeUtf8(file), { maximumDepth });
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    const problem = `is not strict JSON: ${cause.message.replace(/\.$/, '')}`;
    throw trustFault(
      'TRUST_JSON',
      'the file',
      problem,
      'Correct it there, or fetch the file again if it is cut off.',
      cause,
    );
  }
}

/** @throws AuditorError TRUST_VERSION unless the value says `"affidavit": "trust/1"`. */
export function checkTrustVersion(value: unknown): void {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const version = isObject && 'affidavit' in value ? value.affidavit : undefined;
  if (version === trustVersion) return;
  const newer = typeof version === 'string' && /^trust\/\d+$/.test(version);
  throw trustFault(
    'TRUST_VERSION',
    '$.affidavit',
    `must be ${shown(trustVersion)}, but is ${shown(version)}`,
    newer ? 'Use a version of this program that knows that form.' : 'Give a trust file: a JSON object that says so.',
  );
}
