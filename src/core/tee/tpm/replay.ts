import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes } from '../../bytes/bytes.ts';
import { hashByName } from './algorithms.ts';
import { eventTypes } from './eventTypes.ts';
import type { EventLog, LogEvent } from './parseEventLog.ts';

const digests: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = { sha1, sha256, sha384, sha512 };

export function tpmDigest(bank: string, bytes: Uint8Array): Uint8Array {
  const digest = digests[bank];
  if (!digest) throw new RangeError(`${bank} is no bank of a TPM.`);
  return digest(bytes);
}

/** Registers of the dynamic root of trust start as ones, and stay so until one is started (PC Client Platform TPM Profile §4.6). */
const dynamic = { first: 17, last: 22 } as const;
const noAction = 3;
const locality = 'StartupLocality\0';

/** What a register holds before anything is measured into it. */
export function initialValue(bank: string, register: number, from = 0): Uint8Array {
  const value = new Uint8Array(hashByName(bank)?.length ?? 0);
  if (register >= dynamic.first && register <= dynamic.last) return value.fill(0xff);
  if (register === 0) value[value.length - 1] = from;
  return value;
}

/**
 * The values that the registers of one bank have after everything in the log: value = H(value ‖ digest), event by event. Only registers that the log
 * has events for.
 */
export function replay({ events }: EventLog, bank: string): ReadonlyMap<number, Uint8Array> {
  const start = events.map(startupLocality).find((value) => value !== undefined) ?? 0;
  const values = new Map<number, Uint8Array>();
  for (const { register, type, digests: extended } of events) {
    const digest = extended.get(bank);
    if (type === noAction || !digest) continue;
    const before = values.get(register) ?? initialValue(bank, register, start);
    values.set(register, tpmDigest(bank, concatBytes(before, digest)));
  }
  return values;
}

/** Whether an event's description is what its digest covers; else it is words of whoever made the log. */
export function coversDescription({ type, digests: extended, data }: LogEvent): boolean {
  const [first] = extended;
  return (
    eventTypes[type]?.coversData === true && first !== undefined && equalBytes(tpmDigest(first[0], data), first[1])
  );
}

/** How many events that were extended have a description that no digest covers. */
export function uncoveredEvents({ events }: EventLog): number {
  return events.filter((event) => event.type !== noAction && !coversDescription(event)).length;
}

/** Firmware that starts a TPM from another locality says so in an event that extends nothing, and register 0 begins with that number. */
function startupLocality({ register, type, data }: LogEvent): number | undefined {
  if (type !== noAction || register !== 0 || data.length !== locality.length + 1) return undefined;
  const named = [...locality].every((character, index) => data[index] === character.charCodeAt(0));
  return named ? data[locality.length] : undefined;
}
