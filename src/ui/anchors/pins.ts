import { parseTrust } from '../../core/trust/parseTrust.ts';
import { emptyTrust } from '../../core/trust/emptyTrust.ts';
import { diffTrust } from '../../core/trust/diffTrust.ts';
import { mergeTrust } from '../../core/trust/mergeTrust.ts';
import { replaceFact } from '../../core/trust/replaceFact.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import { unpinTrust } from '../../core/trust/unpinTrust.ts';
import type { Trust } from '../../core/trust/trust.ts';

/** How a fact came to be pinned, as the person did it. */
export interface PinOrigin {
  readonly how: 'file' | 'local' | 'certificate' | 'document';
  /** Name of the file, or address. */
  readonly name: string;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly at: number;
}

/** What this browser has pinned: the trust file itself, and where each of its facts came from. */
export interface Pins {
  readonly trust: Trust;
  /** By the JSON of an entry's path. */
  readonly origins: Readonly<Record<string, PinOrigin>>;
  /** Why what is stored could not be read; then nothing counts as pinned, and nothing stored is touched. */
  readonly fault?: string;
}

/** The part of `localStorage` that is used. */
export interface PinStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export const trustKey = 'affidavit/trust';
export const originsKey = 'affidavit/pin-origins';

export function readPins(storage: PinStorage): Pins {
  const text = storage.getItem(trustKey);
  if (text === null) return { trust: emptyTrust, origins: {} };
  try {
    return { trust: parseTrust(text), origins: readOrigins(storage.getItem(originsKey)) };
  } catch (error) {
    return { trust: emptyTrust, origins: {}, fault: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Pins `added` beside what is pinned already.
 * @throws AuditorError TRUST_CONTRADICTION where both say different things of one fact; then nothing is changed.
 */
export function pin(storage: PinStorage, added: Trust, origin: PinOrigin): void {
  const { trust, origins } = readPins(storage);
  const merged = mergeTrust(trust, added);
  const known = new Set(trustEntries(trust).map(({ path }) => entryKey(path)));
  const fresh = trustEntries(merged)
    .map(({ path }) => entryKey(path))
    .filter((key) => !known.has(key));
  write(storage, merged, { ...origins, ...Object.fromEntries(fresh.map((key) => [key, origin])) });
}

/**
 * Pins one fact as `other` says it, in place of what is pinned.
 * @throws AuditorError TRUST_CONTRADICTION; then nothing is changed.
 */
export function replacePin(storage: PinStorage, other: Trust, path: readonly string[], origin: PinOrigin): void {
  const { trust, origins } = readPins(storage);
  const replaced = replaceFact(trust, other, path);
  const changed = diffTrust(trust, replaced).map((change) => [entryKey(change.path), origin]);
  write(storage, replaced, { ...origins, ...Object.fromEntries(changed) });
}

/** Takes out everything at or below a path. */
export function unpin(storage: PinStorage, path: readonly string[]): void {
  const { trust, origins } = readPins(storage);
  write(storage, unpinTrust(trust, path), origins);
}

export function entryKey(path: readonly string[]): string {
  return JSON.stringify(path);
}

function write(storage: PinStorage, trust: Trust, origins: Readonly<Record<string, PinOrigin>>): void {
  const standing = new Set(trustEntries(trust).map(({ path }) => entryKey(path)));
  const kept = Object.fromEntries(Object.entries(origins).filter(([key]) => standing.has(key)));
  storage.setItem(trustKey, serializeTrust(trust));
  storage.setItem(originsKey, JSON.stringify(kept));
}

function readOrigins(text: string | null): Record<string, PinOrigin> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, PinOrigin>) : {};
  } catch {
    return {};
  }
}
