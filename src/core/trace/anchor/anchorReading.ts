import type { ProvenAccount } from '../../evm/accountProof.ts';
import type { Completeness } from '../../evm/completeness.ts';
import type { Equivocation } from '../../evm/equivocation.ts';
import type { ProvenEvent } from '../../evm/events.ts';
import type { Hex } from '../../evm/hex.ts';
import type { Check } from '../../verdict/check.ts';

/** What was read of a contract `TraceAnchor`, proven against the blocks of its ledger or not, as the checks say. */
export interface AnchorReading {
  readonly chainId: number;
  /** Lower case. */
  readonly contract: Hex;
  readonly events: readonly ProvenEvent[];
  /** With the slots of the anchors that were asked for. */
  readonly account: ProvenAccount | undefined;
  /** Of the reading: `EVM_…`. */
  readonly checks: readonly Check[];
  readonly completeness: Completeness;
  /** The last block that was relied upon. */
  readonly head: { readonly number: number; readonly hash: Hex; readonly timestamp: number } | undefined;
  /** Two sealed histories of the ledger, where they were shown. */
  readonly equivocation?: Equivocation | undefined;
}
