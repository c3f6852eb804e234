import { sha3Hex } from '../../core/bytes/hash.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { ChainPin } from '../../core/trust/trust.ts';

/** Raised with every change of what is checked of an object: what was found by other rules is never reused. */
const verifierVersion = 2;

/**
 * What findings were found under: all of a pin that decides whether an object counts or where it was read, and the rules of this verifier.
 * Measurements and skew are not in it: they are judged anew at each end.
 * @returns 64 hex digits
 */
export function memoryIdentity(pin: ChainPin): string {
  const { genesis, sequencerKey, nitroRoots, timestamp, checkpoint, buckets } = pin;
  const identity = { genesis, sequencerKey, nitroRoots, timestamp, checkpoint, buckets, verifierVersion };
  return sha3Hex(utf8(canonicalJson(JSON.parse(JSON.stringify(identity)) as Parameters<typeof canonicalJson>[0])));
}
