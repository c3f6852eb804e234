import { isHex } from '../bytes/hex.ts';
import { canonicalJson } from '../bytes/jcs.ts';
import type { JsonObject, JsonValue } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { isObject } from '../vc/credential.ts';
import { isDigest, isNonce, momentOf } from './hostValues.ts';

const didForm = /^did:[a-z0-9]+:[A-Za-z0-9._:%-]{1,2000}$/;
export const uuidForm = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const digestLengths = { sha256: 32, sha384: 48, sha512: 64 } as const;
const maximum = { list: 64, text: 256 } as const;

export interface HostShape {
  readonly id: string;
  readonly issuer: string;
  readonly from: number;
  readonly until: number;
  readonly proofs: readonly (JsonObject | null)[];
}

/** Every rule of the form of a host's credential, member by member. @throws FormatError naming the member */
export function hostShape(
  json: JsonValue,
  contexts: readonly JsonValue[],
  type: string,
  maximumProofs: number,
): HostShape {
  const outer = members(json, 'the credential', [
    '@context',
    'id',
    'type',
    'issuer',
    'validFrom',
    'validUntil',
    'credentialSubject',
    '?credentialStatus',
    '?proof',
  ]);
  if (canonicalJson(outer['@context'] ?? null) !== canonicalJson([...contexts])) {
    throw fault('"@context" to be that of hosts’ credentials');
  }
  if (canonicalJson(outer['type'] ?? null) !== canonicalJson(['VerifiableCredential', type])) {
    throw fault(`"type" to be VerifiableCredential and ${type}`);
  }
  const id = matching(outer['id'], 'id', uuidForm, 'urn:uuid:…');
  const issuer = matching(outer['issuer'], 'issuer', didForm, 'a DID');
  const from = momentOf(outer['validFrom']);
  const until = momentOf(outer['validUntil']);
  if (from === undefined || until === undefined || from >= until) {
    throw fault('“validFrom” before “validUntil”, both in UTC');
  }
  subjectShape(outer['credentialSubject'], issuer);
  if (outer['credentialStatus'] !== undefined) statusShape(outer['credentialStatus']);
  const { proof } = outer;
  const list = Array.isArray(proof) ? proof : proof === undefined ? [] : [proof];
  if (list.length > maximumProofs) throw fault(`at most ${maximumProofs} proofs`);
  return { id, issuer, from, until, proofs: list.map((each) => (isObject(each) ? each : null)) };
}

function subjectShape(value: JsonValue | undefined, issuer: string): void {
  const subject = members(value, 'credentialSubject', [
    'id',
    'hypervisor',
    'tpm',
    'measuredBoot',
    'runtime',
    'evidence',
    'nonce',
    '?image',
    '?previous',
  ]);
  if (subject['id'] !== issuer) throw fault('the host to speak of itself: “id” of the subject to be the issuer');
  const hypervisor = members(subject['hypervisor'], 'hypervisor', ['name', 'version']);
  for (const name of ['name', 'version']) textOf(hypervisor[name], `hypervisor.${name}`);
  const tpm = members(subject['tpm'], 'tpm', ['status', '?quote']);
  if (!['present', 'absent', 'software'].includes(String(tpm['status']))) throw fault('tpm.status');
  if (tpm['quote'] !== undefined) digestOf(tpm['quote'], 'tpm.quote');
  if (tpm['status'] === 'absent' && tpm['quote'] !== undefined) throw fault('no quote of a TPM that is absent');
  const boot = members(subject['measuredBoot'], 'measuredBoot', ['algorithm', 'digest', '?log']);
  const algorithm = boot['algorithm'];
  if (typeof algorithm !== 'string' || !Object.hasOwn(digestLengths, algorithm)) throw fault('measuredBoot.algorithm');
  const length = digestLengths[algorithm as keyof typeof digestLengths];
  const digest = boot['digest'];
  if (typeof digest !== 'string' || !isHex(digest, length)) throw fault(`measuredBoot.digest of ${length} bytes`);
  if (boot['log'] !== undefined) digestOf(boot['log'], 'measuredBoot.log');
  const runtime = members(subject['runtime'], 'runtime', ['memoryMiB', 'vcpus', 'network', 'devices']);
  whole(runtime['memoryMiB'], 'runtime.memoryMiB');
  whole(runtime['vcpus'], 'runtime.vcpus');
  for (const name of ['network', 'devices']) {
    const entries = listOf(runtime[name], `runtime.${name}`).map((entry) => textOf(entry, `runtime.${name}`));
    if (new Set(entries).size !== entries.length) throw fault(`each of runtime.${name} once`);
  }
  const digests = listOf(subject['evidence'], 'evidence').map((entry) => {
    const { kind, digest: file } = members(entry, 'evidence', ['kind', 'digest']);
    textOf(kind, 'evidence.kind');
    return digestOf(file, 'evidence.digest');
  });
  if (new Set(digests).size !== digests.length) throw fault('each document of “evidence” once');
  if (typeof subject['nonce'] !== 'string' || !isNonce(subject['nonce'])) throw fault('a nonce of 32 bytes');
  if (subject['image'] !== undefined) {
    const image = members(subject['image'], 'image', ['digest', 'keyCommitment']);
    digestOf(image['digest'], 'image.digest');
    digestOf(image['keyCommitment'], 'image.keyCommitment');
  }
  if (subject['previous'] !== undefined) digestOf(subject['previous'], 'previous');
}

