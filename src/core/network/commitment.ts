import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { keccak256, sha3 } from '../bytes/hash.ts';
import { canonicalJson, parseCanonicalJson } from '../bytes/jcs.ts';
import type { JsonValue } from '../bytes/json.ts';
import { readMembers } from '../certificate/envelope.ts';
import { fault, hex, integer, list } from '../evm/ledgerProof/proofFields.ts';
import { fromHex0x, toHex0x, type Hex } from '../evm/hex.ts';
import { leafHash } from '../merkle/hashes.ts';
import { inclusionProof, rootFromInclusion } from '../merkle/inclusion.ts';
import { rootOf } from '../merkle/rootOf.ts';
import type { MeasuredPair } from './measurementsDigest.ts';
import { wordOfNumber } from './words.ts';

/** One measurement that is shown, and that it is among those committed to. */
export interface DisclosedMeasurement {
  readonly index: number;
  readonly name: string;
  /** Lower-case hex. */
  readonly value: string;
  readonly salt: Hex;
  readonly path: readonly Hex[];
}

/** Chosen measurements of a request, the others staying hidden behind their salts. */
export interface Disclosure {
  readonly requestId: number;
  /** How many measurements the commitment is to. */
  readonly count: number;
  readonly measurements: readonly DisclosedMeasurement[];
}

export const disclosureVersion = 'network-disclosure/1';
const domain = 'affidavit/network-measurements/1';
const saltDomain = 'affidavit/network-salt/1';
const maximum = { measurements: 4096, length: 4 * 1024 * 1024, text: 4096 } as const;

/**
 * A commitment that hides measurements: Keccak-256 over domain, platform, count and the RFC 6962 root (Keccak-256) of leaves of name, value and a salt of 32 bytes each. Without its
 * salt a leaf tells nothing, though measurements can be guessed.
 * @param kind of the document that shows them @param saltKey 32 random bytes, never to be shown
 */
export function commitMeasurements(kind: string, measured: readonly MeasuredPair[], saltKey: Uint8Array): Hex {
  return commitmentOf(kind, rootOf(leavesOf(measured, saltKey), keccak256), measured.length);
}

/** @param indices of the measurements to show @throws AuditorError (internal) for one that is not there */
export function discloseMeasurements(
  requestId: number,
  measured: readonly MeasuredPair[],
  saltKey: Uint8Array,
  indices: readonly number[],
): Disclosure {
  const leaves = leavesOf(measured, saltKey);
  const measurements = indices.map((index) => {
    const path = inclusionProof(leaves, index, keccak256).map(toHex0x);
    const [name, value] = measured[index] as MeasuredPair;
    return { index, name, value, salt: toHex0x(saltOf(saltKey, index)), path };
  });
  return { requestId, count: measured.length, measurements };
}

/** The commitments that each measurement shown leads to: all must be the request's. @throws FormatError for a path that does not fit */
export function commitmentsOf(kind: string, { count, measurements }: Disclosure): readonly Hex[] {
  return measurements.map(({ index, name, value, salt, path }) => {
    const leaf = hashOf([name, value], fromHex0x(salt));
    return commitmentOf(kind, rootFromInclusion(leaf, index, count, path.map(fromHex0x), keccak256), count);
  });
}

export function encodeDisclosure(kind: string, { requestId, count, measurements }: Disclosure): string {
  const shown = measurements.map((each) => ({ ...each, path: [...each.path] }));
  return canonicalJson({ affidavit: disclosureVersion, requestId, kind, count, measurements: shown });
}

/** @throws FormatError that names the field */
export function parseDisclosure(text: string): Disclosure & { readonly kind: string } {
  const names = ['affidavit', 'requestId', 'kind', 'count', 'measurements'] as const;
  const value = parseCanonicalJson(text, { maximumLength: maximum.length, maximumDepth: 8 });
  const file = readMembers('Disclosure', value, names);
  if (file.affidavit !== disclosureVersion) throw fault('affidavit', disclosureVersion);
  return {
    requestId: integer('requestId', file.requestId),
    kind: shortText('kind', file.kind),
    count: integer('count', file.count),
    measurements: list('measurements', file.measurements, maximum.measurements, readMeasurement),
  };
}

function readMeasurement(what: string, value: JsonValue): DisclosedMeasurement {
  const item = readMembers(what, value, ['index', 'name', 'value', 'salt', 'path']);
  return {
    index: integer(`${what}.index`, item.index),
    name: shortText(`${what}.name`, item.name),
    value: shortText(`${what}.value`, item.value),
    salt: hex(`${what}.salt`, item.salt, 32),
    path: list(`${what}.path`, item.path, 32, (name, each) => hex(name, each, 32)),
  };
}

function shortText(what: string, value: JsonValue | undefined): string {
  if (typeof value !== 'string' || value.length > maximum.text) throw fault(what, `at most ${maximum.text} characters`);
  return value;
}

function commitmentOf(kind: string, root: Uint8Array, count: number): Hex {
  return toHex0x(keccak256(concatBytes(keccak256(utf8(domain)), keccak256(utf8(kind)), wordOfNumber(count), root)));
}

function leavesOf(measured: readonly MeasuredPair[], saltKey: Uint8Array): Uint8Array[] {
  return measured.map((pair, index) => hashOf(pair, saltOf(saltKey, index)));
}

/** From one key, so that one secret opens all and none opens another. */
function saltOf(saltKey: Uint8Array, index: number): Uint8Array {
  return sha3(concatBytes(utf8(saltDomain), saltKey, wordOfNumber(index)));
}

function hashOf([name, value]: MeasuredPair, salt: Uint8Array): Uint8Array {
  return leafHash(concatBytes(salt, utf8(canonicalJson([name, value]))), keccak256);
}
