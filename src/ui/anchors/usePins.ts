import { useSyncExternalStore } from 'react';
import type { Trust } from '../../core/trust/trust.ts';
import { originsKey, pin, readPins, replacePin, trustKey, unpin, type PinOrigin, type Pins } from './pins.ts';

const listeners = new Set<() => void>();
let cached: { readonly trustText: string | null; readonly originsText: string | null; readonly pins: Pins } | undefined;

/** What is pinned in this browser, the same in every tab: the app and the check page share it, being of one origin. */
export function usePins(): Pins {
  return useSyncExternalStore(subscribe, currentPins);
}

export function currentPins(): Pins {
  const trustText = localStorage.getItem(trustKey);
  const originsText = localStorage.getItem(originsKey);
  if (cached?.trustText !== trustText || cached.originsText !== originsText) {
    cached = { trustText, originsText, pins: readPins(localStorage) };
  }
  return cached.pins;
}

/** @throws AuditorError TRUST_CONTRADICTION */
export function pinHere(added: Trust, origin: PinOrigin): void {
  pin(localStorage, added, origin);
  tell();
}

/** @throws AuditorError TRUST_CONTRADICTION */
export function replaceHere(other: Trust, path: readonly string[], origin: PinOrigin): void {
  replacePin(localStorage, other, path, origin);
  tell();
}

export function unpinHere(path: readonly string[]): void {
  unpin(localStorage, path);
  tell();
}

/** Forgets everything that is stored, damaged or not. */
export function resetPins(): void {
  localStorage.removeItem(trustKey);
  localStorage.removeItem(originsKey);
  tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function tell(): void {
  for (const listener of listeners) listener();
}
