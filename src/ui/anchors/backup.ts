import { canonicalJson } from '../../core/bytes/jcs.ts';
import { decodeUtf8, utf8 } from '../../core/bytes/bytes.ts';
import { parseJson, type JsonObject, type JsonValue } from '../../core/bytes/json.ts';
import { readMembers, readObject } from '../../core/certificate/envelope.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import type { KeptStates } from '../host/acceptedStates.ts';
import type { RememberedVerdict } from '../session/verdicts.ts';

/** All that this browser keeps of a person's decisions: what is trusted, which states of hosts were accepted, what the last audits came to. Keys stay where they are. */
export interface Backup {
  readonly trust: Trust;
  /** By DID. */
  readonly states: Readonly<Record<string, KeptStates>>;
  /** By genesis: reminders, never evidence. */
  readonly verdicts: Readonly<Record<string, RememberedVerdict>>;
}

const backupVersion = 'browser-backup/1';

const limits = { maximumLength: 32 * 1024 * 1024, maximumDepth: 48 };

/** The text of a backup: the same contents give the same text. */
export function makeBackup({ trust, states, verdicts }: Backup): string {
  const file: unknown = JSON.parse(canonicalJson({ affidavit: backupVersion, trust: {}, states, verdicts }));
  return `${JSON.stringify({ ...(file as object), trust: JSON.parse(serializeTrust(trust)) as unknown }, null, 2)}\n`;
}

/** Whether a file says that it is a backup. */
export function isBackup(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 4096));
  return /^\s*\{\s*"affidavit"\s*:\s*"browser-backup\/\d+"/.test(head);
}

/**
 * Reads a backup strictly. Nothing of it counts before the person has said so.
 * @throws FormatError; AuditorError TRUST_… for what is wrong with the trust file in it
 */
export function readBackup(bytes: Uint8Array): Backup {
  const value = parseJson(decodeUtf8(bytes), limits);
  const { affidavit, trust, states, verdicts } = readMembers('The backup', value, [
    'affidavit',
    'states',
    'trust',
    'verdicts',
  ]);
  if (affidavit !== backupVersion) {
    throw new FormatError(
      `Field affidavit: "${backupVersion}" was expected. A newer version of Affidavit may know it.`,
      0,
    );
  }
  return {
    trust: parseTrust(utf8(JSON.stringify(trust))),
    states: mapOf('states', states, /^did:[a-z0-9]+:\S{1,2048}$/, keptStates),
    verdicts: mapOf('verdicts', verdicts, /^[0-9a-f]{64}$/, rememberedVerdict),
  };
}

function keptStates(name: string, value: JsonValue): KeptStates {
  const { first, last, firstAt, lastAt } = readMembers(name, value, ['first', 'firstAt', 'last', 'lastAt']);
  return {
    first: plain(readObject(`${name}.first`, first)),
    last: plain(readObject(`${name}.last`, last)),
    firstAt: timeIn(`${name}.firstAt`, firstAt),
    lastAt: timeIn(`${name}.lastAt`, lastAt),
  };
}

function rememberedVerdict(name: string, value: JsonValue): RememberedVerdict {
  const { verdict, blocks, at } = readMembers(name, value, ['at', 'blocks', 'verdict']);
  if (verdict !== 'verified' && verdict !== 'rejected' && verdict !== 'undetermined') {
    throw new FormatError(`${name}.verdict: a verdict was expected.`, 0);
  }
  return { verdict, blocks: timeIn(`${name}.blocks`, blocks), at: timeIn(`${name}.at`, at) };
}

function mapOf<T>(
  name: string,
  value: JsonValue,
  key: RegExp,
  read: (name: string, value: JsonValue) => T,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(readObject(`Field ${name}`, value)).map(([each, entry]) => {
      if (!key.test(each)) throw new FormatError(`Field ${name}: an entry has no name that it could have.`, 0);
      return [each, read(`Field ${name}[${JSON.stringify(each)}]`, entry as JsonValue)];
    }),
  );
}

/** With ordinary prototypes, as IndexedDB gives them back. */
function plain(value: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

function timeIn(name: string, value: JsonValue): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new FormatError(`${name}: a whole number was expected.`, 0);
  }
  return value;
}
