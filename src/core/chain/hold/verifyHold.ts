import { sha3Hex } from '../../bytes/hash.ts';
import { meetsPins, registersOf } from '../../tee/nitro/policy.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { parseHold, type HoldStatement } from './holdStatement.ts';
import type { ChainContext } from '../chainContext.ts';
import type { Code } from '../../verdict/check.ts';

/** A statement in a genuine document by an image that is pinned for this very role. */
export interface VerifiedHold {
  readonly statement: HoldStatement;
  /** The document's own time, seconds since 1970. */
  readonly time: number;
  /** H of the document. */
  readonly object: string;
  readonly length: number;
}

export type HoldVerification =
  | { readonly ok: true; readonly hold: VerifiedHold }
  | { readonly ok: false; readonly code: Code; readonly reason: string };

/**
 * A hold attestation under the chain's roots (CHAIN.md 34). The image must be one of `holdMeasurements`: one that is pinned as the sequencer only
 * has no say here, as a hold image has none over numbers (DESIGN §3.5).
 */
export async function verifyHold(
  { nitro, pin }: Pick<ChainContext, 'nitro' | 'pin'>,
  bytes: Uint8Array,
): Promise<HoldVerification> {
  const enclave = await nitro.verify(bytes);
  if (!enclave.ok) return { ok: false, code: enclave.code, reason: enclave.reason };
  const { document } = enclave;
  let statement: HoldStatement;
  try {
    statement = parseHold(document.userData ?? new Uint8Array(0));
  } catch (error) {
    if (error instanceof FormatError) {
      return { ok: false, code: 'CHAIN_HOLD_FORM', reason: `user_data: ${error.message}` };
    }
    throw error;
  }
  const isPinned = meetsPins(registersOf(document), pin.holdMeasurements ?? []);
  if (!isPinned) {
    const reason = 'It is by an image that is not pinned for hold attestations of this chain.';
    return { ok: false, code: 'CHAIN_HOLD_MEASUREMENT', reason };
  }
  const time = Math.floor(document.timestamp / 1000);
  return { ok: true, hold: { statement, time, object: sha3Hex(bytes), length: bytes.length } };
}