function statusShape(value: JsonValue): void {
  const entries = Array.isArray(value) ? value : [value];
  if (entries.length === 0 || entries.length > 8) throw fault('one to eight entries of “credentialStatus”');
  for (const entry of entries) {
    const status = members(entry, 'credentialStatus', [
      '?id',
      'type',
      'statusPurpose',
      'statusListIndex',
      'statusListCredential',
    ]);
    if (status['type'] !== 'BitstringStatusListEntry') throw fault('a BitstringStatusListEntry');
    if (status['statusPurpose'] !== 'revocation' && status['statusPurpose'] !== 'suspension') {
      throw fault('a status for revocation or suspension');
    }
    matching(status['statusListIndex'], 'statusListIndex', /^(0|[1-9]\d{0,8})$/, 'a place in a list');
    matching(status['statusListCredential'], 'statusListCredential', /^\S{1,2048}$/, 'the address of a list');
  }
}

/** Names with `?` may be left out; all others must be there, and no other may. */
function members(value: JsonValue | undefined, what: string, names: readonly string[]): JsonObject {
  if (!isObject(value)) throw fault(`${what} to be an object`);
  const known = names.map((name) => name.replace('?', ''));
  const stranger = Object.keys(value).find((name) => !known.includes(name));
  if (stranger !== undefined) throw fault(`no member ${JSON.stringify(stranger.slice(0, 64))} in ${what}`);
  const absent = names.find((name) => !name.startsWith('?') && value[name] === undefined);
  if (absent !== undefined) throw fault(`the member "${absent}" in ${what}`);
  return value;
}

function textOf(value: JsonValue | undefined, what: string): string {
  if (typeof value !== 'string' || value.length === 0 || value.length > maximum.text) {
    throw fault(`${what} of 1 to ${maximum.text} characters`);
  }
  return value;
}

function listOf(value: JsonValue | undefined, what: string): readonly JsonValue[] {
  if (!Array.isArray(value) || value.length > maximum.list) throw fault(`${what} as a list of at most ${maximum.list}`);
  return value;
}

function digestOf(value: JsonValue | undefined, what: string): string {
  if (!isDigest(value)) throw fault(`${what} as 64 lower-case hex digits`);
  return value;
}

function whole(value: JsonValue | undefined, what: string): void {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) throw fault(`${what} as a number from 1`);
}

function matching(value: JsonValue | undefined, what: string, form: RegExp, expected: string): string {
  if (typeof value === 'string' && form.test(value)) return value;
  throw fault(`“${what}” as ${expected}`);
}

function fault(expected: string): FormatError {
  return new FormatError(`Credential of a host: expected ${expected}.`, 0);
}
