import { utf8 } from '../../core/bytes/bytes.ts';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { trustEntries } from '../../core/trust/trustEntries.ts';
import type { Trust } from '../../core/trust/trust.ts';

/** H of the trust file of these pins, so that two people see whether they judged by the same; undefined where nothing is pinned. */
export function trustDigest(trust: Trust): string | undefined {
  return trustEntries(trust).length === 0 ? undefined : sha3Hex(utf8(serializeTrust(trust)));
}
