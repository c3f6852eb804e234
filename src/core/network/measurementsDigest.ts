import { utf8 } from '../bytes/bytes.ts';
import { sha3 } from '../bytes/hash.ts';
import { canonicalJson } from '../bytes/jcs.ts';
import { toHex0x, type Hex } from '../evm/hex.ts';
import type { Explained } from '../tee/explained.ts';

/** One measured register of a document: its name on its platform, its value in lower-case hex. */
export type MeasuredPair = readonly [name: string, hex: string];

export const measurementsVersion = 'affidavit/measurements/1';

/** The registers that a document shows, in its order, as its kind's own checker explains them; none where it could not be read. */
export function measuredOf(details: unknown): readonly MeasuredPair[] {
  const { explained } = (details ?? {}) as { readonly explained?: Explained };
  return (explained?.registers ?? []).map(({ name, hex }) => [name, hex] as const);
}

/** What a request holds that hides nothing: H of the JCS of `["affidavit/measurements/1", kind, [[name, hex], …]]`. */
export function measurementsDigest(kind: string, registers: readonly MeasuredPair[]): Hex {
  return toHex0x(sha3(utf8(canonicalJson([measurementsVersion, kind, registers.map((pair) => [...pair])]))));
}
